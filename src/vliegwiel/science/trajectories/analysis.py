"""What an analyst looks at beside waiting times: lost sight of, contracts, extensions, lateness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vliegwiel.science.yardstick import LEAST_SHOWN, Margin, protect

from .assignments import AssignmentKey
from .bridge import Bridge, bridges
from .delays import corrected
from .deriving import Trajectories
from .extensions import Expiry, expiries_of
from .overview import WaitingOverview
from .published import Split, month_ends, window_of
from .regulation import QuarterRow, last_quarter_end, quarter_rows
from .shown_counts import TOTAL, Grouped, Part, shown_counts, taken_together
from .waiting_list import WaitingList, waiting_list

#: Months of which starts are corrected for what is still to be told.
LATE_MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """An assignment without a sign of delivery for ``days`` after it should have begun.

    It names nobody, but it is about one youth: for those alone who may see care data.
    """

    municipality: str
    provider: str
    form: str
    decided: date
    begin: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractWave:
    """A day of many new assignments; ``following`` of them go on from another, None is small."""

    day: date
    assignments: int
    following: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRow:
    """Ends of assignments of a provider in the months of the set, and how many went on."""

    provider: str
    expiries: int | None
    extended: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LateMonth:
    """Starts of a month that are known, and how many there will be when all have been told."""

    month: date
    known: int | None
    expected: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalystView:
    """The work list, the longest first, and figures that do not go into the published set.

    ``quarter`` is there of the last day of a quarter alone: who waits then, by provider and form.
    """

    on: date
    lost: tuple[Lost, ...]
    waves: tuple[ContractWave, ...]
    extensions: tuple[ExtensionRow, ...]
    late: tuple[LateMonth, ...]
    bridges: tuple[Bridge, ...] = ()
    quarter: tuple[QuarterRow, ...] = ()


def analyst_view(
    found: Trajectories, on: date, overview: WaitingOverview | None = None
) -> AnalystView:
    """What an analyst looks at on a day; counts below ten youths are not there.

    ``overview`` is the published set of the day, which saves working it out again. Raises
    ValueError for a day after the one that the trajectories were known on.
    """
    return AnalystView(
        on=on,
        lost=_lost(waiting_list(found, on), on),
        waves=_waves(found),
        extensions=_extensions(found, on),
        late=_late(found, on),
        bridges=bridges(found),
        quarter=quarter_rows(found, on, overview=overview) if last_quarter_end(on) == on else (),
    )


def _lost(listed: WaitingList, on: date) -> tuple[Lost, ...]:
    every = [
        Lost(
            municipality=wait.municipality,
            provider=wait.provider,
            form=wait.form,
            decided=wait.origin,
            begin=wait.begin,
            days=(on - max(wait.origin, wait.begin)).days,
        )
        for wait in listed.without_sign
    ]
    return tuple(sorted(every, key=_longest_first))


def _longest_first(item: Lost) -> tuple[int, str, str, str, date]:
    return -item.days, item.municipality, item.provider, item.form, item.decided


def _waves(found: Trajectories) -> tuple[ContractWave, ...]:
    waves = []
    for wave in found.successions.waves:
        counts = {
            "all": wave.assignments,
            "following": wave.following,
            "others": wave.assignments - wave.following,
        }
        shown = protect(
            counts,
            [Margin("all", ("following", "others"))],
            keep={"all": 1e6},
            unpublished=["others"],
        ).shown
        if "all" in shown:
            waves.append(
                ContractWave(
                    day=wave.day,
                    assignments=wave.assignments,
                    following=shown.get("following"),
                )
            )
    return tuple(waves)


def _extensions(found: Trajectories, on: date) -> tuple[ExtensionRow, ...]:
    """By provider; those with few youths are together."""
    first = window_of(on)
    moments = [item for item in expiries_of(found) if first <= item.on <= on]
    youths = tuple(found.assignments[item.assignment].youth for item in moments)
    rows: dict[str, set[int]] = {}
    for place, item in enumerate(moments):
        rows.setdefault(_provider(found, item.assignment), set()).add(place)
    sets = Grouped(
        youths,
        {Split.PROVIDER: {k: frozenset(v) for k, v in taken_together(rows, youths).items()}},
        {Part.ALL: frozenset(range(len(moments))), Part.EXTENDED: _extended(moments)},
    )
    shown = shown_counts(sets)[Split.PROVIDER]

    def count(row: str, part: Part) -> int | None:
        return len(sets.members(Split.PROVIDER, row, part)) if (row, part) in shown else None

    names = [TOTAL, *sorted(sets.rows[Split.PROVIDER])] if moments else []
    return tuple(
        ExtensionRow(
            provider=row, expiries=count(row, Part.ALL), extended=count(row, Part.EXTENDED)
        )
        for row in names
    )


def _extended(moments: list[Expiry]) -> frozenset[int]:
    return frozenset(place for place, item in enumerate(moments) if item.extended)


def _provider(found: Trajectories, key: AssignmentKey) -> str:
    return found.forms.provider_of(found.assignments[key].provider)


def _late(found: Trajectories, on: date) -> tuple[LateMonth, ...]:
    by_month: Mapping[date, list[date]] = {
        day.replace(day=1): [] for day in month_ends(on, LATE_MONTHS - 1)
    }
    youths: dict[date, set[str]] = {month: set() for month in by_month}
    for start in found.starts:
        month = start.begin.replace(day=1)
        if month in by_month and start.begin <= on:
            by_month[month].append(start.begin)
            youths[month].add(start.person.youth)
    late = []
    for month, days in by_month.items():
        number = corrected(found.delay, days, level=found.choices.level)
        few = len(youths[month]) < LEAST_SHOWN
        late.append(
            LateMonth(
                month=month,
                known=None if few else number.known,
                expected=None if few or number.expected is None else round(number.expected),
                low=None if few else number.low,
                high=None if few else number.high,
            )
        )
    return tuple(late)
