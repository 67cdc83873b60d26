"""What the published set of waits shows of who waits on a day, for tables that stand beside it.

Whoever has another table of the same waits has the published set (:mod:`.overview`) too, and can
subtract one from the other. Such a table is therefore protected with the counts that it has in
common with the set: those stay as they are, and what is hidden there stays hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .deriving import Trajectories
from .overview import WaitingOverview
from .published import Clock, Split, counted_waits, row_of
from .shown_counts import TOTAL, Grouped, Part, grouped, shown_counts
from .waits import Wait, WaitsByDay

#: What a count is worth that the published set shows: it cannot be hidden any more.
FIXED = 1e9

#: A wait, whatever table it stands in.
Key = tuple[str, object]


def key_of(wait: Wait) -> Key:
    """By which a wait is known in every table of a day."""
    return wait.youth, wait.assignments[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingShown:
    """Who waits, by row of each table of the published set, and which of these counts it shows.

    ``gives`` are the providers of the set with the forms of which they have any wait at all.
    """

    members: Mapping[tuple[Split, str], frozenset[Key]]
    shown: frozenset[tuple[Split, str]]
    gives: frozenset[tuple[str, str]]

    @property
    def total_shown(self) -> bool:
        """Whether the set tells how many waits there are."""
        return (Split.FORM, TOTAL) in self.shown

    def shows(self, split: Split, row: str) -> bool:
        """Whether a table of the set tells how many of a row wait."""
        return (split, row) in self.shown

    def rows(self, split: Split) -> Sequence[str]:
        """The rows of a table of the set, without its total."""
        return sorted(row for one, row in self.members if one is split and row != TOTAL)


def waiting_shown(
    found: Trajectories, on: date, *, norm_days: int, overview: WaitingOverview | None = None
) -> WaitingShown:
    """The counts of who waits in the published set of a day.

    ``overview`` is that set, where it is there already: what it shows takes long to work out.
    Raises ValueError for a day after the one that the trajectories were known on.
    """
    items = counted_waits(found, WaitsByDay(found).on(on))
    keys = {split: [row_of(split, item, on) for item in items] for split in Split}
    sets = grouped(items, keys, norm_days=norm_days)
    of = [key_of(item.wait) for item in items]
    return WaitingShown(
        members={
            (split, row): frozenset(of[place] for place in sets.members(split, row, Part.WAITING))
            for split, rows in sets.rows.items()
            for row in (TOTAL, *rows)
        },
        shown=_among(overview) if overview else _worked_out(sets),
        gives=frozenset(
            (provider, form)
            for provider, mine in sets.rows[Split.PROVIDER].items()
            for form, every in sets.rows[Split.FORM].items()
            if mine & every
        ),
    )


def _worked_out(sets: Grouped) -> frozenset[tuple[Split, str]]:
    return frozenset(
        (split, row)
        for split, cells in shown_counts(sets).items()
        for row, part in cells
        if part is Part.WAITING
    )


def _among(overview: WaitingOverview) -> frozenset[tuple[Split, str]]:
    """The same, from the rows that tell how many wait."""
    return frozenset(
        (table.split, row.key)
        for table in overview.tables
        for row in (overview.total, *table.rows)
        if Clock.W7 in row.counts
    )
