"""From counted replications to a forecast: bands, headline, water bed, costs and checks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vliegwiel import __version__
from vliegwiel.science.kernel import Check, Outcome, Result

from .ensemble import Chunk, ForecastPlan
from .flow_summary import flow_labels, flow_rows
from .forecast import Forecast
from .forecast_rows import (
    AssumptionUsed,
    CostTotal,
    Identity,
    Interval,
    ProviderSeries,
    QueueRow,
    Series,
    WaterBedRow,
    YearCost,
)
from .intervals import compared, interval, share_known
from .measures import ALL, BAND, MEASURES, Band, Counted, after_each_other, bands
from .measuring import LAWS, QUANTILES, TOLERANCE
from .model import CareSystem
from .municipality_summary import municipality_costs, municipality_rows
from .provenance import assumptions
from .replicated import Replicated
from .scenario import Scenario
from .sentences import SENTENCES
from .spans import year_starts
from .stations import is_limited, places_of, stations
from .verdicts import unknown_code, verdict, wait_code

Floats = NDArray[np.float64]

#: Name of everything together, in a sentence.
ALL_LABEL = {"nl": "alle zorg met plekken", "en": "all care with places"}


def summarise(
    plan: ForecastPlan,
    chunks: Sequence[Chunk],
    *further: Check,
    queue: Sequence[QueueRow] = (),
) -> Forecast:
    """The forecast of a plan from all its chunks, in whatever order they were done.

    Args:
        further: checks to tell besides those of the replications themselves.
        queue: who waits at the start, see :func:`.waiting_today.summarise_waiting`.

    Raises:
        ValueError: when chunks are missing, double or of another plan.
    """
    counts = Replicated.of(plan, chunks)
    system, scenario = plan.whole, plan.scenario
    focus = scenario.focus if scenario is not None and scenario.focus is not None else ALL
    columns = (*system.care_type_ids, ALL)
    labels = {c.id: c.label.model_dump() for c in system.care_types} | {ALL: dict(ALL_LABEL)}
    headline, error = _headline(counts, focus, columns.index(focus))
    return Forecast(
        identity=_identity(plan),
        months=tuple(month.first_day for month in plan.frame.told),
        care_types=system.care_type_ids,
        labels=labels,
        limited=tuple(c.id for c in system.care_types if is_limited(c)),
        norm_days=system.norm_days.value,
        series=_series(counts, columns),
        band=BAND,
        focus=focus,
        period=_dates(plan),
        headline=headline,
        water_bed=_water_bed(counts, columns),
        costs=_costs(counts, columns),
        checks=(*_checks(counts, error), *further),
        assumptions=_assumptions(plan.system, scenario),
        cost_totals=_cost_totals(counts, columns),
        providers=_providers(counts),
        flows=flow_rows(counts),
        flow_labels=flow_labels(system),
        municipalities=municipality_rows(counts, columns),
        municipality_costs=municipality_costs(counts, columns),
        queue=tuple(queue),
    )


def _providers(counts: Replicated) -> tuple[ProviderSeries, ...]:
    """The measures of each provider, of the care types that have several."""
    if counts.chunks[0].by_station.shape[-1] == 0:
        return ()
    known = stations(counts.plan.whole)
    limited = np.ones(len(known), dtype=np.bool_)
    of_type = {
        name: mask[[station.form for station in known]]
        for name, mask in counts.plan.unknown.items()
    }
    arms = [
        Counted(
            tuple(chunk.by_station[:, arm] for chunk in counts.chunks),
            counts.days,
            limited,
            of_type,
        )
        for arm in range(1 + counts.paired)
    ]
    made: dict[str, list[Series]] = {}
    for name in MEASURES:
        if name in QUANTILES:
            continue
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


def _dates(plan: ForecastPlan) -> tuple[date, date]:
    months, spans = plan.frame.told, plan.spans
    return months[spans.first].first_day, months[spans.last].first_day


def _identity(plan: ForecastPlan) -> Identity:
    system, scenario = plan.system, plan.scenario
    return Identity(
        region=system.region,
        care_system=system.id,
        care_system_version=system.version,
        care_system_hash=plan.system_hash,
        scenario=scenario.id if scenario is not None else None,
        scenario_hash=plan.scenario_hash,
        replications=plan.replications,
        seed=plan.seed,
        code_version=__version__,
    )


def _series(counts: Replicated, columns: Sequence[str]) -> dict[str, dict[str, Series]]:
    found: dict[str, dict[str, Series]] = {}
    for name in MEASURES:
        parts: dict[str, list[list[Band]]] = {"baseline": [], "scenario": [], "difference": []}
        for plain, changed in counts.by_month(name):
            parts["baseline"].append(bands(plain))
            if changed is not None:
                parts["scenario"].append(bands(changed))
                parts["difference"].append(bands(changed - plain))
        found[name] = {column: _one(parts, i) for i, column in enumerate(columns)}
    return found


def _one(parts: dict[str, list[list[Band]]], i: int) -> Series:
    """The series of one column from its bands of some months after others."""
    joined = {
        name: after_each_other([some[i] for some in months]) if months else None
        for name, months in parts.items()
    }
    baseline = joined["baseline"]
    if baseline is None:
        raise ValueError("a forecast has at least one month")
    return Series(baseline, joined["scenario"], joined["difference"])


def _headline(counts: Replicated, focus: str, column: int) -> tuple[Result, float]:
    """The change of the waiting time, and the standard error of its middle."""
    baseline, scenario = counts.in_period("waiting_time")
    samples = baseline[:, column]
    worlds = [samples] if scenario is None else [samples, scenario[:, column]]
    if scenario is not None:
        samples = scenario[:, column] - samples
    found = told = interval(samples)
    sure = samples[np.isfinite(samples)]
    # Of a number that is not known there is no middle to be sure of.
    known = found.median is not None and sure.size > 1
    error = float(np.std(sure) / math.sqrt(sure.size)) if known else math.inf
    code = wait_code(found, scenario is not None)
    if code == "wait_unknown":
        limited, shares = counts.plan.limited, [float(share_known(world)) for world in worlds]
        code = unknown_code(
            shares[0],
            shares[1] if scenario is not None else None,
            limited=bool(limited.any() if focus == ALL else limited[column]),
            everything=focus == ALL,
        )
        if code in ("wait_new", "wait_ended"):  # the wait in the world in which youths do start
            told = interval(worlds[code == "wait_new"])
    label = counts.plan.whole.care_types[column].label.en if focus != ALL else ALL_LABEL["en"]
    result = Result(
        value=found.median,
        low=found.low,
        high=found.high,
        unit="days",
        code=code,
        template=SENTENCES[code],
        params={
            "period": _period(counts.plan),
            **_days(told),
            "care_type": label,
            "care_type_id": focus,
        },
    )
    return result, error


def _period(plan: ForecastPlan) -> str:
    """The period of the headline: a year, or its first and last month."""
    months, first, last = plan.frame.told, plan.spans.first, plan.spans.last
    whole_year = months[first].month == 1 and last - first == 11
    return str(months[first].year) if whole_year else f"{months[first]} – {months[last]}"


def _days(found: Interval) -> dict[str, float]:
    """The numbers of a sentence about a waiting time or its change; empty when it is not known."""
    if found.median is None or found.low is None or found.high is None:
        return {}
    low, high = sorted((abs(found.low), abs(found.high)))
    return {
        "days": abs(found.median),
        "low": low,
        "high": high,
        "less": max(0.0, -found.low),
        "more": max(0.0, found.high),
    }


def _water_bed(counts: Replicated, columns: Sequence[str]) -> tuple[WaterBedRow, ...]:
    if not counts.paired:
        return ()
    differences: dict[str, Floats] = {}
    for name in ("waiting_time", "waiting_list", "in_care", "cost"):
        baseline, scenario = counts.in_period(name)
        if scenario is not None:
            differences[name] = scenario - baseline
    return tuple(
        _water_bed_row(column, {name: interval(d[:, i]) for name, d in differences.items()})
        for i, column in enumerate(columns)
    )


def _water_bed_row(column: str, found: dict[str, Interval]) -> WaterBedRow:
    return WaterBedRow(care_type=column, verdict=verdict(found["waiting_time"]), **found)


def _costs(counts: Replicated, columns: Sequence[str]) -> tuple[YearCost, ...]:
    months = counts.plan.frame.told
    starts = year_starts(months)
    found = compared(*counts.over("cost", starts))
    lengths = np.diff(starts, append=len(months))
    return tuple(
        YearCost(months[start].year, int(lengths[k]), column, *found[k, i])
        for k, start in enumerate(starts)
        for i, column in enumerate(columns)
    )


def _cost_totals(counts: Replicated, columns: Sequence[str]) -> tuple[CostTotal, ...]:
    """Over all months; the share and the change in youths are paired, as the difference is."""
    whole = np.zeros(1, dtype=np.int64)
    cost, present = counts.over("cost", whole), counts.over("mean_in_care", whole)
    plain, youths = cost[0][:, 0], present[0][:, 0]
    if cost[1] is None or present[1] is None:
        return tuple(
            CostTotal(column, interval(plain[:, i]), None, None, None, None)
            for i, column in enumerate(columns)
        )
    changed, youths_changed = cost[1][:, 0], present[1][:, 0]
    difference = changed - plain
    share = np.divide(difference, plain, out=np.full(plain.shape, np.nan), where=plain > 0)
    return tuple(
        CostTotal(
            column,
            interval(plain[:, i]),
            interval(changed[:, i]),
            interval(difference[:, i]),
            interval(share[:, i]),
            interval(youths_changed[:, i] - youths[:, i]),
        )
        for i, column in enumerate(columns)
    )


def _laws(discrepancies: Floats) -> Iterator[Check]:
    """Of each of LAWS whether it held in every replication and arm."""
    for law, worst in zip(LAWS, discrepancies.max(axis=(0, 1)), strict=True):
        # Not a number is no agreement either.
        holds = bool(worst <= TOLERANCE)
        outcome = Outcome.PASSED if holds else Outcome.FAILED
        template = SENTENCES[law if holds else f"{law}_broken"]
        yield Check(law, outcome, template, {"worst": f"{worst:.1e}"})


def _checks(counts: Replicated, error: float) -> tuple[Check, ...]:
    care_types = counts.plan.whole.care_types
    limited = [places for places in map(places_of, care_types) if places is not None]
    warm_up = counts.plan.frame.warm_up
    full = [
        care
        for care in care_types
        if care.in_care_at_start.value >= 0.98 * (places_of(care) or math.inf)
    ]
    numbers: dict[str, float | str] = {"count": str(len(full)), "limited": str(len(limited))}
    known = Outcome.INFORMATIVE
    found = [
        *_laws(counts.joined("discrepancies")),
        Check("full_at_start", known, SENTENCES["full_at_start"], numbers)
        if not warm_up
        else Check("warmed_up", known, SENTENCES["warmed_up"], {"months": str(warm_up)}),
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
