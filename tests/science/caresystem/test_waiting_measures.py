"""Waits of starters and of who still waits, youths who end, become too old or succeed."""

from __future__ import annotations

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    ALL,
    CareSystem,
    Forecast,
    ForecastPlan,
    forecast,
    read_care_system,
    run_chunk,
    summarise,
)
from vliegwiel.science.caresystem._layout import LEAVING, STARTS
from vliegwiel.science.caresystem.compiling import compile_arms
from vliegwiel.science.caresystem.workspace import Workspace

from . import full_sample, samples

Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


@pytest.fixture(scope="module")
def plan(system: CareSystem) -> ForecastPlan:
    return ForecastPlan(system, None, months=24, replications=1, seed=5)


@pytest.fixture(scope="module")
def made(plan: ForecastPlan) -> Forecast:
    return summarise(plan, [run_chunk(plan, 0, 1)])


def _waits(plan: ForecastPlan, care_type: int) -> tuple[Floats, Floats, Floats]:
    """Day of start and wait of each starter, and days waited of who waits at the end.

    From the events themselves, youth by youth; only youths who came after the start.
    """
    values = plan.derivations.values(plan.draws(0))
    arm, _ = compile_arms(plan.system, None, plan.frame, values)
    trace = np.zeros((1 << 16, 4), dtype=np.int64)
    events = Workspace(arm.network).simulate(plan.key(0), trace).events
    arrived: dict[int, float] = {}
    begun: list[tuple[float, float]] = []
    times = np.ascontiguousarray(trace[:events, 0]).view(np.float64)
    lines = trace[:events]
    # Who left is told of when noticed: in the order of time an arrival comes before it.
    for k in np.argsort(times, kind="stable"):
        _, key, what, kind = (int(v) for v in lines[k])
        if kind != care_type:
            continue
        if what == 0:
            arrived[key] = times[k]
        elif what in {STARTS // 8, LEAVING // 8}:
            since = arrived.pop(key, None)
            if what == STARTS // 8 and since is not None:
                begun.append((times[k], times[k] - since))
    end = arm.network.horizon
    starts = np.array(begun)
    return starts[:, 0], starts[:, 1], end - np.array(list(arrived.values()))


def test_median_and_p90_are_those_of_the_waits_themselves(
    plan: ForecastPlan, made: Forecast
) -> None:
    days, waits, _ = _waits(plan, 0)
    ends = np.cumsum([month.days for month in plan.frame.months])
    for month in (14, 20, 23):  # who waited at the start has started by now
        those = waits[(days >= ends[month - 1]) & (days < ends[month])]
        assert len(those) >= 5
        for name, share in (("waiting_time_median", 0.5), ("waiting_time_p90", 0.9)):
            found = made.of(name, "ambulant").baseline.median[month]
            low, high = np.quantile(those, share, method="inverted_cdf"), np.max(those)
            above = those[those >= low]
            least = np.quantile(those, max(0.0, share - 1 / len(those)), method="lower")
            assert found is not None
            assert least * (1 - 1 / 16) <= found <= min(high, above.min()) * (1 + 1 / 16)


def test_wait_so_far_is_that_of_who_waits(plan: ForecastPlan, made: Forecast) -> None:
    _, _, waited = _waits(plan, 0)
    found = made.of("wait_so_far", "ambulant").baseline.median[-1]
    assert len(waited) == made.of("waiting_list", "ambulant").baseline.median[-1]
    assert found == pytest.approx(waited.mean(), rel=1e-4)


def test_what_has_no_limit_has_no_waits(made: Forecast) -> None:
    for name in ("waiting_time_median", "waiting_time_p90", "wait_so_far"):
        assert set(made.of(name, "local").baseline.median) == {None}
        assert made.of(name, ALL).baseline.median[-1] is not None


def test_ends_are_what_in_care_and_starts_say(made: Forecast) -> None:
    for care_type in made.care_types:
        in_care, starts, ends = (
            np.array(made.of(name, care_type).baseline.median, dtype=float)
            for name in ("in_care", "starts", "ends")
        )
        assert np.diff(in_care).tolist() == (starts - ends)[1:].tolist()


def test_what_the_model_does_not_know_is_unknown(made: Forecast) -> None:
    for name in ("aged_out", "succeeded"):
        for care_type in (*made.care_types, ALL):
            assert set(made.of(name, care_type).baseline.median) == {None}


@pytest.mark.slow
def test_who_succeeds_and_who_becomes_too_old_is_told_where_it_is_known() -> None:
    document = full_sample.care_system()
    system = read_care_system(samples.as_text(document))
    made = forecast(system, None, months=12, replications=3)
    for care in system.care_types:
        known = {v is not None for v in made.of("succeeded", care.id).baseline.median}
        assert known == {care.success is not None}
        ends = made.of("ends", care.id).baseline.high
        if care.success is not None:
            highest = made.of("succeeded", care.id).baseline.high
            assert all((s or 0) <= (e or 0) for s, e in zip(highest, ends, strict=True))
    if system.ages is not None:
        assert None not in made.of("aged_out", ALL).baseline.median
    assert None not in made.of("succeeded", ALL).baseline.median
