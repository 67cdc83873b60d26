"""Days on which contracts changed, and how much of the help of that day went on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from vliegwiel.science.yardstick import LEAST_SHOWN

from .assignments import AssignmentKey
from .deriving import Trajectories

#: Fewer youths than this are "few" in a wave. It lies well above what is small, so that nobody who
#: reads "few" can know that there are fewer than ten.
FEW = 2 * LEAST_SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractWave:
    """A day of many new assignments, beside the ``usual`` number of a day that has any.

    From ``least`` to ``most`` of them go on from another: the same number where both those that do
    and those that do not are of many youths; None is hidden.
    """

    day: date
    assignments: int
    usual: float
    least: int | None
    most: int | None


def contract_waves(found: Trajectories) -> tuple[ContractWave, ...]:
    """Every wave of ten youths or more, with what goes on from another as far as it may be told."""
    waves = []
    for wave in found.successions.waves:
        begun = [key for key, one in found.assignments.items() if one.first_begin == wave.day]
        if _youths(found, begun) < LEAST_SHOWN:
            continue
        least, most = _following(found, begun)
        waves.append(
            ContractWave(
                day=wave.day, assignments=len(begun), usual=wave.usual, least=least, most=most
            )
        )
    return tuple(waves)


def _following(
    found: Trajectories, begun: Collection[AssignmentKey]
) -> tuple[int | None, int | None]:
    """Bounds of how many go on: as they are, or with room for more youths than are small."""
    following = [key for key in begun if key in found.successions.before]
    rest = [key for key in begun if key not in found.successions.before]
    many = [_youths(found, some) >= FEW for some in (following, rest)]
    if all(many):
        return len(following), len(following)
    every, few = len(begun), FEW - 1
    # Of both few and few nothing can be said, nor of few youths with many assignments.
    if many == [True, False] and len(rest) <= few and every >= 2 * FEW:
        return every - few, every
    if many == [False, True] and len(following) <= few and every >= 2 * FEW:
        return 0, few
    return None, None


def _youths(found: Trajectories, keys: Collection[AssignmentKey]) -> int:
    return len({found.assignments[key].youth for key in keys})
