"""From visits to a care system with its uncertainty, and what to think of it."""

from __future__ import annotations

from dataclasses import dataclass

from vliegwiel.science.caresystem import CareSystem
from vliegwiel.science.kernel import Check

from .background import Background
from .document import write_system
from .doubts import doubts
from .estimates import Estimates, estimate
from .small_counts import without_small_counts
from .visits import Visits
from .writing import FitPart


@dataclass(frozen=True, slots=True)
class FittedSystem:
    """A fitted care system.

    Attributes:
        system: the document, which begins where the observation ended.
        estimates: what it was written from; no count of fewer than ten youths is in it.
        parts: every fitted number with its interval, in the order of the document.
        checks: where not to trust it.
    """

    system: CareSystem
    estimates: Estimates
    parts: tuple[FitPart, ...]
    checks: tuple[Check, ...]


def fit_care_system(visits: Visits, background: Background, *, grace: float = 0.0) -> FittedSystem:
    """Fit a care system to the visits of a region.

    An observation that does not end at the begin of a month is cut there. How each number is
    estimated stands in ``docs/methods/fit.md``.

    Args:
        background: what visits do not tell.
        grace: days that somebody waits without places being the reason, such as paper work.

    Raises:
        ValueError: when the observation holds no whole month, or nobody came in it.
        DocumentError: when no document can be made of what was estimated.
    """
    return told_system(exact_estimates(visits, grace=grace), background)


def exact_estimates(visits: Visits, *, grace: float = 0.0) -> Estimates:
    """Estimates until the last whole month, with small counts: nothing of them may be told."""
    end = visits.end.replace(day=1)
    if end <= visits.begin:
        raise ValueError("the observation must hold a whole calendar month")
    return estimate(visits if end == visits.end else visits.before(end), grace=grace)


def told_system(exact: Estimates, background: Background) -> FittedSystem:
    """The care system that may be told of exact estimates."""
    found = without_small_counts(exact)
    system, parts = write_system(found, background)
    return FittedSystem(system, found, parts, doubts(found))
