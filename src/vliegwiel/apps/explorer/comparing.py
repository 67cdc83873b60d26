"""Forecasts beside each other: which may be, and which way each number goes with each of them.

Forecasts with the same care system, months, repetitions and seed reckon with the same assumed
numbers, and each is held against the same time without a change. As a rule they also follow the
same youths; where a scenario refers more of them, chance brings other ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vliegwiel.science.caresystem import ALL, Forecast, Interval, Way, way_of

FEWEST, MOST = 2, 5
#: What is told of every form of care over the last period, and over all months together.
OF_PERIOD = ("waiting_time", "waiting_list", "in_care", "cost")

Reason = Literal[
    "too_few", "too_many", "no_change", "care_system", "months", "repetitions", "seed", "version"
]
Span = Literal["period", "total"]

_SETTINGS: Mapping[Reason, Callable[[Forecast], object]] = {
    "care_system": lambda found: found.identity.care_system_hash,
    "months": lambda found: found.months,
    "repetitions": lambda found: found.identity.replications,
    "seed": lambda found: found.identity.seed,
    "version": lambda found: found.identity.code_version,
}


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One number of one form of care: what each scenario adds to it or takes away from it.

    `differences` stand in the order of the forecasts; None where a forecast does not know it.
    """

    measure: str
    care_type: str
    span: Span
    differences: tuple[Interval | None, ...]

    @property
    def ways(self) -> tuple[Way, ...]:
        return tuple(way(found) for found in self.differences)


@dataclass(frozen=True, slots=True)
class Side:
    """Forecasts, by their place, with which a number surely goes one way; the strongest first.

    `alike` tells that the bands of the strongest two overlap: the model cannot tell which of them
    does more.
    """

    places: tuple[int, ...]
    alike: bool


def refusal(forecasts: Sequence[Forecast]) -> Reason | None:
    """Why these forecasts may not be compared; None when they may."""
    if len(forecasts) < FEWEST:
        return "too_few"
    if len(forecasts) > MOST:
        return "too_many"
    if any(not found.water_bed for found in forecasts):
        return "no_change"
    first, *others = forecasts
    for reason, setting in _SETTINGS.items():
        if any(setting(other) != setting(first) for other in others):
            return reason
    return None


def same_youths(forecasts: Sequence[Forecast]) -> bool:
    """Whether all have the same outcome without a change: then they follow the same youths."""
    first, *others = forecasts
    return all(_same_baseline(first, other) for other in others)


def _same_baseline(one: Forecast, other: Forecast) -> bool:
    # Everything together is left out: a form of care that a scenario brings is part of it.
    shared = set(one.care_types) & set(other.care_types)
    return all(
        one.of(measure, care_type).baseline == other.of(measure, care_type).baseline
        for measure in one.series.keys() & other.series.keys()
        for care_type in shared
    )


def way(found: Interval | None) -> Way:
    """Which way a difference goes, where its whole band lies on one side of zero."""
    return "unknown" if found is None else way_of(found)


def care_types_of(forecasts: Sequence[Forecast]) -> tuple[str, ...]:
    """The forms of care of any of them: in the order of the first, with what others bring last."""
    return tuple(dict.fromkeys(name for found in forecasts for name in found.care_types))


def rows(forecasts: Sequence[Forecast]) -> tuple[ComparedRow, ...]:
    """Everything that is compared: by form of care, all together first, with cost in total last."""
    places = (ALL, *care_types_of(forecasts))
    beds = [{row.care_type: row for row in found.water_bed} for found in forecasts]
    totals = [{row.care_type: row for row in found.cost_totals} for found in forecasts]
    made = []
    for care_type in places:
        for measure in OF_PERIOD:
            found = tuple(
                getattr(bed[care_type], measure) if care_type in bed else None for bed in beds
            )
            made.append(ComparedRow(measure, care_type, "period", found))
        found = tuple(
            total[care_type].difference if care_type in total else None for total in totals
        )
        made.append(ComparedRow("cost", care_type, "total", found))
    return tuple(made)


def strongest(row: ComparedRow, which: Literal["less", "more"]) -> Side:
    """The forecasts with which a number surely gets less, or more; the largest change first."""
    sure = [
        (abs(found.median), place)
        for place, found in enumerate(row.differences)
        if found is not None and found.median is not None and way(found) == which
    ]
    places = tuple(place for _size, place in sorted(sure, key=lambda one: (-one[0], one[1])))
    alike = len(places) > 1 and _overlap(*(row.differences[place] for place in places[:2]))
    return Side(places, alike)


def _overlap(one: Interval | None, other: Interval | None) -> bool:
    if one is None or other is None:
        return False
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low <= other.high and other.low <= one.high
