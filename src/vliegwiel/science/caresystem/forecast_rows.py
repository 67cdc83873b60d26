"""The rows of a forecast: what its tables and pictures are made of, and how JSON is read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from .measures import Band

#: What the change of a waiting time is worth to youths.
Verdict = Literal["better", "worse", "unclear", "same", "unknown"]


@dataclass(frozen=True, slots=True)
class Series:
    """A measure of one care type through the months; scenario and difference None without one."""

    baseline: Band
    scenario: Band | None
    difference: Band | None


@dataclass(frozen=True, slots=True)
class ProviderSeries:
    """The measures of one provider of a care type, by month.

    None where a number is not one of a single provider: who waits in one queue for several.
    """

    care_type: str
    provider: str
    label: Mapping[str, str]
    series: Mapping[str, Series]


@dataclass(frozen=True, slots=True)
class Interval:
    """Median, low and high of one number over the replications; None where unknown.

    A number that too few replications have is not known, see :data:`.intervals.KNOWN`.
    """

    median: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class WaterBedRow:
    """Where a scenario makes things better or worse: differences in the last period.

    ``verdict`` judges the waiting time: ``better``, ``worse``, ``unclear``, ``same``, or
    ``unknown`` where there is no difference to tell: there is no limit on places, youths start in
    one world only or in neither, or in too few replications in both.
    """

    care_type: str
    waiting_time: Interval
    waiting_list: Interval
    in_care: Interval
    cost: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class YearCost:
    """Cost in euro in a calendar year (``months`` of it), of one care type or ``all``."""

    year: int
    months: int
    care_type: str
    baseline: Interval
    scenario: Interval | None
    difference: Interval | None


@dataclass(frozen=True, slots=True)
class CostTotal:
    """Cost in euro over all months of the forecast, of one care type or ``all``.

    ``difference`` is what the scenario adds to the cost, ``share`` that difference as a part of the
    cost without it (0.01 is one per cent) and ``youths`` the change of the mean number of youths
    in care at once: the reason that the cost of a care type changes. All three are taken within
    replications; they are None without a scenario.
    """

    care_type: str
    baseline: Interval
    scenario: Interval | None
    difference: Interval | None
    share: Interval | None
    youths: Interval | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A number without and with the scenario; scenario and difference None without one."""

    baseline: Interval
    scenario: Interval | None
    difference: Interval | None


@dataclass(frozen=True, slots=True)
class FlowRow:
    """Youths a year who go from an origin to a destination, in the period of the headline.

    Origins: ``referrer:<id>``; ``care:<id>``, whose care of that type ended; ``queue:<id>``, who
    stopped waiting for it; ``return``, who come back to youth care. Destinations: a care type,
    ``base`` or ``out``. Who comes back later goes ``out`` first. The ``flow_labels`` of a forecast
    name both.
    """

    origin: str
    destination: str
    baseline: Interval
    scenario: Interval | None
    difference: Interval | None


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """Youths of one municipality at a care type or ``all``, in the period of the headline.

    ``arrivals``, ``starts`` and ``cost`` (euro) are over the period, ``waiting_list`` and
    ``in_care`` at its end, ``waiting_time`` (days) and ``share_within_norm`` of those who start in
    it. ``verdict`` is that of a :class:`WaterBedRow`, None without a scenario.
    """

    code: str
    name: str
    care_type: str
    arrivals: Compared
    starts: Compared
    waiting_time: Compared
    share_within_norm: Compared
    waiting_list: Compared
    in_care: Compared
    cost: Compared
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class MunicipalityCost:
    """Cost in euro of the youths of one municipality, at a care type or ``all``.

    In calendar year ``year`` (``months`` of it), or over all months of the forecast when it is
    None.
    """

    code: str
    name: str
    care_type: str
    year: int | None
    months: int
    baseline: Interval
    scenario: Interval | None
    difference: Interval | None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """What awaits the youth at a place in the queue of a care type when the forecast starts.

    These are youths of the model, in the order in which the model lets them have come. ``waited``
    are the days waited until the start of the forecast, ``days`` those from then until care starts,
    of the replications in which it does. ``leaves`` is the share of the replications in which the
    youth stops waiting before, ``waits_on`` of those in which neither had happened when the
    simulation ended.
    """

    care_type: str
    place: int
    waited: Interval
    days: Interval
    leaves: float
    waits_on: float


@dataclass(frozen=True, slots=True)
class AssumptionUsed:
    """An assumed number that the forecast drew: its range and why, in both languages."""

    address: str
    path: str
    label: Mapping[str, str]
    value: float
    low: float
    high: float
    unit: str
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """What a forecast was computed from: enough to compute it again."""

    region: str
    care_system: str
    care_system_version: str
    care_system_hash: str
    scenario: str | None
    scenario_hash: str | None
    replications: int
    seed: int
    code_version: str


Row = TypeVar(
    "Row", WaterBedRow, YearCost, CostTotal, FlowRow, MunicipalityRow, MunicipalityCost, QueueRow
)


def series_from(plain: Mapping[str, Any]) -> Series:
    """A series as it stands in JSON.

    Raises:
        ValueError: when it has no baseline.
    """
    baseline = _band(plain["baseline"])
    if baseline is None:
        raise ValueError("a series has a baseline")
    return Series(baseline, _band(plain["scenario"]), _band(plain["difference"]))


def provider_from(plain: Mapping[str, Any]) -> ProviderSeries:
    """The series of a provider as they stand in JSON."""
    series = {measure: series_from(one) for measure, one in plain["series"].items()}
    return ProviderSeries(**{**plain, "series": series})


def row_from(kind: type[Row], plain: Mapping[str, Any]) -> Row:
    """A row as it stands in JSON, where every object in it is an interval, or three compared."""
    return kind(**{name: _part(value) for name, value in plain.items()})


def _part(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if "baseline" in value:
        return Compared(**{name: _part(one) for name, one in value.items()})
    return Interval(**value)


def _band(plain: Mapping[str, Any] | None) -> Band | None:
    if plain is None:
        return None
    return Band(tuple(plain["median"]), tuple(plain["low"]), tuple(plain["high"]))
