"""Somebody who has every count of a day, of all pages, files and answers together.

The published set of waits, the study, the waiting list, the quarterly figures by provider and form,
and the gaps say things about the same youths in different words. He knows what the words mean, so
he knows every sum: rows of a table add up, a part is at most its whole, two counts of the same set
are equal, and a quarter of the year is so many days ago. With two linear programmes for each count
that he may not know he finds how little and how much it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from vliegwiel.science.trajectories import (
    NORM_DAYS,
    Clock,
    Counted,
    GapCounts,
    QuarterRow,
    Split,
    Trajectories,
    Wait,
    WaitingOverview,
    WaitingStudy,
    care_gaps,
    counted_waits,
    gap_counts,
    quarter_rows,
    waiting_list,
    waiting_overview,
    waiting_study,
    waits_of,
)
from vliegwiel.science.trajectories.counted_gaps import _band, _meanwhile
from vliegwiel.science.trajectories.published import quarter_of, row_of
from vliegwiel.science.trajectories.shown_counts import TOTAL, Part, grouped

from .attack import PART_OF

LEAST = 10
#: Days back within which every quarter and every band begins.
_DAYS = 1_000
#: What a count is of: waits or gaps, each with its youth.
Members = frozenset[tuple[object, ...]]


@dataclass
class Knowledge:
    """Counts by name, what was seen of them, and what everybody can reckon with them.

    Counts with the same word in ``about`` count the same thing in another table: those of the very
    same members are known to be equal. ``told`` are small counts that the words themselves tell,
    such as a referrer without a request.
    """

    members: dict[str, Members] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    sums: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    at_most: list[tuple[str, str]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    about: dict[str, str] = field(default_factory=dict)

    def count(
        self, name: str, members: Iterable[tuple[object, ...]], seen: int | None, about: str = ""
    ) -> str:
        """Adds a count; the truth stands behind it, and what was shown must agree with it."""
        self.members[name] = frozenset(members)
        if about:
            self.about[name] = about
        if seen is not None:
            assert seen == len(self.members[name]), name
            self.seen[name] = seen
        return name

    def split(self, whole: str, parts: Sequence[str]) -> None:
        """The parts of a whole: they add up to it."""
        self.sums.append((whole, tuple(parts)))

    def part(self, part: str, whole: str) -> None:
        """A part of a whole; what is left of it is a count too, which nobody may know if small."""
        rest = self.count(f"{whole} but {part}", self.members[whole] - self.members[part], None)
        self.sums.append((whole, (part, rest)))

    def is_small(self, name: str) -> bool:
        """Whether it is of fewer than ten youths."""
        return len({youth for youth, *_rest in self.members[name]}) < LEAST

    def uncovered(self) -> Iterator[str]:
        """The small counts known to be below ten, or known exactly, in words."""
        names = list(self.members)
        place = {name: number for number, name in enumerate(names)}
        equal = [({place[whole]: -1, **{place[part]: 1 for part in parts}})
                 for whole, parts in self.sums]  # fmt: skip
        alike: dict[tuple[str, str, Members], str] = {}
        for name in names:
            # That a part is all of a total is not known, save of the total of another table.
            if self.members[name] and name in self.about:
                said = name.split("|")
                rows = set(said[1:] if said[0] == "quarter" else said[1:2])
                kind = TOTAL if rows <= {TOTAL} else "row"
                first = alike.setdefault((self.about[name], kind, self.members[name]), name)
                if first != name:
                    equal.append({place[first]: -1, place[name]: 1})
        below = [{place[part]: 1, place[whole]: -1} for part, whole in self.at_most]
        most = float(sum(map(len, self.members.values())) or 1)
        ends = [(self.seen.get(name, 0), self.seen.get(name, most)) for name in names]
        sums, less = _matrix(equal, len(names)), _matrix(below, len(names))

        def least(cost: np.ndarray) -> float:
            found = linprog(cost, less, np.zeros(len(below)), sums, np.zeros(len(equal)), ends)
            return float(found.fun)

        for name in names:
            if not self.is_small(name) or name in self.told:
                continue
            cost = np.zeros(len(names))
            cost[place[name]] = 1
            truth, high = len(self.members[name]), -least(-cost)
            if round(high) < LEAST or (round(high) == truth == round(least(cost))):
                yield f"{name}: at most {high:.0f}, truly {truth}"


def _matrix(lines: Sequence[Mapping[int, float]], width: int) -> csr_matrix:
    found = [(row, at, value) for row, line in enumerate(lines) for at, value in line.items()]
    rows, columns, values = zip(*found, strict=True) if found else ((), (), ())
    return csr_matrix((values, (rows, columns)), shape=(len(lines), width))


@dataclass(frozen=True)
class Published:
    """All that is published about a day."""

    overview: WaitingOverview
    study: WaitingStudy
    quarter: Sequence[QuarterRow]
    gaps: GapCounts


def published(found: Trajectories, on: date) -> Published:
    """What the product makes of a day."""
    return Published(
        waiting_overview(found, on),
        waiting_study(found, on),
        quarter_rows(found, on),
        gap_counts(care_gaps(found), on),
    )


def without_protection(know: Knowledge) -> Knowledge:
    """The small counts hidden, and nothing else: what is left of a sum is one of them."""
    shown = {name: len(members) for name, members in know.members.items()
             if not know.is_small(name)}  # fmt: skip
    return Knowledge(know.members, shown, know.sums, know.at_most, know.told, know.about)


def everything(found: Trajectories, on: date, shown: Published) -> Knowledge:
    """The knowledge of somebody who has all of it, with the truth behind every count."""
    know = Knowledge()
    items = counted_waits(found, waits_of(found, on))
    _waiting_times(know, items, on, shown.overview)
    listed = waiting_list(found, on)
    waits = [_of(wait) for wait in listed.waits]
    now = shown.overview.now
    know.count("list", waits, now.assignments, Part.WAITING)
    know.count("list, without sign", map(_of, listed.without_sign), now.without_sign)
    know.part("list, without sign", "list")
    _study(know, found, on, shown.study, listed.waits)
    _quarter(know, shown.quarter, listed.waits)
    _small_providers(know)
    _gaps(know, found, shown.gaps)
    _days_and_quarters(know, on)
    return know


def _of(wait: Wait) -> tuple[object, ...]:
    return wait.youth, wait.assignments[0]


def _waiting_times(
    know: Knowledge, items: Sequence[Counted], on: date, overview: WaitingOverview
) -> None:
    keys = {split: [row_of(split, item, on) for item in items] for split in Split}
    truth = grouped(items, keys, norm_days=NORM_DAYS)
    keyed = [_of(item.wait) for item in items]
    seen: dict[tuple[Split, str, Part], int] = {}
    for table in overview.tables:
        for row in (overview.total, *table.rows):
            for clock, count in row.counts.items():
                seen[table.split, row.key, PART_OF[clock]] = count
            figure = row.figures.get(Clock.W1)
            if figure is not None and figure.within is not None:
                norm = truth.members(table.split, row.key, Part.NORM)
                seen[table.split, row.key, Part.NORM] = len(norm)
    for split, rows in truth.rows.items():
        for row_name in (TOTAL, *rows):
            for part in truth.parts:
                places = truth.members(split, row_name, part)
                name = f"{split}|{row_name}|{part}"
                shown = seen.get((split, row_name, part))
                know.count(name, (keyed[n] for n in places), shown, part)
                if split is Split.REFERRER and part is Part.ASKED and not places:
                    know.told.add(name)
                    know.told.add(f"{split}|{row_name}|{Part.ALL} but {name}")
            whole = f"{split}|{row_name}|{Part.ALL}"
            for part in (Part.ASKED, Part.FIRST, Part.MOVED, Part.WAITING, Part.NORM):
                know.part(f"{split}|{row_name}|{part}", whole)
                rest = f"{whole} but {split}|{row_name}|{part}"
                if split is Split.REFERRER and part is Part.ASKED and not know.members[rest]:
                    know.told.add(rest)
            waiting, norm_name = (f"{split}|{row_name}|{p}" for p in (Part.WAITING, Part.NORM))
            late = know.count(
                f"{split}|{row_name}|late",
                know.members[whole] - know.members[waiting] - know.members[norm_name],
                None,
            )
            know.split(whole, (waiting, norm_name, late))
        for part in truth.parts:
            know.split(f"{split}|{TOTAL}|{part}", [f"{split}|{row}|{part}" for row in rows])


def _table(
    know: Knowledge, name: str, keyed: Sequence[tuple[str, tuple[object, ...]]],
    total: int | None, rows: Mapping[str, int | None], about: str, about_rows: str = "",
) -> None:  # fmt: skip
    """A table that splits one set. Without ``about_rows`` its rows are like no others."""
    whole = know.count(f"{name}|{TOTAL}", (one for _row, one in keyed), total, about)
    parts = [
        know.count(f"{name}|{row}", (one for key, one in keyed if key == row), seen, about_rows)
        for row, seen in rows.items()
    ]
    know.split(whole, parts)


def _study(
    know: Knowledge, found: Trajectories, on: date, study: WaitingStudy, waits: Sequence[Wait]
) -> None:
    lengths = [(_band((on - wait.origin).days), _of(wait)) for wait in waits]
    meanwhile = [(_meanwhile(wait, found, on).value, _of(wait)) for wait in waits]
    _table(know, "study length", lengths, study.length.total, study.length.rows, Part.WAITING)
    _table(
        know,
        "study meanwhile",
        meanwhile,
        study.meanwhile.total,
        study.meanwhile.rows,
        Part.WAITING,
    )


def _quarter(know: Knowledge, rows: Sequence[QuarterRow], waits: Sequence[Wait]) -> None:
    seen = {(row.provider, row.form): row.waiting for row in rows}
    shown = {provider for provider, _form in seen}
    for (provider, form), waiting in seen.items():
        know.count(
            f"quarter|{provider}|{form}",
            (
                _of(wait) for wait in waits
                if form in {TOTAL, wait.form}
                and provider in {TOTAL, wait.provider if wait.provider in shown else "others"}
            ),
            waiting,
            Part.WAITING,
        )  # fmt: skip
    for provider in {provider for provider, _form in seen}:
        mine = [form for one, form in seen if one == provider and form != TOTAL]
        know.split(f"quarter|{provider}|{TOTAL}", [f"quarter|{provider}|{form}" for form in mine])
    for form in {form for _provider, form in seen}:
        every = know.members[f"quarter|{TOTAL}|{form}"]
        cells = [f"quarter|{one}|{other}" for one, other in seen if other == form]
        if any(know.members[cell] == every for cell in cells if f"|{TOTAL}|" not in cell):
            # Everybody knows who gives help that one provider alone gives.
            know.told |= {cell for cell in cells if not know.members[cell]}
        mine = [one for one, other in seen if other == form and one != TOTAL]
        know.split(f"quarter|{TOTAL}|{form}", [f"quarter|{one}|{form}" for one in mine])


def _small_providers(know: Knowledge) -> None:
    """Who is among the small providers of the quarter is a provider of the year, or small there."""
    whole = f"quarter|others|{TOTAL}"
    if whole not in know.members:
        return
    parts = [
        name for name, members in know.members.items()
        if name.startswith(f"{Split.PROVIDER}|") and name.endswith(f"|{Part.WAITING}")
        and " but " not in name and f"|{TOTAL}|" not in name and members <= know.members[whole]
    ]  # fmt: skip
    if sum(len(know.members[name]) for name in parts) == len(know.members[whole]):
        know.split(whole, parts)


def _gaps(know: Knowledge, found: Trajectories, counts: GapCounts) -> None:
    every = care_gaps(found)
    for kind, tables in counts.tables.items():
        gaps = [gap for gap in every if gap.kind is kind]
        for table in tables:
            keys = {"municipality": [gap.municipality for gap in gaps],
                    "form": [gap.form for gap in gaps],
                    "month": [f"{gap.since:%Y-%m}" for gap in gaps]}[table.split.value]  # fmt: skip
            keyed = [
                (key if key in table.rows else "others", (gap.youth, gap.key))
                for key, gap in zip(keys, gaps, strict=True)
            ]
            if not keyed:
                # That a table has no rows tells that there was nothing to count.
                continue
            _table(know, f"gaps {kind}|{table.split}", keyed, table.total, table.rows, kind, kind)


def _days_and_quarters(know: Knowledge, on: date) -> None:
    """Bands of days waited and quarters of decision: the calendar tells what is in both."""
    bands = _named(know, "study length|", "")
    quarters = _named(know, f"{Split.PERIOD}|", f"|{Part.WAITING}")
    days = [on - timedelta(days=number) for number in range(_DAYS)]
    common = {(_band((on - day).days), quarter_of(day, on)) for day in days}
    for band, quarter in sorted(common):
        if band in bands and quarter in quarters:
            both = know.members[bands[band]] & know.members[quarters[quarter]]
            know.count(f"{band} and {quarter}", both, None)
    for names, place in ((bands, 0), (quarters, 1)):
        for key, name in names.items():
            cells = [f"{one[0]} and {one[1]}" for one in sorted(common) if one[place] == key]
            there = [cell for cell in cells if cell in know.members]
            know.split(name, there)
            if not there:
                # Nothing was decided in all of its quarters: they have no row, and that tells so.
                know.told.add(name)


def _named(know: Knowledge, begin: str, end: str) -> Mapping[str, str]:
    """Counts by the name of their row."""
    return {
        name.removeprefix(begin).removesuffix(end): name for name in know.members
        if name.startswith(begin) and name.endswith(end) and TOTAL not in name
        and " but " not in name
    }  # fmt: skip
