"""Every read of what was derived from care messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel import __version__
from vliegwiel.apps.intake.queries import IntakeState, intake_state
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.trajectories import (
    AnalystView,
    Clock,
    Estimate,
    OverviewRow,
    Split,
    Trust,
    WaitingOverview,
)

from .days import month_ends
from .documents import analysis_of, overview_of
from .models import Snapshot, Status
from .regulation import (
    RegulationSet,
    quarter_ends,
    regulation_assignments,
    regulation_set,
)

__all__ = [
    "RegulationSet",
    "Situation",
    "WaitLine",
    "WaitTable",
    "analysis",
    "known_days",
    "on_every_clock",
    "overview",
    "quarter_ends",
    "regulation_assignments",
    "regulation_set",
    "situation",
    "wait_table",
    "work_ahead",
]


@dataclass(frozen=True, slots=True)
class Situation:
    """What a region has of figures from care messages.

    `days` are those that figures can be asked for, newest first, `known` the one that was asked
    for; None when the messages hold no whole month. `snapshot` is there when its figures were asked
    for; `made_at` when they are there.
    """

    days: Sequence[date]
    known: date | None
    snapshot: Snapshot | None
    made_at: datetime | None

    @property
    def is_newest(self) -> bool:
        """Whether these are the figures that everybody in the region may see."""
        return bool(self.days) and self.known == self.days[0]


def situation(region: Region, known: date | None = None) -> Situation:
    """How it stands with the figures of a day, without one of the newest day.

    Figures from other messages than there are now are as if they were not there.
    """
    state = intake_state(region)
    days = month_ends(state.first, state.known_until)
    day = known or (days[0] if days else None)
    snapshot = _current(region, day, state)
    made = snapshot.ended_at if snapshot and snapshot.status == Status.DONE else None
    return Situation(days, day if day in days else None, snapshot, made)


def _current(region: Region, known: date | None, state: IntakeState) -> Snapshot | None:
    if known is None:
        return None
    return Snapshot.objects.filter(
        region=region, known=known, state=state.mark, code_version=__version__
    ).first()


def overview(found: Situation) -> WaitingOverview | None:
    """The published set, when it is there."""
    return overview_of(found.snapshot.overview) if found.snapshot and found.made_at else None


def analysis(found: Situation) -> AnalystView | None:
    """What an analyst looks at, when it is there: about single youths, so ask the right first."""
    return analysis_of(found.snapshot.analysis) if found.snapshot and found.made_at else None


def known_days(region: Region) -> Sequence[date]:
    """The days that figures can be asked for, newest first."""
    state = intake_state(region)
    return month_ends(state.first, state.known_until)


def work_ahead(snapshot: Snapshot) -> int:
    """How many go first."""
    if snapshot.status != Status.QUEUED:
        return 0
    return Snapshot.objects.filter(status__in=["queued", "running"], pk__lt=snapshot.pk).count()


@dataclass(frozen=True, slots=True)
class WaitLine:
    """A row of a table on one clock, as every page, file and API shows it: days and percents.

    None is what is not shown: too few youths, or one could work out too few; of a row with `waits`
    it is what cannot be told yet. `waiting` are those of the row who still wait, on any clock.
    """

    key: str
    waits: int | None
    waiting: int | None
    median: int | None
    median_low: int | None
    median_high: int | None
    ninth: int | None
    ninth_low: int | None
    ninth_high: int | None
    within: int | None
    within_low: int | None
    within_high: int | None
    earliest: int | None
    latest: int | None
    trust: Trust | None


@dataclass(frozen=True, slots=True)
class WaitTable:
    """One table on one clock: the total, and the rows; without rows it cannot be split so."""

    split: Split
    clock: Clock
    total: WaitLine
    rows: Sequence[WaitLine]


def wait_table(shown: WaitingOverview, split: Split, clock: Clock) -> WaitTable:
    """A table of the published set on one clock."""
    table = next(table for table in shown.tables if table.split is split)
    rows = [_line(row, clock) for row in table.rows]
    return WaitTable(split, clock, _line(shown.total, clock), rows)


def on_every_clock(shown: WaitingOverview) -> dict[Clock, WaitLine]:
    """The total on each of the clocks."""
    return {clock: _line(shown.total, clock) for clock in Clock}


_NOTHING = Estimate(None, None, None)


def _line(row: OverviewRow, clock: Clock) -> WaitLine:
    figure = row.figures.get(clock)
    median = figure.median if figure else _NOTHING
    ninth = figure.ninth if figure else _NOTHING
    within = figure.within or _NOTHING if figure else _NOTHING
    return WaitLine(
        key=row.key,
        waits=row.counts.get(clock),
        waiting=row.counts.get(Clock.W7),
        median=_whole(median.value),
        median_low=_whole(median.low),
        median_high=_whole(median.high),
        ninth=_whole(ninth.value),
        ninth_low=_whole(ninth.low),
        ninth_high=_whole(ninth.high),
        within=_whole(within.value, 100),
        within_low=_whole(within.low, 100),
        within_high=_whole(within.high, 100),
        earliest=_whole(figure.early) if figure else None,
        latest=_whole(figure.late) if figure else None,
        trust=row.trust,
    )


def _whole(value: float | None, times: int = 1) -> int | None:
    return None if value is None else round(value * times)
