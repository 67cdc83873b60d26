"""How strong a design is, on the scale of Maryland from 1 to 5.

In the version of the What Works Centre for Local Economic Growth (*Guide to scoring evidence using
the Maryland Scientific Methods Scale*, 2016): 1 before and after, or two groups at one moment; 2
the same with control variables; 3 before and after with a comparison group; 4 as good as random; 5
by lot. Where a single series and a composed comparison stand, and what takes a level off, is our
own choice. It is about the design: precision is another thing.
"""

from __future__ import annotations

from dataclasses import dataclass

from vliegwiel.science.evidence.effects import GradeInputs, Lot
from vliegwiel.science.kernel import Check, Outcome

from .sentences import told

#: Groups by lot on the smaller side, below which chance can make the sides differ.
LEAST_GROUPS = 8
#: Check of an effect that failed or warned -> what it means for the level.
_TAKES_OFF = {"lost_apart": "loss_differs", "trends_apart": "trends_differ"}


@dataclass(frozen=True, slots=True)
class MarylandGrade:
    """The level of a design: ``ceiling`` is what it can have, ``reasons`` why it is this."""

    level: int
    ceiling: int
    reasons: tuple[Check, ...]


def maryland(inputs: GradeInputs, *, allocation_broken: bool = False) -> MarylandGrade:
    """The level of a study from what is known of its design.

    Args:
        inputs: what an effect says of its design.
        allocation_broken: whether the lot was not kept to (persons changed sides, or were placed).
    """
    by_lot = inputs.lot is not Lot.NOTHING
    if by_lot:
        ceiling, why = 5, told("drawn_by_lot")
    elif inputs.compared and inputs.before:
        ceiling, why = 3, told("before_and_beside")
    elif inputs.adjusted:
        ceiling, why = 2, told("adjusted_only")
    else:
        ceiling, why = 1, told("plain_comparison")
    reasons = [why] if by_lot else [why, told("our_scale")]
    off: list[Check] = []
    if by_lot and allocation_broken:
        off.append(told("allocation_broken", Outcome.WARNING))
    if by_lot and inputs.groups is not None and inputs.groups < LEAST_GROUPS:
        off.append(
            told("few_clusters_drawn", Outcome.WARNING, groups=inputs.groups, least=LEAST_GROUPS)
        )
    off += [
        told(meaning, Outcome.WARNING)
        for code, meaning in _TAKES_OFF.items()
        if code in inputs.broken and (code != "trends_apart" or not by_lot)
    ]
    return MarylandGrade(max(1, ceiling - len(off)), ceiling, (*reasons, *off))
