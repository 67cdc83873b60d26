"""Differences and totals: computed anew from the replications, one at a time, with the library."""

from __future__ import annotations

import math
import statistics
from datetime import date

import pytest

from vliegwiel.science.caresystem import (
    ALL,
    CareSystem,
    CostTotal,
    Forecast,
    ForecastPlan,
    Interval,
    read_scenario,
    run_chunk,
    summarise,
)
from vliegwiel.science.caresystem.ensemble import Chunk
from vliegwiel.science.caresystem.measuring import MEASURED

from . import samples

REPLICATIONS = 11
MONTHS = 30


@pytest.fixture(scope="module")
def plan(system: CareSystem) -> ForecastPlan:
    scenario = read_scenario(samples.as_text(samples.scenario()), system)
    return ForecastPlan(system, scenario, months=MONTHS, replications=REPLICATIONS, seed=12)


@pytest.fixture(scope="module")
def chunk(plan: ForecastPlan) -> Chunk:
    return run_chunk(plan, 0, REPLICATIONS)


@pytest.fixture(scope="module")
def made(plan: ForecastPlan, chunk: Chunk) -> Forecast:
    return summarise(plan, [chunk])


def counted(chunk: Chunk, arm: int, name: str) -> list[list[list[float]]]:
    """One count by replication, month and care type, as plain numbers."""
    return chunk.measured[:, arm, MEASURED.index(name)].astype(float).tolist()


def sums_by_care_type(chunk: Chunk, arm: int, name: str) -> list[list[float]]:
    """One count summed over all months, by replication and care type."""
    return [
        [math.fsum(month[i] for month in one) for i in range(len(one[0]))]
        for one in counted(chunk, arm, name)
    ]


def tenths(values: list[float]) -> Interval:
    """The 10th, 50th and 90th per cent by the standard library, linear between order statistics."""
    cuts = statistics.quantiles(values, n=10, method="inclusive")
    return Interval(statistics.median(values), cuts[0], cuts[8])


def agree(found: Interval | None, wanted: Interval) -> None:
    assert found is not None
    for name in ("median", "low", "high"):
        value, other = getattr(found, name), getattr(wanted, name)
        assert value == pytest.approx(other, rel=1e-5, abs=1e-9), name


def total(made: Forecast, care_type: str) -> CostTotal:
    (found,) = [one for one in made.cost_totals if one.care_type == care_type]
    return found


def test_the_band_of_a_difference_is_that_of_the_pairs(made: Forecast, chunk: Chunk) -> None:
    """The wait in a month: for each replication with minus without, and only then the quantiles."""
    index, month = made.care_types.index("ambulant"), 20
    waits = []
    for arm in (0, 1):
        sums, starts = counted(chunk, arm, "wait_sum"), counted(chunk, arm, "starts")
        waits.append([sums[r][month][index] / starts[r][month][index] for r in range(REPLICATIONS)])
    pairs = [after - before for before, after in zip(*waits, strict=True)]
    series = made.of("waiting_time", "ambulant")
    assert series.difference is not None
    assert series.scenario is not None
    band = series.difference
    agree(Interval(band.median[month], band.low[month], band.high[month]), tenths(pairs))
    # Not what one gets by subtracting the limits of the two bands.
    crossed = (series.scenario.low[month] or 0.0) - (series.baseline.high[month] or 0.0)
    assert band.low[month] is not None
    assert crossed < band.low[month]


def test_totals_are_over_all_months_and_paired(made: Forecast, chunk: Chunk) -> None:
    sums = [sums_by_care_type(chunk, arm, "cost") for arm in (0, 1)]
    for i, care_type in enumerate(made.care_types):
        without, with_ = ([one[i] for one in arm] for arm in sums)
        pairs = [after - before for before, after in zip(without, with_, strict=True)]
        found = total(made, care_type)
        agree(found.baseline, tenths(without))
        agree(found.scenario, tenths(with_))
        agree(found.difference, tenths(pairs))
        agree(found.share, tenths([d / b for d, b in zip(pairs, without, strict=True)]))
    everything = [[math.fsum(one) for one in arm] for arm in sums]
    agree(
        total(made, ALL).difference,
        tenths([after - before for before, after in zip(*everything, strict=True)]),
    )


def test_youths_are_the_mean_number_in_care_at_once(made: Forecast, chunk: Chunk) -> None:
    last = made.months[-1]
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    days = (after - made.months[0]).days
    present = [sums_by_care_type(chunk, arm, "care_days") for arm in (0, 1)]
    for i, care_type in enumerate(made.care_types):
        pairs = [(after[i] - before[i]) / days for before, after in zip(*present, strict=True)]
        agree(total(made, care_type).youths, tenths(pairs))


def test_without_a_scenario_there_is_a_total_but_no_difference(system: CareSystem) -> None:
    plan = ForecastPlan(system, None, months=6, replications=2)
    found = summarise(plan, [run_chunk(plan, 0, 2)])
    assert [one.care_type for one in found.cost_totals] == [*found.care_types, ALL]
    for one in found.cost_totals:
        assert one.baseline.median is not None
        assert (one.scenario, one.difference, one.share, one.youths) == (None, None, None, None)
    assert Forecast.from_json(found.to_json()) == found


def test_a_forecast_from_before_there_were_totals_is_still_read(made: Forecast) -> None:
    plain = made.to_json()
    start = plain.index(', "cost_totals": [')
    older = plain[:start] + "}"
    assert Forecast.from_json(older).cost_totals == ()
    assert Forecast.from_json(older).costs == made.costs
