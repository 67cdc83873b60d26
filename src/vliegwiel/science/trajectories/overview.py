"""All that a region publishes of its waits on a day: a fixed set of tables, protected together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .clock_figures import ClockFigure, clock_figure
from .deriving import Trajectories
from .published import (
    AGES,
    EARLIER,
    Clock,
    Counted,
    Split,
    counted_waits,
    counts_on,
    month_ends,
    row_of,
    window_of,
)
from .quality import quality_among, quality_of
from .shown_counts import (
    TOTAL,
    Cell,
    Grouped,
    Part,
    grouped,
    shown_counts,
)
from .waiting_list import waiting_list_among
from .waiting_numbers import Label, Trust, WaitingNow, label_of, now_of, trust_of
from .waits import WaitsByDay

#: Fourteen weeks: four until the intake and ten until treatment, agreed for insured mental health
#: care (Treeknorm) and not binding for youth care.
NORM_DAYS = 98
#: Months of which the number of those waiting is shown.
TREND_MONTHS = 12

_PART_OF: Mapping[Clock, Part] = {
    Clock.W1: Part.ALL,
    Clock.W2: Part.ALL,
    Clock.W3: Part.ASKED,
    Clock.W4: Part.ASKED,
    Clock.W5: Part.FIRST,
    Clock.W6: Part.MOVED,
    Clock.W7: Part.WAITING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewRow:
    """A row of a table. Counts and figures that may not be shown are None, or are not there.

    ``counts`` are waits by clock. ``trust`` is None for a row of too few youths.
    """

    key: str
    counts: Mapping[Clock, int]
    figures: Mapping[Clock, ClockFigure]
    trust: Trust | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewTable:
    """The waits split in one way; without rows when the split cannot be shown."""

    split: Split
    rows: tuple[OverviewRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingOverview:
    """The published set of a day: waits under way between ``first`` and ``on``."""

    first: date
    on: date
    norm_days: int
    total: OverviewRow
    tables: tuple[OverviewTable, ...]
    trend: tuple[WaitingNow, ...]
    label: Label

    @property
    def now(self) -> WaitingNow:
        """Who waits on the day itself."""
        return self.trend[-1]


Step = Callable[[str, float], None]


def _in_silence(what: str, part: float) -> None:
    """For who does not watch."""


def waiting_overview(
    found: Trajectories, on: date, *, norm_days: int = NORM_DAYS, step: Step = _in_silence
) -> WaitingOverview:
    """Everything that may be shown of the waits of a region as they stood on a day.

    ``step`` is told what is being done and which part of it, from 0 to 1. Counts below ten
    youths are not there, nor is any from which one would follow. Raises ValueError for a day after
    the one that the trajectories were known on.
    """
    step("waits", 0.0)
    known = WaitsByDay(found)
    every = known.on(on)
    items = counted_waits(found, every)
    step("protecting", 0.0)
    keys = {split: [row_of(split, item, on) for item in items] for split in Split}
    sets = grouped(items, keys, norm_days=norm_days)
    shown = shown_counts(sets)
    rows = _Rows(found, items, sets, shown, on, norm_days)
    tables = []
    for number, split in enumerate(Split):
        step("figures", number / len(Split))
        tables.append(OverviewTable(split=split, rows=rows.of(split)))
    trend = []
    days = month_ends(on, TREND_MONTHS)
    for number, day in enumerate(days):
        step("trend", number / len(days))
        hidden = day == on and (TOTAL, Part.WAITING) not in shown[Split.FORM]
        trend.append(now_of(waiting_list_among(known, day), hidden=hidden))
    return WaitingOverview(
        first=window_of(on),
        on=on,
        norm_days=norm_days,
        total=rows.row(Split.FORM, TOTAL),
        tables=tuple(tables),
        trend=tuple(trend),
        label=label_of(quality_of(found, every)),
    )


def _place(key: str) -> tuple[int, str]:
    """Ages by their first year, what was earlier first, the others by name."""
    digits = key.split("-", maxsplit=1)[0].rstrip("+")
    number = int(digits) if digits.isdigit() and int(digits) <= AGES[-1] else 0
    return (-1 if key == EARLIER else number), key


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes rows of what may be shown."""

    found: Trajectories
    items: Sequence[Counted]
    sets: Grouped
    shown: Mapping[Split, frozenset[Cell]]
    on: date
    norm_days: int

    def of(self, split: Split) -> tuple[OverviewRow, ...]:
        """The rows of a table without its total; none when there is nothing to show beside it."""
        if not any(row != TOTAL for row, _part in self.shown[split]):
            return ()
        return tuple(self.row(split, key) for key in sorted(self.sets.rows[split], key=_place))

    def row(self, split: Split, key: str) -> OverviewRow:
        """A row with what may be shown of it."""
        shown = self.shown[split]
        mine = [self.items[place] for place in sorted(self.sets.row(split, key))]
        seen = [clock for clock in Clock if (key, _PART_OF[clock]) in shown]
        figures = {}
        for clock in seen:
            figure = clock_figure(
                self.found,
                mine,
                clock,
                self.on,
                norm_days=self.norm_days,
                whole=split is Split.PERIOD,
            )
            hides_share = (key, Part.NORM) not in shown
            figures[clock] = replace(figure, within=None) if hides_share else figure
        trust = None
        if (key, Part.ALL) in shown:
            waits = [item.wait for item in mine]
            trust = trust_of(quality_among(self.found, waits, self.on))
        return OverviewRow(
            key=key,
            counts={clock: sum(counts_on(clock, item) for item in mine) for clock in seen},
            figures=figures,
            trust=trust,
        )
