"""Somebody who has every count of a day, of all pages, files and answers together.

The published set of waits, the study, the waiting list, the quarterly figures by provider and form,
and the gaps say things about the same youths in different words. He knows what the words mean, so
he knows every sum: rows of a table add up, a part is at most its whole, two counts of the same set
are equal, and a quarter of the year is so many days ago. He also knows which provider gives which
forms, as offers say it. With two linear programmes for each count that he may not know he finds how
little and how much it can be.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vliegwiel.science.trajectories import (
    NORM_DAYS,
    CareGap,
    Clock,
    Counted,
    GapCounts,
    GapKind,
    GapRows,
    GapSplit,
    QuarterRow,
    Split,
    Trajectories,
    Wait,
    WaitingOverview,
    WaitingStudy,
    care_gaps,
    counted_waits,
    gap_counts,
    gap_rows,
    quarter_rows,
    waiting_list,
    waiting_overview,
    waiting_study,
    waits_of,
)
from vliegwiel.science.trajectories.counted_gaps import _band, _meanwhile
from vliegwiel.science.trajectories.published import quarter_of, row_of
from vliegwiel.science.trajectories.shown_counts import OTHERS, TOTAL, Part, grouped

from .attack import PART_OF
from .knowledge import Knowledge

#: Days back within which every quarter and every band begins.
_DAYS = 1_000


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
        gap_counts(care_gaps(found), on, gap_rows(found)),
    )


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
    _who_gives(know, items, {row.provider for row in shown.quarter})
    _small_providers(know)
    add_gaps(know, care_gaps(found), shown.gaps, gap_rows(found))
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
                and provider in {TOTAL, wait.provider if wait.provider in shown else OTHERS}
            ),
            waiting,
            Part.WAITING,
        )  # fmt: skip
    for provider in {provider for provider, _form in seen}:
        mine = [form for one, form in seen if one == provider and form != TOTAL]
        know.split(f"quarter|{provider}|{TOTAL}", [f"quarter|{provider}|{form}" for form in mine])
    for form in {form for _provider, form in seen}:
        mine = [one for one, other in seen if other == form and one != TOTAL]
        know.split(f"quarter|{TOTAL}|{form}", [f"quarter|{one}|{form}" for one in mine])


def _who_gives(know: Knowledge, items: Sequence[Counted], shown: Collection[str]) -> None:
    """Forms by provider in the set: sums over those that a provider gives, and no others."""
    rows = {name.split("|")[1] for name in know.members if name.startswith(f"{Split.PROVIDER}|")}
    given: dict[tuple[str, str], set[tuple[object, ...]]] = {}
    for item in items:
        provider = item.wait.provider if item.wait.provider in rows else OTHERS
        given.setdefault((provider, item.wait.form), set()).add(_of(item.wait))
    for part in Part:
        total = f"{Split.FORM}|{TOTAL}|{part}"
        if total not in know.members:
            continue
        cells = {key: know.count(f"{'|'.join(key)}|given|{part}", mine & know.members[total], None)
                 for key, mine in given.items()}  # fmt: skip
        if part is not Part.ALL:
            for (provider, form), name in cells.items():
                know.part(name, f"{provider}|{form}|given|{Part.ALL}")
        for split, place in ((Split.PROVIDER, 0), (Split.FORM, 1)):
            for row in {key[place] for key in given}:
                mine = [name for key, name in cells.items() if key[place] == row]
                know.giving.append((f"{split}|{row}|{part}", tuple(mine)))
    quarter = [name for name in know.members if name.startswith("quarter|")]
    for name in quarter:
        _table_name, provider, form = name.split("|")
        if TOTAL in {provider, form}:
            continue
        there = [f"{one}|{form}|given|{Part.WAITING}" for one, other in given
                 if other == form and (one if one in shown else OTHERS) == provider]  # fmt: skip
        if know.members[name] == frozenset[object]().union(*(know.members[one] for one in there)):
            know.giving.append((name, tuple(there)))


def _small_providers(know: Knowledge) -> None:
    """Who is among the small providers of the quarter is a provider of the year, or small there."""
    whole = f"quarter|{OTHERS}|{TOTAL}"
    if whole not in know.members:
        return
    parts = [
        name for name, members in know.members.items()
        if name.startswith(f"{Split.PROVIDER}|") and name.endswith(f"|{Part.WAITING}")
        and " but " not in name and f"|{TOTAL}|" not in name and members <= know.members[whole]
        and f"quarter|{name.split('|')[1]}|{TOTAL}" not in know.members.keys() - {whole}
    ]  # fmt: skip
    parts.append(know.count("small in the year too", know.members[whole].difference(
        *(know.members[name] for name in parts)), None))  # fmt: skip
    if know.members[parts[-1]]:
        know.split(whole, parts)
    else:
        know.split(whole, parts[:-1])
        know.told.add(parts[-1])


def add_gaps(
    know: Knowledge, every: Sequence[CareGap], counts: GapCounts, possible: GapRows
) -> None:
    """The tables of gaps; a row that is possible and lacks tells that it is of nobody."""
    for kind, tables in counts.tables.items():
        gaps = [gap for gap in every if gap.kind is kind]
        crisis = possible.forms & {"crisis"}
        forms = {GapKind.AFTER_CRISIS: crisis, GapKind.AFTER_TRANSFER: possible.forms - crisis}
        there = {GapSplit.MUNICIPALITY: possible.municipalities,
                 GapSplit.FORM: forms.get(kind, possible.forms),
                 GapSplit.MONTH: _months(kind, counts.on)}  # fmt: skip
        for table in tables:
            keys = {"municipality": [gap.municipality for gap in gaps],
                    "form": [gap.form for gap in gaps],
                    "month": [f"{gap.since:%Y-%m}" for gap in gaps]}[table.split.value]  # fmt: skip
            keyed = [(key, (gap.youth, gap.key)) for key, gap in zip(keys, gaps, strict=True)]
            rows = {**dict.fromkeys(there[table.split], 0), **table.rows}
            _table(know, f"gaps {kind}|{table.split}", keyed, table.total, rows, kind, kind)


def _months(kind: GapKind, on: date) -> set[str]:
    """The months that gaps known on a day can be of: a year back, or half a year ahead."""
    ahead = kind is GapKind.TURNING_18
    days = range(1, 183) if ahead else range(-365, -29)
    every = (on + timedelta(days=number) for number in days)
    return {f"{day:%Y-%m}" for day in every if day.day == 1 or not ahead}


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
