"""What a pilot can measure: numbers that a municipality has of its own, by month.

Every outcome is a sum over youths divided by how many there are to count, so that months and sites
can be taken together by adding both up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem import MonthlyCounts

Floats = NDArray[np.float64]

#: Residents are counted by the thousand.
PER_RESIDENTS = 1000.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that a pilot may want to change.

    Attributes:
        above: count that is summed.
        below: count that it is divided by, or ``residents``.
        unit: of the outcome.
        better: -1 when less is better, 1 when more is, 0 when that is not for us to say.
        lasting: whether who is counted in one month is mostly there in the next as well.
        limited: whether only care types with a limit are counted when all are taken together.
    """

    above: str
    below: str
    unit: str
    better: int
    lasting: bool = False
    limited: bool = False


#: Outcome -> what it is. Those per resident are a month's, per 1,000 youths who live there.
OUTCOMES: Mapping[str, Measure] = MappingProxyType(
    {
        "waiting_time": Measure("wait_sum", "starts", "days", -1, limited=True),
        "share_within_norm": Measure("within_norm", "starts", "share", 1, limited=True),
        "days_in_care": Measure("care_days", "ends", "days", 0, lasting=True),
        "arrivals": Measure("arrivals", "residents", "per_1000", 0),
        "starts": Measure("starts", "residents", "per_1000", 0),
        "leaving": Measure("leaving", "residents", "per_1000", -1),
        "waiting_list": Measure("waiting_days", "resident_days", "per_1000", -1, lasting=True),
        "in_care": Measure("care_days", "resident_days", "per_1000", 0, lasting=True),
        "cost": Measure("cost", "residents", "euro_per_1000", -1, lasting=True),
    }
)
#: The youths whose outcomes are counted, when that is not what the outcome is divided by.
_COUNTED = {"arrivals": "arrivals", "leaving": "leaving", "days_in_care": "ends"}


@dataclass(frozen=True, slots=True)
class Sums:
    """An outcome by month and group: ``above / below``; shape (M, G) each.

    ``youths`` are those who are counted: who start, come, end or stop waiting in that month.
    """

    above: Floats
    below: Floats
    youths: Floats


def sums(outcome: str, counts: MonthlyCounts, types: NDArray[np.bool_], days: Floats) -> Sums:
    """The two sums of an outcome over some care types.

    Args:
        types: which care types are counted, shape (n,).
        days: length of each month, shape (M,).
    """
    measure = OUTCOMES[outcome]

    def over(name: str) -> Floats:
        found: Floats = getattr(counts, name)[:, :, types].sum(axis=2)
        return found

    thousands = np.broadcast_to(counts.residents / PER_RESIDENTS, over("starts").shape)
    if measure.below == "residents":
        below = thousands
    elif measure.below == "resident_days":
        below = thousands * days[:, None]
    else:
        below = over(measure.below)
    return Sums(over(measure.above), below, over(_COUNTED.get(outcome, "starts")))
