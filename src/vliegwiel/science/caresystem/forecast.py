"""A forecast: what baseline and scenario would do, month by month, with bands.

Bands hold 80 per cent of the replications, for chance and for what is not known about the numbers
of the model. Differences are taken within replications, where both arms share the fates of youths.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from vliegwiel.science.kernel import Check, Outcome, Result, ScienceError

from .forecast_rows import (
    AssumptionUsed,
    CostTotal,
    FlowRow,
    Identity,
    MunicipalityCost,
    MunicipalityRow,
    ProviderSeries,
    QueueRow,
    Series,
    WaterBedRow,
    YearCost,
    provider_from,
    row_from,
    series_from,
)
from .measures import ALL, MEASURES, Band

FORECAST_SCHEMA = "vliegwiel.forecast/1"


class ForecastFormatError(ScienceError):
    """A text is not a forecast that this version can read."""


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
        flows: from where to where youths go; of flows that never happen there is no row.
        flow_labels: label of each origin and destination of ``flows``, by language.
        municipalities: the water bed by municipality, only of a plan by municipality.
        municipality_costs: cost by municipality, likewise.
        queue: who waits when the forecast starts, when that was asked for.
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
    flows: tuple[FlowRow, ...] = ()
    flow_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    municipalities: tuple[MunicipalityRow, ...] = ()
    municipality_costs: tuple[MunicipalityCost, ...] = ()
    queue: tuple[QueueRow, ...] = ()

    @property
    def measures(self) -> Mapping[str, str]:
        """Measure -> unit."""
        return MEASURES

    @property
    def can_wait(self) -> tuple[str, ...]:
        """Where youths can wait: the care types with a limit on places, then ``all`` of them."""
        return (*self.limited, ALL) if self.limited else ()

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
        whole = {"schema": FORECAST_SCHEMA, **plain}
        return json.dumps(whole, ensure_ascii=False, allow_nan=False)

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
        except (AttributeError, KeyError, TypeError, ValueError) as error:
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
            measure: {care_type: series_from(one) for care_type, one in by_type.items()}
            for measure, by_type in plain["series"].items()
        },
        band=(plain["band"][0], plain["band"][1], plain["band"][2]),
        focus=plain["focus"],
        period=(start, end),
        headline=Result(**plain["headline"]),
        water_bed=tuple(row_from(WaterBedRow, row) for row in plain["water_bed"]),
        costs=tuple(row_from(YearCost, row) for row in plain["costs"]),
        checks=tuple(
            Check(**{**check, "outcome": Outcome(check["outcome"])}) for check in plain["checks"]
        ),
        assumptions=tuple(AssumptionUsed(**one) for one in plain["assumptions"]),
        cost_totals=tuple(row_from(CostTotal, row) for row in plain.get("cost_totals", ())),
        providers=tuple(provider_from(one) for one in plain.get("providers", ())),
        flows=tuple(row_from(FlowRow, row) for row in plain.get("flows", ())),
        flow_labels=plain.get("flow_labels", {}),
        municipalities=tuple(
            row_from(MunicipalityRow, row) for row in plain.get("municipalities", ())
        ),
        municipality_costs=tuple(
            row_from(MunicipalityCost, row) for row in plain.get("municipality_costs", ())
        ),
        queue=tuple(row_from(QueueRow, row) for row in plain.get("queue", ())),
    )
