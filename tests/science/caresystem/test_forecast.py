"""Forecasts: the same whatever the threads and pieces, bands, headline, costs, JSON."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    ALL,
    MEASURES,
    SENTENCES,
    CareSystem,
    Chunk,
    Forecast,
    ForecastFormatError,
    ForecastPlan,
    Interval,
    Outcome,
    QueueRow,
    Scenario,
    forecast,
    run_chunk,
    summarise,
)
from vliegwiel.science.caresystem.measures import Counted, over
from vliegwiel.science.caresystem.measuring import MEASURED

REPLICATIONS = 24
MAY_BE_UNKNOWN = {
    "waiting_time", "waiting_time_median", "waiting_time_p90", "wait_so_far",
    "share_within_norm", "utilisation", "succeeded", "aged_out",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(system: CareSystem, scenario: Scenario) -> Forecast:
    return forecast(system, scenario, months=60, replications=REPLICATIONS, seed=3)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_numbers_on_one_and_two_threads(
    system: CareSystem, scenario: Scenario
) -> None:
    plan = ForecastPlan(system, scenario, months=36, replications=12, seed=2**62 + 5)
    one, two = run_chunk(plan, 0, 12, threads=1), run_chunk(plan, 0, 12, threads=2)
    assert one.measured.tobytes() == two.measured.tobytes()
    assert one.discrepancies.tobytes() == two.discrepancies.tobytes()
    other = run_chunk(ForecastPlan(system, scenario, months=36, seed=6), 0, 12)
    assert other.measured.tobytes() != one.measured.tobytes()


@pytest.mark.slow
def test_pieces_in_any_order_give_the_whole(system: CareSystem, scenario: Scenario) -> None:
    plan = ForecastPlan(system, scenario, months=24, replications=9, seed=4)
    pieces = [run_chunk(plan, first, last) for first, last in ((4, 9), (0, 1), (1, 4))]
    stored = [Chunk.from_bytes(piece.to_bytes()) for piece in pieces]
    assert summarise(plan, stored) == forecast(system, scenario, months=24, replications=9, seed=4)


@pytest.mark.slow
def test_pieces_that_do_not_fit_are_refused(system: CareSystem, scenario: Scenario) -> None:
    plan = ForecastPlan(system, scenario, months=12, replications=3)
    other = ForecastPlan(system, None, months=12, replications=3)
    first, second = run_chunk(plan, 0, 1), run_chunk(plan, 1, 3)
    with pytest.raises(ValueError, match="from 1 to 3 are missing"):
        summarise(plan, [first])
    with pytest.raises(ValueError, match="missing or double"):
        summarise(plan, [first, second, second])
    with pytest.raises(ValueError, match="another plan"):
        summarise(plan, [first, run_chunk(other, 1, 3)])
    whole = first.to_bytes()
    for damaged in (b"", b"PK\x03\x04 nonsense", whole[:-40], whole[:200] + b"x" + whole[201:]):
        with pytest.raises(ValueError, match="do not hold plan"):
            Chunk.from_bytes(damaged)
    with pytest.raises(ValueError, match="no replications"):
        run_chunk(plan, 2, 4)


@pytest.mark.parametrize(
    "numbers", [{"months": 0}, {"months": 241}, {"replications": 0}, {"seed": -1}, {"seed": 2**63}]
)
def test_numbers_outside_their_bounds(system: CareSystem, numbers: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must lie between"):
        ForecastPlan(system, None, **numbers)


def test_progress_can_stop_the_work(system: CareSystem) -> None:
    class EnoughError(Exception):
        pass

    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done >= 200:
            raise EnoughError

    with pytest.raises(EnoughError):
        forecast(system, None, months=1, replications=235, progress=progress)
    assert seen == [(100, 235), (200, 235)]


def test_shape_of_a_forecast(made: Forecast) -> None:
    assert len(made.months) == 60
    assert made.months[0].isoformat() == "2024-01-01"
    assert set(made.series) == set(MEASURES)
    for by_type in made.series.values():
        assert set(by_type) == {"ambulant", "local", "residential", ALL}
        for series in by_type.values():
            assert series.scenario is not None
            assert len(series.baseline.median) == len(series.scenario.high) == 60
    assert made.limited == ("ambulant", "residential")
    assert len(made.rows()) == len(MEASURES) * 4 * 60


def test_bands_are_in_order_and_shares_are_shares(made: Forecast) -> None:
    for measure, by_type in made.series.items():
        for series in by_type.values():
            for band in (series.baseline, series.scenario):
                assert band is not None
                for low, median, high in zip(band.low, band.median, band.high, strict=True):
                    if median is None:
                        assert measure in MAY_BE_UNKNOWN
                        continue
                    assert low is not None
                    assert high is not None
                    assert 0 <= low <= median <= high
                    if MEASURES[measure] == "share":
                        assert high <= 1.0 + 1e-9


def test_before_the_first_change_both_arms_are_equal(made: Forecast) -> None:
    for by_type in made.series.values():
        for series in by_type.values():
            assert series.difference is not None
            assert {v for v in series.difference.low[:12] if v is not None} <= {0.0}
            assert {v for v in series.difference.high[:12] if v is not None} <= {0.0}


def test_nobody_waits_where_places_are_not_limited(made: Forecast) -> None:
    assert set(made.of("waiting_time", "local").baseline.median) == {None}
    assert set(made.of("waiting_list", "local").baseline.high) == {0.0}


def test_headline_says_what_the_numbers_say(made: Forecast) -> None:
    headline = made.headline
    assert made.focus == "ambulant"
    assert [day.isoformat() for day in made.period] == ["2028-01-01", "2028-12-01"]
    assert headline.code == "wait_shorter"
    assert headline.value is not None
    assert headline.low is not None
    assert headline.high is not None
    assert headline.low < headline.value < headline.high < 0
    assert headline.template == SENTENCES["wait_shorter"]
    assert headline.params["period"] == "2028"
    assert headline.params["care_type_id"] == "ambulant"
    days = f"{-headline.value:.0f}"
    assert headline.sentence.startswith(
        f"With this change youths are expected to wait {days} days less for Ambulant help in 2028"
    )
    row = next(row for row in made.water_bed if row.care_type == "ambulant")
    assert row.verdict == "better"
    assert row.waiting_time.median == pytest.approx(headline.value, rel=1e-5)


def test_costs_of_a_year_are_those_of_its_months(system: CareSystem) -> None:
    made = forecast(system, None, months=30, replications=1, seed=8)
    monthly = made.of("cost").baseline.median
    years = [row for row in made.costs if row.care_type == ALL]
    assert [(row.year, row.months) for row in years] == [(2024, 12), (2025, 12), (2026, 6)]
    for k, row in enumerate(years):
        total = math.fsum(v for v in monthly[12 * k : 12 * k + row.months] if v is not None)
        assert row.baseline.median == pytest.approx(total, rel=1e-4)
        assert row.difference is None
    parts = [row.baseline.median or 0.0 for row in made.costs if row.year == 2024]
    assert parts[-1] == pytest.approx(math.fsum(parts[:-1]), rel=1e-4)


def test_without_scenario_the_headline_is_the_wait_itself(system: CareSystem) -> None:
    made = forecast(system, None, months=7, replications=5)
    assert made.headline.code == "wait_baseline"
    assert made.headline.params["period"] == "2024-01 – 2024-07"
    assert made.water_bed == ()
    assert made.of("waiting_time").scenario is None


def test_checks_pass_on_every_run(made: Forecast) -> None:
    outcomes = {check.code: check.outcome for check in made.checks}
    assert outcomes["little"] is Outcome.PASSED
    assert outcomes["conservation"] is Outcome.PASSED
    assert outcomes["enough_replications"] is Outcome.INFORMATIVE
    assert all(check.sentence for check in made.checks)


def test_identity_allows_to_compute_it_again(made: Forecast, system: CareSystem) -> None:
    identity = made.identity
    assert (identity.care_system, identity.scenario) == ("sample", "finite")
    assert (identity.seed, identity.replications) == (3, REPLICATIONS)
    assert len(identity.care_system_hash) == 64
    assert identity.code_version
    assert [a.address for a in made.assumptions][-1] == "interventions.1.size"


def test_json_reads_back_equal(made: Forecast) -> None:
    row = QueueRow("ambulant", 1, Interval(9.0, 8.0, 10.0), Interval(None, None, None), 1.0, 0.0)
    whole = replace(made, queue=(row,))
    assert Forecast.from_json(whole.to_json()) == whole


def test_a_forecast_that_was_kept_before_still_loads(made: Forecast) -> None:
    """Of what it lacks there is nothing; everything else reads as it was."""
    plain = json.loads(made.to_json())
    for name in (
        "flows",
        "flow_labels",
        "municipalities",
        "municipality_costs",
        "queue",
        "providers",
        "cost_totals",
    ):
        del plain[name]
    for measure in ("waiting_time_median", "waiting_time_p90", "wait_so_far", "ends"):
        del plain["series"][measure]
    old = Forecast.from_json(json.dumps(plain))
    assert (old.flows, old.flow_labels, old.municipalities, old.queue) == ((), {}, (), ())
    assert old.municipality_costs == ()
    assert old.water_bed == made.water_bed
    assert old.of("waiting_time") == made.of("waiting_time")
    assert len(old.rows()) == len(old.series) * 4 * 60


def test_a_row_that_is_no_row_is_refused(made: Forecast) -> None:
    plain = json.loads(made.to_json())
    for name, wrong in (("flows", [1]), ("water_bed", ["x"]), ("queue", [{"place": 1}])):
        with pytest.raises(ForecastFormatError):
            Forecast.from_json(json.dumps({**plain, name: wrong}))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema": "vliegwiel.forecast/9"}'])
def test_what_is_not_a_forecast(text: str) -> None:
    with pytest.raises(ForecastFormatError):
        Forecast.from_json(text)


def test_draws_lie_in_their_ranges_with_the_mode_likeliest(
    system: CareSystem, scenario: Scenario
) -> None:
    plan = ForecastPlan(system, scenario, months=12, replications=400)
    drawn = np.array([plan.draws(r)["care_types.ambulant.stay.mean"] for r in range(400)])
    assert 180.0 < drawn.min() < drawn.max() < 250.0
    # PERT: mean (low + 4 mode + high) / 6.
    mean, error = (180 + 4 * 210 + 250) / 6, drawn.std() / math.sqrt(400)
    assert abs(drawn.mean() - mean) < 3.5 * error
    gp = np.array([plan.draws(r)["referrers.gp.rate"] for r in range(400)])
    assert abs(np.corrcoef(drawn, gp)[0, 1]) < 0.18


def test_periods_keep_sums_levels_and_means_apart() -> None:
    table = np.zeros((1, len(MEASURED), 4, 1))
    for name, values in {
        "starts": [1.0, 2.0, 3.0, 4.0], "wait_sum": [10.0, 20.0, 0.0, 40.0],
        "waiting": [5.0, 6.0, 7.0, 8.0], "places": [10.0, 20.0, 30.0, 30.0],
        "care_days": [300.0, 300.0, 600.0, 600.0],
    }.items():  # fmt: skip
        table[0, MEASURED.index(name), :, 0] = values
    days = np.array([30.0, 30.0, 30.0, 30.0])
    summed, length = over(table, np.array([0, 2]), days)
    counted = Counted((summed,), length, np.array([True]))
    assert counted.measure("waiting_time")[0, :, 0].tolist() == [10.0, 40.0 / 7.0]
    assert counted.measure("waiting_list")[0, :, 0].tolist() == [6.0, 8.0]
    assert counted.measure("starts")[0, :, 0].tolist() == [3.0, 7.0]
    assert counted.measure("utilisation")[0, :, 0].tolist() == [600 / 900, 1200 / 1800]
