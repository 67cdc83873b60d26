"""What a design of an effect is, and how its parts become one result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from vliegwiel.science.evidence.effects.asked import Question
from vliegwiel.science.evidence.effects.linear import Estimated
from vliegwiel.science.evidence.effects.result import Effect, GradeInputs, Lot, Quantity
from vliegwiel.science.evidence.effects.table import EffectTable, Role
from vliegwiel.science.kernel import Check, Outcome


@dataclass(frozen=True, slots=True)
class EffectDesign:
    """A way from a table to an effect.

    Attributes:
        id: name in questions and results.
        needs: roles of columns; of those that stand together one is enough.
        lots: what must have been drawn by lot; empty when nothing has to be.
        prepare: refuses (DocumentError) a table that the design cannot use.
        examine: the effect; refuses as ``prepare`` does.
    """

    id: str
    needs: tuple[tuple[Role, ...], ...]
    lots: tuple[Lot, ...]
    prepare: Callable[[EffectTable, Question], object]
    examine: Callable[[EffectTable, Question], Effect]


def graded(grading: GradeInputs, checks: Sequence[Check]) -> GradeInputs:
    """The same with the checks that failed or warn."""
    broken = tuple(c.code for c in checks if c.outcome in (Outcome.FAILED, Outcome.WARNING))
    return GradeInputs(
        lot=grading.lot, compared=grading.compared, before=grading.before,
        adjusted=grading.adjusted, groups=grading.groups, lost=grading.lost,
        lost_apart=grading.lost_apart, broken=broken,
    )  # fmt: skip


def quantity(name: str, found: Estimated, level: float) -> Quantity:
    """An estimate as a further number."""
    low, high = found.interval(level)
    return Quantity(name=name, value=found.value, low=low, high=high, p=found.p, error=found.error)


def library(*names: str) -> str:
    """Libraries with their versions, as a result names them."""
    return ", ".join(f"{name} {version(name)}" for name in names)
