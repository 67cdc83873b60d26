"""A forecast: what baseline and scenario would do, month by month, with bands.

Bands hold 80 per cent of the replications, for chance and for what is not known about the numbers
of the model. Differences are taken within replications, where both arms share the fates of youths.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from vliegwiel.science.kernel import Check, Outcome, Result, ScienceError

from .measures import ALL, MEASURES, Band

FORECAST_SCHEMA = "vliegwiel.forecast/1"


class ForecastFormatError(ScienceError):
    """A text is not a forecast that this version can read."""


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
    """Median, low and high of one number over the replications; None where unknown."""

    median: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class WaterBedRow:
    """Where a scenario makes things better or worse: differences in the last period.

    ``verdict`` judges the waiting time: ``better``, ``worse``, ``unclear`` or ``same``.
    """

    care_type: str
    waiting_time: Interval
    waiting_list: Interval
    in_care: Interval
    cost: Interval
    verdict: str


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


@dataclass(frozen=True)
class Forecast:
    """The outcome of a plan.

    Attributes:
        months: the first day of each month.
        care_types: ids in the order of the care system.
        labels: label of each care type and of ``all``, by language.
        limited: ids of the care types with a limit on places.
        series: measure -> care type or ``all`` -> Series.
        band: the quantiles of low, median and high.
        focus: the care type the headline is about, or ``all``.
        period: first and last month of the period of headline and water bed.
        headline: expected change of the waiting time (or, without scenario, the waiting time).
        cost_totals: cost over all months, of each care type and of ``all``; empty in a forecast
            that was kept before there were totals.
    """

    identity: Identity
    months: tuple[date, ...]
    care_types: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    limited: tuple[str, ...]
    norm_days: float
    series: Mapping[str, Mapping[str, Series]]
    band: tuple[float, float, float]
    focus: str
    period: tuple[date, date]
    headline: Result
    water_bed: tuple[WaterBedRow, ...]
    costs: tuple[YearCost, ...]
    checks: tuple[Check, ...]
    assumptions: tuple[AssumptionUsed, ...]
    cost_totals: tuple[CostTotal, ...] = ()
    providers: tuple[ProviderSeries, ...] = ()

    @property
    def measures(self) -> Mapping[str, str]:
        """Measure -> unit."""
        return MEASURES

    def of(self, measure: str, care_type: str = ALL) -> Series:
        """One series.

        Raises:
            KeyError: when there is no such measure or care type.
        """
        return self.series[measure][care_type]

    def rows(self) -> list[dict[str, str | float | None]]:
        """Everything by month as flat rows, for tables and CSV."""
        found: list[dict[str, str | float | None]] = []
        for measure, by_type in self.series.items():
            for care_type, series in by_type.items():
                for k, month in enumerate(self.months):
                    row: dict[str, str | float | None] = {
                        "month": month.isoformat(), "care_type": care_type,
                        "measure": measure, "unit": MEASURES[measure],
                    }  # fmt: skip
                    for name in ("baseline", "scenario", "difference"):
                        part: Band | None = getattr(series, name)
                        for limit in ("median", "low", "high"):
                            value = getattr(part, limit)[k] if part is not None else None
                            row[f"{name}_{limit}"] = value
                    found.append(row)
        return found

    def to_json(self) -> str:
        """The forecast as JSON; :meth:`from_json` gives an equal one."""
        plain = asdict(self)
        plain["months"] = [month.isoformat() for month in self.months]
        plain["period"] = [day.isoformat() for day in self.period]
        return json.dumps({"schema": FORECAST_SCHEMA, **plain}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Forecast:
        """Read what :meth:`to_json` wrote.

        Raises:
            ForecastFormatError: when the text is something else, or of another version.
        """
        try:
            plain = json.loads(text)
            if plain["schema"] != FORECAST_SCHEMA:
                raise ForecastFormatError(f"this is not a {FORECAST_SCHEMA}")
            return _forecast(plain)
        except (KeyError, TypeError, ValueError) as error:
            raise ForecastFormatError(f"this is not a {FORECAST_SCHEMA}") from error


def _forecast(plain: dict[str, Any]) -> Forecast:
    start, end = (date.fromisoformat(day) for day in plain["period"])
    return Forecast(
        identity=Identity(**plain["identity"]),
        months=tuple(date.fromisoformat(month) for month in plain["months"]),
        care_types=tuple(plain["care_types"]),
        labels=plain["labels"],
        limited=tuple(plain["limited"]),
        norm_days=plain["norm_days"],
        series={
            measure: {care_type: _series(one) for care_type, one in by_type.items()}
            for measure, by_type in plain["series"].items()
        },
        band=(plain["band"][0], plain["band"][1], plain["band"][2]),
        focus=plain["focus"],
        period=(start, end),
        headline=Result(**plain["headline"]),
        water_bed=tuple(_water_bed_row(row) for row in plain["water_bed"]),
        costs=tuple(_year_cost(row) for row in plain["costs"]),
        checks=tuple(
            Check(**{**check, "outcome": Outcome(check["outcome"])}) for check in plain["checks"]
        ),
        assumptions=tuple(AssumptionUsed(**one) for one in plain["assumptions"]),
        cost_totals=tuple(_cost_total(one) for one in plain.get("cost_totals", ())),
        providers=tuple(_provider(one) for one in plain.get("providers", ())),
    )


def _provider(plain: dict[str, Any]) -> ProviderSeries:
    series = {measure: _series(one) for measure, one in plain["series"].items()}
    return ProviderSeries(**{**plain, "series": series})


def _band(plain: dict[str, Any] | None) -> Band | None:
    if plain is None:
        return None
    return Band(tuple(plain["median"]), tuple(plain["low"]), tuple(plain["high"]))


def _series(plain: dict[str, Any]) -> Series:
    baseline = _band(plain["baseline"])
    if baseline is None:
        raise ValueError("a series has a baseline")
    return Series(baseline, _band(plain["scenario"]), _band(plain["difference"]))


def _interval(plain: dict[str, Any] | None) -> Interval | None:
    return None if plain is None else Interval(**plain)


def _water_bed_row(plain: dict[str, Any]) -> WaterBedRow:
    parts = ("waiting_time", "waiting_list", "in_care", "cost")
    return WaterBedRow(**{**plain, **{part: Interval(**plain[part]) for part in parts}})


def _year_cost(plain: dict[str, Any]) -> YearCost:
    parts = {part: _interval(plain[part]) for part in ("scenario", "difference")}
    return YearCost(**{**plain, **parts, "baseline": Interval(**plain["baseline"])})


def _cost_total(plain: dict[str, Any]) -> CostTotal:
    parts = {part: _interval(plain[part]) for part in ("scenario", "difference", "share", "youths")}
    return CostTotal(**{**plain, **parts, "baseline": Interval(**plain["baseline"])})
