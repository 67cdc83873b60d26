"""Who waits today: each youth's wait against theory, pieces, places shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import gamma, kstest

from vliegwiel.science.caresystem import (
    CareSystem,
    ForecastPlan,
    read_care_system,
    read_scenario,
    run_chunk,
    summarise,
)
from vliegwiel.science.caresystem.waiting_today import (
    WaitingChunk,
    WaitingPlan,
    run_waiting,
    shown_places,
    summarise_waiting,
    waiting_today,
)

from . import full_sample, samples
from .samples import printed

PLACES, STAY, WAITING = 180, 210.0, 40
REPLICATIONS = 400


def _memoryless(patience: float | None = None) -> CareSystem:
    """Ambulant help with exponential stays: places are freed at 180 / 210 a day, come what may."""
    document = samples.care_system()
    document["referrers"][0]["rate"] = printed(12.0, "youths/month")
    ambulant: dict[str, Any] = document["care_types"][0]
    ambulant["capacity"]["places"] = printed(float(PLACES), "places")
    ambulant["stay"] = {"distribution": "exponential", "mean": printed(STAY, "days")}
    ambulant["waiting_at_start"] = printed(float(WAITING), "youths")
    del ambulant["extension"], ambulant["patience"]
    if patience is not None:
        ambulant["patience"] = {"mean": printed(patience, "days"), "leave_to": "out"}
    return read_care_system(samples.as_text(document))


def _plan(system: CareSystem, replications: int) -> WaitingPlan:
    return WaitingPlan(ForecastPlan(system, None, months=12, seed=21), replications)


@pytest.mark.slow
def test_the_kth_waits_for_k_places_to_be_freed() -> None:
    """Without patience the wait of the k-th is Erlang: k steps of mean stay / places."""
    plan = _plan(_memoryless(), REPLICATIONS)
    chunk = run_waiting(plan, 0, REPLICATIONS)
    rows = summarise_waiting(plan, [chunk])
    assert (chunk.outcome == 1)[:, [p[0] == 0 for p in plan.places]].all()
    for place in (1, 5, 20, WAITING):
        k = plan.places.index((0, place))
        erlang = gamma(place, scale=STAY / PLACES)
        assert kstest(chunk.days[:, k], erlang.cdf).pvalue > 1e-3
        error = erlang.std() / np.sqrt(REPLICATIONS)
        assert abs(chunk.days[:, k].mean() - place * STAY / PLACES) < 4 * error
        found = rows[k]
        assert (found.care_type, found.place) == ("ambulant", place)
        assert found.days.median == pytest.approx(erlang.median(), abs=6 * error)
        assert found.days.low is not None
        assert found.days.low < erlang.median()
        assert (found.leaves, found.waits_on) == (0.0, 0.0)


@pytest.mark.slow
def test_who_is_far_behind_leaves_more_often() -> None:
    """With exponential patience of everybody the k-th leaves with chance k g / (mu + k g)."""
    patience = 60.0
    plan = _plan(_memoryless(patience), REPLICATIONS)
    rows = summarise_waiting(plan, [run_waiting(plan, 0, REPLICATIONS)])
    for place in (1, 10, WAITING):
        row = rows[plan.places.index((0, place))]
        chance = place / patience / (PLACES / STAY + place / patience)
        error = np.sqrt(chance * (1 - chance) / REPLICATIONS)
        assert abs(row.leaves - chance) < 4 * error
        assert row.waits_on == 0.0


def test_the_first_has_waited_longest() -> None:
    plan = _plan(_memoryless(), 5)
    rows = [row for row in waiting_today(plan.plan, replications=5) if row.care_type == "ambulant"]
    assert [row.place for row in rows] == [*range(1, 21), 25, 30, 35, 40]
    waited = [row.waited.median or 0.0 for row in rows]
    assert waited == sorted(waited, reverse=True)
    span = WAITING / (PLACES / STAY)  # as long as it takes to let so many start
    assert 0.9 * span < waited[0] < span
    assert 0.0 < waited[-1] < 0.1 * span


@pytest.mark.slow
def test_how_many_wait_is_what_the_document_says() -> None:
    """It is assumed and drawn in a forecast; a table by place needs a queue of a known length."""
    plan = _plan(read_care_system(samples.as_text(samples.care_system())), 6)
    assert plan.waiting == (40, 0, 4)
    outcome = run_waiting(plan, 0, 6).outcome
    assert outcome.shape == (6, 24 + 4)
    assert set(np.unique(outcome)) <= {1, 2}


@pytest.mark.slow
def test_priorities_ages_and_providers_are_followed_too() -> None:
    system = read_care_system(samples.as_text(full_sample.care_system()))
    for row in waiting_today(ForecastPlan(system, None, months=12), replications=8):
        assert row.waits_on == 0.0
        assert (row.days.median is None) == (row.leaves == 1.0)


@pytest.mark.slow
def test_a_replication_does_not_depend_on_those_beside_it() -> None:
    """Also where some need a longer simulation than others: places are freed once in ten days."""
    system = _memoryless()
    slow = system.care_types[0].capacity.model_copy(
        update={"places": system.care_types[0].capacity.places.model_copy(update={"value": 12.0})}
    )
    few = system.care_types[0].model_copy(update={"capacity": slow})
    plan = _plan(system.model_copy(update={"care_types": (few, *system.care_types[1:])}), 6)
    together = plan.follow([4, 0, 3])
    for replication, found in zip((4, 0, 3), together, strict=True):
        (alone,) = plan.follow([replication])
        assert found.days.tolist() == alone.days.tolist()
        assert found.waited.tolist() == alone.waited.tolist()
        assert found.outcome.tolist() == alone.outcome.tolist()
    assert max(found.days.max() for found in together) > 24 * 30.5


@pytest.mark.slow
def test_pieces_on_threads_give_the_same_and_stand_in_the_forecast() -> None:
    system = read_care_system(samples.as_text(samples.care_system()))
    scenario = read_scenario(samples.as_text(samples.scenario()), system)
    forecast_plan = ForecastPlan(system, scenario, months=6, replications=1)
    plan = WaitingPlan(forecast_plan, 9)
    pieces = [run_waiting(plan, first, last, 2) for first, last in ((4, 9), (0, 4))]
    stored = [WaitingChunk.from_bytes(piece.to_bytes()) for piece in pieces]
    rows = summarise_waiting(plan, stored)
    assert rows == waiting_today(forecast_plan, replications=9)
    made = summarise(forecast_plan, [run_chunk(forecast_plan, 0, 1)], queue=rows)
    assert made.queue == rows
    with pytest.raises(ValueError, match="missing or double"):
        summarise_waiting(plan, stored[:1])
    with pytest.raises(ValueError, match="another plan"):
        summarise_waiting(WaitingPlan(forecast_plan, 8), stored)
    with pytest.raises(ValueError, match="do not hold plan"):
        WaitingChunk.from_bytes(b"something else")


def test_where_nobody_waits_there_are_no_rows() -> None:
    document = samples.care_system()
    for care in document["care_types"]:
        care.pop("waiting_at_start", None)
    system = read_care_system(samples.as_text(document))
    assert waiting_today(ForecastPlan(system, None, months=12), replications=2) == ()


@pytest.mark.parametrize(
    ("waiting", "shown"),
    [
        (0, []),
        (3, [1, 2, 3]),
        (21, [*range(1, 22)]),
        (60, [*range(1, 21), 25, 30, 35, 40, 45, 50, 60]),
        (743, [*range(1, 21), *range(25, 51, 5), *range(60, 101, 10), *range(150, 501, 50),
               600, 700, 743]),
    ],
)  # fmt: skip
def test_a_long_queue_is_shown_in_steps(waiting: int, shown: list[int]) -> None:
    assert list(shown_places(waiting)) == shown
