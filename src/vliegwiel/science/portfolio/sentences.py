"""The sentences of a ranking and a choice, as English templates with named parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from vliegwiel.science.kernel import Check, Outcome

from .choosing import Step
from .ranking import Turning

#: Code -> English sentence. ``best``, ``rival``, ``added``, ``dropped``: names of initiatives.
PORTFOLIO_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "first_with_any_weights": "%(best)s comes first with any weights.",
        "first_until": (
            "%(best)s comes first until %(points)s of 100 points of weight go to other criteria; "
            "then %(rival)s does."
        ),
        "more_adds": (
            "With %(more)s more the portfolio is worth %(gained)s more: %(added)s can be done as "
            "well."
        ),
        "more_changes": (
            "With %(more)s more the portfolio is worth %(gained)s more: %(added)s in the place of "
            "%(dropped)s."
        ),
    }
)


def told_turning(found: Turning, names: Sequence[str]) -> Check:
    """How firm the first place is."""
    if found.rival is None or found.moved is None:
        return _told("first_with_any_weights", best=names[found.best])
    return _told(
        "first_until", best=names[found.best], rival=names[found.rival], points=100 * found.moved
    )


def told_step(step: Step, names: Mapping[str, str]) -> Check:
    """What more of a limit would add; ``names`` are those of the items by id."""
    added, dropped = (", ".join(names[one] for one in part) for part in (step.added, step.dropped))
    if step.dropped:
        told = {"added": added, "dropped": dropped}
        return _told("more_changes", more=step.more, gained=step.gained, **told)
    return _told("more_adds", more=step.more, gained=step.gained, added=added)


def _told(code: str, /, **params: float | str) -> Check:
    return Check(code, Outcome.INFORMATIVE, PORTFOLIO_SENTENCES[code], params)
