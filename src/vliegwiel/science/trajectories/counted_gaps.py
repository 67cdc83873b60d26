"""What everybody in a region may see of gaps and of who waits: counts, none of them small.

Rows that split the same set have sums in common, so they are protected together, as those of the
waiting times are (see :mod:`.shown_counts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

from vliegwiel.science.yardstick import LEAST_SHOWN, Margin, protect

from .assignments import Assignment
from .beside_overview import FIXED, WaitingShown, waiting_shown
from .deriving import Trajectories
from .forms import CRISIS
from .gaps import CareGap, GapChoices, GapKind
from .overview import NORM_DAYS
from .published import Split, quarter_of
from .shown_counts import TOTAL, Grouped, Part, shown_counts
from .spans import length, month_end, plus
from .spells import Spell
from .waiting_list import waiting_list
from .waits import Wait

#: First days of the bands of how long somebody has waited: 4, 13 and 26 weeks.
BANDS = (0, 28, 91, 182)
#: Days before the last band in which every quarter that is told apart begins.
_QUARTERS_BACK = 800


class GapSplit(StrEnum):
    """What the rows of a table of gaps, or of who waits, are."""

    MUNICIPALITY = "municipality"
    FORM = "form"
    MONTH = "month"
    LENGTH = "length"
    MEANWHILE = "meanwhile"


class Meanwhile(StrEnum):
    """What a youth had while waiting; the first that holds."""

    #: Crisis help at some time since the decision.
    CRISIS = "crisis"
    #: Other care on the day itself.
    OTHER_CARE = "other_care"
    #: Other care since the decision, that is over.
    EARLIER_CARE = "earlier_care"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """Rows with their counts; None is hidden. ``total`` is of all rows together."""

    split: GapSplit
    total: int | None
    rows: Mapping[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRows:
    """The municipalities and forms of which there can be gaps: those that have any care."""

    municipalities: frozenset[str]
    forms: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCounts:
    """The gaps of each kind on a day, split by municipality, form and month.

    Every municipality, form and month of which there can be gaps has its row: one without gaps
    looks like one with a few. A kind of which nothing may be shown has no tables, for few gaps as
    for none.
    """

    on: date
    tables: Mapping[GapKind, tuple[CountTable, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingStudy:
    """Who waits on a day, by how long and by what they had meanwhile."""

    on: date
    length: CountTable
    meanwhile: CountTable


def gap_rows(found: Trajectories) -> GapRows:
    """The municipalities and forms that give care, or did, as everybody can know of them."""
    items: list[Assignment | Spell] = [*found.assignments.values(), *found.spells]
    care = [item for item in items if found.forms.is_care(item.form)]
    return GapRows(
        municipalities=frozenset(item.municipality for item in care),
        forms=frozenset(item.form for item in care),
    )


def gap_counts(
    gaps: Sequence[CareGap], on: date, rows: GapRows, *, choices: GapChoices | None = None
) -> GapCounts:
    """The published counts; a month is that in which the help ended, or the youth turns eighteen.

    ``gaps`` are all those of the day, as :func:`.gaps.care_gaps` gives them with the same choices,
    and ``rows`` those of the trajectories that they were found in.
    """
    given = choices or GapChoices()
    tables = {}
    for kind in GapKind:
        some = [gap for gap in gaps if gap.kind is kind]
        found = _protected(
            [gap.youth for gap in some],
            {
                GapSplit.MUNICIPALITY: [gap.municipality for gap in some],
                GapSplit.FORM: [gap.form for gap in some],
                GapSplit.MONTH: [f"{gap.since:%Y-%m}" for gap in some],
            },
            always={
                GapSplit.MUNICIPALITY: sorted(rows.municipalities),
                GapSplit.FORM: _forms(kind, rows),
                GapSplit.MONTH: _months(kind, on, given),
            },
        )
        tables[kind] = tuple(table for table in found if _shows(table))
    return GapCounts(on=on, tables=tables)


def _forms(kind: GapKind, rows: GapRows) -> Sequence[str]:
    """The forms that a gap of a kind can be of: the words of the kind tell it of crisis help."""
    crisis = rows.forms & {CRISIS}
    forms = {GapKind.AFTER_CRISIS: crisis, GapKind.AFTER_TRANSFER: rows.forms - crisis}
    return sorted(forms.get(kind, rows.forms))


def _shows(table: CountTable) -> bool:
    """Whether a count may be shown; rows without any tell a few gaps from none."""
    return any(count is not None for count in (table.total, *table.rows.values()))


def _months(kind: GapKind, on: date, given: GapChoices) -> Sequence[str]:
    """The months that gaps known on a day can be of."""
    if kind is GapKind.TURNING_18:
        first, last = plus(month_end(on), 1), given.last_ahead(on)
    else:
        first, last = plus(on, -given.look_back), plus(on, -given.follow_up_days)
    days = (plus(first, number) for number in range(length(first, last)))
    return sorted({f"{day:%Y-%m}" for day in days})


def waiting_study(found: Trajectories, on: date, *, norm_days: int = NORM_DAYS) -> WaitingStudy:
    """Who waits on a day: the part of the study that messages tell and no other table shows.

    What the published set of that day shows of the same waits is known to whoever reads this: no
    small count follows from both together. Bands of which one would are all hidden.

    Raises ValueError for a day after the one that the trajectories were known on.
    """
    waits = waiting_list(found, on).waits
    beside = waiting_shown(found, on, norm_days=norm_days)
    meanwhile = [_meanwhile(wait, found, on).value for wait in waits]
    (table,) = _protected(
        [wait.youth for wait in waits],
        {GapSplit.MEANWHILE: meanwhile},
        always={GapSplit.MEANWHILE: list(Meanwhile)},
    )
    return WaitingStudy(
        on=on,
        length=_lengths(waits, on, beside),
        meanwhile=table if beside.total_shown else _hidden(table),
    )


def _hidden(table: CountTable) -> CountTable:
    """The same without a count."""
    return CountTable(split=table.split, total=None, rows=dict.fromkeys(table.rows))


def _lengths(waits: Sequence[Wait], on: date, beside: WaitingShown) -> CountTable:
    """Who waits by how long: a day lies in one band and in one quarter of the published set."""
    cells: dict[tuple[str, str], set[str]] = {}
    numbers: dict[tuple[str, str], int] = {}
    for wait in waits:
        band, quarter = _band((on - wait.origin).days), quarter_of(wait.origin, on)
        for cell in ((band, quarter), (band, TOTAL), (TOTAL, quarter), (TOTAL, TOTAL)):
            cells.setdefault(cell, set()).add(wait.youth)
            numbers[cell] = numbers.get(cell, 0) + 1
    here = {quarter for _b, quarter in cells} | set(beside.rows(Split.PERIOD))
    quarters = sorted(here - {TOTAL})
    common = {(band, quarter) for band, quarter in _days_in_common(on) if quarter in quarters}
    bands = sorted({band for band, _quarter in common})
    # Those of which nobody waits are counts too: that a row is not there would tell so.
    totals = [*((band, TOTAL) for band in bands), *((TOTAL, one) for one in quarters)]
    for cell in (*totals, *common):
        numbers.setdefault(cell, 0)
    shown = {(TOTAL, one) for one in quarters if beside.shows(Split.PERIOD, one)}
    # A band of nearly the same days as a quarter that is hidden would tell that one.
    near = {(band, TOTAL) for band, quarter in common if (TOTAL, quarter) not in shown}
    found = protect(
        {_name(*cell): number for cell, number in numbers.items()},
        [
            Margin(_name(TOTAL, TOTAL), tuple(_name(band, TOTAL) for band in bands)),
            Margin(_name(TOTAL, TOTAL), tuple(_name(TOTAL, one) for one in quarters)),
            *(Margin(_name(band, TOTAL), _names(numbers, band=band)) for band in bands),
            *(Margin(_name(TOTAL, one), _names(numbers, quarter=one)) for one in quarters),
        ]
        if waits
        else (),
        keep={_name(TOTAL, TOTAL): FIXED, **{_name(*cell): FIXED for cell in shown}},
        also=[
            _name(*cell)
            for cell in numbers
            if cell in near
            or len(cells.get(cell, ())) < LEAST_SHOWN
            or (cell[0] == TOTAL and cell[1] != TOTAL and cell not in shown)
        ],
        unpublished=[_name(*cell) for cell in numbers if cell[1] != TOTAL and cell not in shown],
    ).shown
    stays = {_name(*cell) for cell in shown} | {_name(TOTAL, TOTAL)}
    table = CountTable(
        split=GapSplit.LENGTH,
        total=found.get(_name(TOTAL, TOTAL)),
        rows={band: found.get(_name(band, TOTAL)) for band in map(_band, BANDS)},
    )
    return table if beside.total_shown and stays <= found.keys() else _hidden(table)


def _name(band: str, quarter: str) -> str:
    return f"{band}|{quarter}"


def _names(
    cells: Iterable[tuple[str, str]], *, band: str | None = None, quarter: str | None = None
) -> tuple[str, ...]:
    """The cells of a band, or of a quarter, that are no totals."""
    return tuple(
        _name(one, other)
        for one, other in sorted(cells)
        if TOTAL not in {one, other} and band in {None, one} and quarter in {None, other}
    )


def _days_in_common(on: date) -> set[tuple[str, str]]:
    """Bands and quarters that have a day in common; beyond the last band's first year all do."""
    days = [plus(on, -number) for number in range(BANDS[-1] + _QUARTERS_BACK)]
    return {(_band((on - day).days), quarter_of(day, on)) for day in days}


def _band(days: int) -> str:
    place = sum(days >= first for first in BANDS) - 1
    return f"{BANDS[place]}-{BANDS[place + 1]}" if place + 1 < len(BANDS) else f"{BANDS[place]}+"


def _meanwhile(wait: Wait, found: Trajectories, on: date) -> Meanwhile:
    care = [
        spell
        for spell in found.spells_of.get(wait.youth, ())
        if found.forms.is_care(spell.form)
        and spell.begin <= on
        and (spell.end is None or spell.end >= wait.origin)
    ]
    if any(spell.form == CRISIS for spell in care):
        return Meanwhile.CRISIS
    if any(spell.runs_on(on) for spell in care):
        return Meanwhile.OTHER_CARE
    return Meanwhile.EARLIER_CARE if care else Meanwhile.NOTHING


def _protected(
    youths: Sequence[str],
    keys: Mapping[GapSplit, Sequence[str]],
    always: Mapping[GapSplit, Sequence[str]],
) -> tuple[CountTable, ...]:
    """The tables that split one set, without what is small or would give something small away.

    ``always`` are rows that are there when nobody is in them: that one lacks would tell so.
    """
    rows: dict[GapSplit, dict[str, frozenset[int]]] = {}
    for split, names in keys.items():
        places: dict[str, set[int]] = {str(name): set() for name in always[split]}
        for place, name in enumerate(names):
            places.setdefault(name, set()).add(place)
        rows[split] = {name: frozenset(places[name]) for name in sorted(places)}
    sets = Grouped(
        tuple(youths),
        # The protection knows a table by any name: these are not tables of waiting times.
        cast("Mapping[Split, Mapping[str, frozenset[int]]]", rows),
        {Part.ALL: frozenset(range(len(youths)))},
    )
    shown = cast("Mapping[GapSplit, frozenset[tuple[str, Part]]]", shown_counts(sets))

    def count(cells: Iterable[tuple[str, Part]], row: str, members: frozenset[int]) -> int | None:
        return len(members) if (row, Part.ALL) in cells else None

    return tuple(
        CountTable(
            split=split,
            total=count(shown[split], TOTAL, sets.parts[Part.ALL]),
            rows={name: count(shown[split], name, found) for name, found in rows[split].items()},
        )
        for split in rows
    )
