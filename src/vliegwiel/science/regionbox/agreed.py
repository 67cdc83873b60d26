"""What is true of the ends that were agreed: who was helped beyond them, who had stopped before.

Taken from the assignments of each visit and from when its care began and ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .box import Box
from .courses import NEVER, OTHER_DOMAIN_STOP
from .periods import EXTENDED

#: A version without a reason of change is the first of its number.
_FIRST = 0


@dataclass(frozen=True, slots=True)
class TrueEnd:
    """A day until which care that had begun was agreed; ``extended``: it went on after it.

    ``stopped`` says that care was over before that day; with neither it ended there.
    """

    youth: int
    provider: int
    municipality: int
    number: int
    on: int
    extended: bool
    stopped: bool


def true_agreed_ends(box: Box, until: int) -> Iterator[TrueEnd]:
    """Every agreed end by a day, by visit and in order of time.

    An end at which only the number changes, for a new contract or a move, is none. Care that goes
    on in another domain cannot be extended, and its end is left out.
    """
    courses, periods = box.courses, box.periods
    ends = _agreed(box)
    of_visit: dict[int, list[int]] = defaultdict(list)
    for period, visit in enumerate(periods.visit.tolist()):
        of_visit[visit].append(period)
    for visit, numbers in of_visit.items():
        start, over = int(courses.start[visit]), int(courses.over[visit])
        gone = int(courses.reason[visit]) == OTHER_DOMAIN_STOP
        if start == NEVER:
            continue
        for place, number in enumerate(numbers):
            begun = start if place == 0 else max(start, int(periods.begin[number]))
            goes_on = place + 1 < len(numbers)
            for nth, on in enumerate(ends[number]):
                last = nth + 1 == len(ends[number])
                if last and goes_on and _only_renumbered(box, number, numbers[place + 1], on):
                    continue
                if begun <= on <= until and not (over <= on and gone):
                    yield TrueEnd(
                        youth=int(courses.youth[visit]),
                        provider=int(courses.provider[visit]),
                        municipality=int(periods.municipality[number]),
                        number=int(periods.number[number]),
                        on=on,
                        extended=over > on and (goes_on or not last),
                        stopped=over < on,
                    )


def _only_renumbered(box: Box, number: int, following: int, on: int) -> bool:
    """Whether a number took over before the end of another, or for a contract."""
    periods = box.periods
    anew = int(periods.contract[following]) != int(periods.contract[number])
    return anew or int(periods.begin[following]) != on + 1


def _agreed(box: Box) -> list[list[int]]:
    """The ends that each number was given for a term, in order."""
    periods = box.periods
    ends: list[list[int]] = [[] for _number in periods.number]
    for_a_term = np.isin(periods.version_reason, (_FIRST, EXTENDED))
    for number, end in zip(
        periods.of[for_a_term].tolist(), periods.version_end[for_a_term].tolist(), strict=True
    ):
        ends[number].append(end)
    return ends
