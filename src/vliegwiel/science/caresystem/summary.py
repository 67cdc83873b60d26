"""From counted replications to a forecast: bands, headline, water bed, costs and checks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vliegwiel import __version__
from vliegwiel.science.kernel import Check, Month, Outcome, Result

from .document import document_hash
from .ensemble import Chunk, ForecastPlan, merge
from .forecast import Forecast
from .forecast_rows import (
    AssumptionUsed,
    CostTotal,
    Identity,
    Interval,
    ProviderSeries,
    Series,
    WaterBedRow,
    YearCost,
)
from .measures import ALL, BAND, MEASURES, Band, Counted, bands, over, quantiles
from .measuring import TOLERANCE
from .model import CareSystem
from .provenance import assumptions
from .scenario import Scenario
from .sentences import SENTENCES
from .stations import is_limited, places_of, stations

Floats = NDArray[np.float64]

#: Name of everything together, in a sentence.
ALL_LABEL = {"nl": "alle zorg met plekken", "en": "all care with places"}


@dataclass(frozen=True)
class Replicated:
    """The merged replications of a plan, ready to be taken together in periods."""

    plan: ForecastPlan
    chunk: Chunk

    @property
    def paired(self) -> bool:
        return bool(self.chunk.measured.shape[1] == 2)

    @cached_property
    def days(self) -> Floats:
        return np.array([float(month.days) for month in self.plan.frame.months])

    @cached_property
    def limited(self) -> NDArray[np.bool_]:
        return np.array([is_limited(c) for c in self.plan.whole.care_types])

    def arms(self, starts: NDArray[np.int64] | None = None) -> tuple[Counted, Counted | None]:
        """Baseline and scenario by month, or by the periods that begin at these months."""
        made: list[Counted] = []
        for arm in range(self.chunk.measured.shape[1]):
            table, days = self.chunk.measured[:, arm].astype(np.float64), self.days
            if starts is not None:
                table, days = over(table, starts, days)
            made.append(Counted(table, days, self.limited))
        return made[0], made[1] if self.paired else None


def summarise(plan: ForecastPlan, chunks: Sequence[Chunk], *further: Check) -> Forecast:
    """The forecast of a plan from all its chunks, in whatever order they were done.

    Args:
        further: checks to tell besides those of the replications themselves.

    Raises:
        ValueError: when chunks are missing, double or of another plan.
    """
    counts = Replicated(plan, merge(plan, chunks))
    system, scenario = plan.whole, plan.scenario
    focus = scenario.focus if scenario is not None and scenario.focus is not None else ALL
    first, last = last_period(plan.frame.months)
    columns = (*system.care_type_ids, ALL)
    labels = {c.id: c.label.model_dump() for c in system.care_types} | {ALL: dict(ALL_LABEL)}
    headline, error = _headline(counts, focus, columns.index(focus), first, last)
    return Forecast(
        identity=_identity(plan),
        months=tuple(month.first_day for month in plan.frame.months),
        care_types=system.care_type_ids,
        labels=labels,
        limited=tuple(c.id for c in system.care_types if is_limited(c)),
        norm_days=system.norm_days.value,
        series=_series(counts, columns),
        band=BAND,
        focus=focus,
        period=_dates(plan, first, last),
        headline=headline,
        water_bed=_water_bed(counts, columns, first, last),
        costs=_costs(counts, columns),
        checks=(*_checks(counts, error), *further),
        assumptions=_assumptions(plan.system, scenario),
        cost_totals=_cost_totals(counts, columns),
        providers=_providers(counts),
    )


def _providers(counts: Replicated) -> tuple[ProviderSeries, ...]:
    """The measures of each provider, of the care types that have several."""
    found = counts.chunk.by_station.astype(np.float64)
    if found.shape[-1] == 0:
        return ()
    known = stations(counts.plan.whole)
    limited = np.ones(len(known), dtype=np.bool_)
    arms = [Counted(found[:, arm], counts.days, limited) for arm in range(found.shape[1])]
    made: dict[str, list[Series]] = {}
    for name in MEASURES:
        one, *other = [arm.measure(name)[:, :, :-1] for arm in arms]
        plain = bands(one)
        after: Sequence[Band | None] = bands(other[0]) if other else [None] * len(known)
        change: Sequence[Band | None] = bands(other[0] - one) if other else [None] * len(known)
        made[name] = [Series(*parts) for parts in zip(plain, after, change, strict=True)]
    return tuple(
        ProviderSeries(
            care_type=counts.plan.whole.care_type_ids[station.form],
            provider=station.provider.id,
            label=station.provider.label.model_dump(),
            series={name: series[s] for name, series in made.items()},
        )
        for s, station in enumerate(known)
        if station.provider is not None
    )


def last_period(months: Sequence[Month]) -> tuple[int, int]:
    """First and last month number of the last whole calendar year, or of the last 12 months."""
    for last in range(len(months) - 1, 10, -1):
        if months[last].month == 12:
            return last - 11, last
    return max(0, len(months) - 12), len(months) - 1


def _dates(plan: ForecastPlan, first: int, last: int) -> tuple[date, date]:
    months = plan.frame.months
    return months[first].first_day, months[last].first_day


def _identity(plan: ForecastPlan) -> Identity:
    system, scenario = plan.system, plan.scenario
    return Identity(
        region=system.region,
        care_system=system.id,
        care_system_version=system.version,
        care_system_hash=document_hash(system),
        scenario=scenario.id if scenario is not None else None,
        scenario_hash=document_hash(scenario) if scenario is not None else None,
        replications=plan.replications,
        seed=plan.seed,
        code_version=__version__,
    )


def _series(counts: Replicated, columns: Sequence[str]) -> dict[str, dict[str, Series]]:
    baseline, scenario = counts.arms()
    found: dict[str, dict[str, Series]] = {}
    for name in MEASURES:
        plain = baseline.measure(name)
        changed = scenario.measure(name) if scenario is not None else None
        below: Sequence[Band | None] = [None] * len(columns)
        between: Sequence[Band | None] = below
        if changed is not None:
            below, between = bands(changed), bands(changed - plain)
        made = zip(columns, bands(plain), below, between, strict=True)
        found[name] = {column: Series(one, two, three) for column, one, two, three in made}
    return found


def _interval(samples: Floats) -> Interval:
    low, median, high = (
        float(f"{value:.6g}") if math.isfinite(value) else None for value in quantiles(samples)
    )
    return Interval(median, low, high)


def in_period(counts: Replicated, name: str, first: int, last: int) -> tuple[Floats, Floats | None]:
    """A measure over the months first to last, shape (replications, n + 1), of both arms."""
    starts = np.unique(np.array([0, first, last + 1], dtype=np.int64))
    starts = starts[starts < len(counts.days)]
    at = int(np.flatnonzero(starts == first)[0])
    baseline, scenario = counts.arms(starts)
    changed = scenario.measure(name)[:, at] if scenario is not None else None
    return baseline.measure(name)[:, at], changed


def _headline(
    counts: Replicated, focus: str, column: int, first: int, last: int
) -> tuple[Result, float]:
    """The change of the waiting time, and the standard error of its middle."""
    baseline, scenario = in_period(counts, "waiting_time", first, last)
    samples = baseline[:, column]
    if scenario is not None:
        samples = scenario[:, column] - samples
    found = _interval(samples)
    sure = samples[np.isfinite(samples)]
    error = float(np.std(sure) / math.sqrt(sure.size)) if sure.size > 1 else math.inf
    months = counts.plan.frame.months
    whole_year = months[first].month == 1 and last - first == 11
    period = str(months[first].year) if whole_year else f"{months[first]} – {months[last]}"
    params: dict[str, float | str] = {"period": period}
    code = _headline_code(found, scenario is not None)
    if found.median is not None and found.low is not None and found.high is not None:
        size = sorted((abs(found.low), abs(found.high)))
        params |= {"days": abs(found.median), "low": size[0], "high": size[1]}
        params |= {"less": max(0.0, -found.low), "more": max(0.0, found.high)}
    label = counts.plan.whole.care_types[column].label.en if focus != ALL else ALL_LABEL["en"]
    params |= {"care_type": label, "care_type_id": focus}
    result = Result(
        value=found.median,
        low=found.low,
        high=found.high,
        unit="days",
        code=code,
        template=SENTENCES[code],
        params=params,
    )
    return result, error


def _headline_code(found: Interval, paired: bool) -> str:
    if found.median is None or found.low is None or found.high is None:
        return "wait_unknown"
    if not paired:
        return "wait_baseline"
    if found.low == found.high == 0:
        return "wait_same"
    if found.high < 0:
        return "wait_shorter"
    return "wait_longer" if found.low > 0 else "wait_unclear"


def _water_bed(
    counts: Replicated, columns: Sequence[str], first: int, last: int
) -> tuple[WaterBedRow, ...]:
    if not counts.paired:
        return ()
    differences: dict[str, Floats] = {}
    for name in ("waiting_time", "waiting_list", "in_care", "cost"):
        baseline, scenario = in_period(counts, name, first, last)
        if scenario is not None:
            differences[name] = scenario - baseline
    return tuple(
        _water_bed_row(column, {name: _interval(d[:, i]) for name, d in differences.items()})
        for i, column in enumerate(columns)
    )


def _water_bed_row(column: str, found: dict[str, Interval]) -> WaterBedRow:
    verdicts = {"wait_shorter": "better", "wait_longer": "worse", "wait_unclear": "unclear"}
    verdict = verdicts.get(_headline_code(found["waiting_time"], True), "same")
    return WaterBedRow(care_type=column, verdict=verdict, **found)


def _costs(counts: Replicated, columns: Sequence[str]) -> tuple[YearCost, ...]:
    months = counts.plan.frame.months
    starts = [k for k, month in enumerate(months) if k == 0 or month.month == 1]
    baseline, scenario = counts.arms(np.array(starts, dtype=np.int64))
    plain = baseline.measure("cost")
    changed = scenario.measure("cost") if scenario is not None else None
    ends = [*starts[1:], len(months)]
    return tuple(
        YearCost(
            year=months[start].year,
            months=ends[k] - start,
            care_type=column,
            baseline=_interval(plain[:, k, i]),
            scenario=_interval(changed[:, k, i]) if changed is not None else None,
            difference=_interval(changed[:, k, i] - plain[:, k, i])
            if changed is not None
            else None,
        )
        for k, start in enumerate(starts)
        for i, column in enumerate(columns)
    )


def _cost_totals(counts: Replicated, columns: Sequence[str]) -> tuple[CostTotal, ...]:
    """Over all months; the share and the change in youths are paired, as the difference is."""
    whole = np.zeros(1, dtype=np.int64)
    baseline, scenario = counts.arms(whole)
    plain, youths = baseline.measure("cost")[:, 0], baseline.measure("mean_in_care")[:, 0]
    if scenario is None:
        return tuple(
            CostTotal(column, _interval(plain[:, i]), None, None, None, None)
            for i, column in enumerate(columns)
        )
    changed, present = scenario.measure("cost")[:, 0], scenario.measure("mean_in_care")[:, 0]
    difference = changed - plain
    share = np.divide(difference, plain, out=np.full(plain.shape, np.nan), where=plain > 0)
    return tuple(
        CostTotal(
            column,
            _interval(plain[:, i]),
            _interval(changed[:, i]),
            _interval(difference[:, i]),
            _interval(share[:, i]),
            _interval(present[:, i] - youths[:, i]),
        )
        for i, column in enumerate(columns)
    )


def _checks(counts: Replicated, error: float) -> tuple[Check, ...]:
    worst = float(counts.chunk.discrepancy.max())
    outcome = Outcome.PASSED if worst <= TOLERANCE else Outcome.FAILED
    care_types = counts.plan.whole.care_types
    limited = [places for places in map(places_of, care_types) if places is not None]
    full = [
        care
        for care in care_types
        if care.in_care_at_start.value >= 0.98 * (places_of(care) or math.inf)
    ]
    numbers: dict[str, float | str] = {"count": str(len(full)), "limited": str(len(limited))}
    known = Outcome.INFORMATIVE
    found = [
        Check("conservation", outcome, SENTENCES["conservation"]),
        Check("little", outcome, SENTENCES["little"], {"worst": f"{worst:.1e}"}),
        Check("full_at_start", known, SENTENCES["full_at_start"], numbers),
    ]
    if math.isfinite(error):
        params: dict[str, float | str] = {
            "error": error,
            "replications": str(counts.plan.replications),
        }
        code = "enough_replications"
        found.append(Check(code, known, SENTENCES[code], params))
    return tuple(found)


def _assumptions(system: CareSystem, scenario: Scenario | None) -> tuple[AssumptionUsed, ...]:
    return tuple(
        AssumptionUsed(
            address=a.address,
            path=a.path,
            label=a.label.model_dump(),
            value=a.value,
            low=a.low,
            high=a.high,
            unit=a.unit,
            why=a.why.model_dump(),
        )
        for a in assumptions(system, scenario)
    )
