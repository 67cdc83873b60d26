"""What is true of a generated region over visits: first help of a youth (W5), and the next (W6).

Taken from the visits themselves, as :mod:`.truth` is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .box import Box
from .courses import NEVER
from .truth import figures_of


@dataclass(frozen=True, slots=True)
class TruePassage:
    """Days between two moments of a youth: from a sign or the end of care until care begins.

    ``visit`` is the one whose care begins.
    """

    youth: int
    visit: int
    since: int
    start: int

    @property
    def days(self) -> int:
        """From the one day to the other."""
        return self.start - self.since


@dataclass(frozen=True, slots=True)
class _Visit:
    """A visit as it is known on the last day; ``NEVER`` for what has not happened."""

    number: int
    kind: tuple[str, int]  # category and provider
    sign: int
    start: int
    over: int
    left: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Care without a long break: the visit that it begins with, its first and its last day."""

    first: _Visit
    begin: int
    end: int


def true_known_waits(box: Box, *, episode_days: int = 90) -> Iterator[TruePassage]:
    """W5: from the first sign that a youth asks for help until help begins.

    Care with at most ``episode_days`` between is one episode. A sign before the end of the episode
    before belongs to that one, and a wait that was given up longer than ``episode_days`` before
    help begins is no sign of it.
    """
    for youth, visits in _by_youth(box):
        former = -NEVER
        for run in _runs([visit for visit in visits if visit.start != NEVER], episode_days):
            signs = [
                visit.sign
                for visit in visits
                if former < visit.sign <= run.begin
                and not (visit.left and visit.over < run.begin - 1 - episode_days)
            ]
            if signs:
                yield TruePassage(youth, run.first.number, min(signs), run.begin)
            former = run.end


def true_transitions(box: Box, *, chain_days: int = 31) -> Iterator[TruePassage]:
    """W6: from the end of one trajectory to the begin of the next of the same youth.

    Care of one form and provider with at most ``chain_days`` between is one trajectory. The next
    counts when it was asked for or decided at most ``chain_days`` after that end.
    """
    for youth, visits in _by_youth(box):
        lines: dict[tuple[str, int], list[_Visit]] = defaultdict(list)
        for visit in visits:
            if visit.start != NEVER:
                lines[visit.kind].append(visit)
        runs = [run for line in lines.values() for run in _runs(line, chain_days)]
        for run in runs:
            before = [other.end for other in runs if other.end < run.begin]
            if before and run.first.sign <= max(before) + chain_days:
                yield TruePassage(youth, run.first.number, max(before), run.begin)


def passage_table(box: Box, norm_days: float) -> list[dict[str, object]]:
    """W5 and W6 by the form that begins: how many, and what is true of their days.

    Those that began to wait before the start of the region are left out.
    """
    rows: list[dict[str, object]] = []
    for clock, passages in (("W5", true_known_waits(box)), ("W6", true_transitions(box))):
        inside = [one for one in passages if one.since >= 0]
        names = [box.histories.care_types[int(box.courses.care_type[one.visit])] for one in inside]
        days = np.array([one.days for one in inside], dtype=np.int64)
        if inside:
            rows.append({"clock": clock, "all": "all", **figures_of(days, norm_days)})
        told = np.array(names, dtype=str)
        for name in sorted(set(names)):
            mine = figures_of(days[told == name], norm_days)
            rows.append({"clock": clock, "care_type": name, **mine})
    return rows


def _by_youth(box: Box) -> Iterator[tuple[int, list[_Visit]]]:
    """The visits of each youth that were decided by the last day, in order."""
    courses, last = box.courses, box.courses.last
    found: dict[int, list[_Visit]] = defaultdict(list)
    columns = (courses.youth, courses.care_type, courses.provider, courses.asked, courses.decided)
    rows = zip(
        *(column.tolist() for column in (*columns, courses.start, courses.over, courses.left)),
        strict=True,
    )
    for number, (youth, care_type, provider, asked, decided, start, over, left) in enumerate(rows):
        if decided <= last:
            kind = box.catalogue.products[care_type].category, provider
            sign = min(asked, decided)
            found[youth].append(_Visit(number, kind, sign, start, over, left))
    yield from found.items()


def _runs(visits: list[_Visit], most: int) -> list[_Run]:
    """Visits with at most so many days between them, taken together."""
    runs: list[_Run] = []
    for visit in sorted(visits, key=lambda one: one.start):
        if runs and visit.start - 1 - most <= runs[-1].end:
            before = runs[-1]
            runs[-1] = _Run(before.first, before.begin, max(before.end, visit.over))
        else:
            runs.append(_Run(visit, visit.start, visit.over))
    return runs
