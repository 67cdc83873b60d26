"""What an analyst looks at beside waiting times: lost sight of, contracts, extensions, lateness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vliegwiel.science.yardstick import LEAST_SHOWN

from .bridge import Bridge, bridges
from .contract_waves import ContractWave, contract_waves
from .delays import corrected
from .deriving import Trajectories
from .extension_rates import ExtensionTable, extension_table
from .overview import WaitingOverview
from .published import month_ends
from .regulation import QuarterRow, last_quarter_end, quarter_rows
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
    extensions: ExtensionTable
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
        waves=contract_waves(found),
        extensions=extension_table(found, on),
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
