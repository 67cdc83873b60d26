"""Patience and places, on queues of which the truth is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from vliegwiel.science.fit import UNKNOWN, Came, Ending, Visits, fit_patience, fit_places

from . import truth


def visits(
    arrived: np.ndarray, started: np.ndarray, ended: np.ndarray, until: float, gave_up: np.ndarray
) -> Visits:
    """Visits to one care type, cut at a day."""
    here = arrived < until
    arrived, started, ended, gave_up = (part[here] for part in (arrived, started, ended, gave_up))
    started = np.where(started < until, started, np.nan)
    over = ended < until
    count = len(arrived)
    nobody = np.full(count, UNKNOWN)
    ending = np.where(gave_up, int(Ending.WAITING), int(Ending.CARE))
    return Visits(
        begin=date(2024, 1, 1),
        until=until,
        care_types=("help",),
        providers=(),
        municipalities=(),
        sources=(),
        youth=np.arange(count),
        care_type=np.zeros(count, dtype=np.int64),
        provider=nobody,
        municipality=nobody,
        source=np.full(count, int(Came.UNKNOWN)),
        age=np.full(count, np.nan),
        arrived=arrived,
        started=started,
        ended=np.where(over, ended, np.nan),
        ending=np.where(over, ending, int(Ending.NOT_YET)),
        next=nobody,
        told=np.full(count, np.nan),
        extended=np.full(count, np.nan),
        success=nobody,
    )


def with_paper_work(seed: int) -> Visits:
    """Care without a limit, of which the start takes two weeks to arrange."""
    random = np.random.default_rng(seed)
    count = random.poisson(4000)
    arrived = np.sort(random.uniform(-1500, 730, count))
    started = arrived + random.gamma(4.0, 3.5, count)
    ended = started + random.exponential(150.0, count)
    return visits(arrived, started, ended, 730.0, np.zeros(count, dtype=bool))


def test_patience_is_days_waited_over_who_gave_up() -> None:
    arrived = np.array([-10.0, 5.0, 20.0, 90.0, 120.0])
    started = np.array([30.0, np.nan, 20.0, np.nan, 150.0])
    ended = np.array([60.0, 45.0, 50.0, np.nan, 200.0])
    gave_up = np.array([False, True, False, False, False])
    found = fit_patience(visits(arrived, started, ended, 100.0, gave_up))
    assert found is not None
    assert found.days == 30 + 40 + 0 + 10
    assert (found.mean, found.stopped, found.waits) == (80.0, 1, 3)


def test_who_never_gives_up_has_a_patience_that_is_hardly_known() -> None:
    nobody = np.array([False])
    found = fit_patience(visits(np.array([0.0]), np.array([50.0]), np.array([60.0]), 99.0, nobody))
    assert found is not None
    assert found.mean == 100.0
    assert found.log_error > 1
    nothing = visits(np.array([0.0]), np.array([0.0]), np.array([60.0]), 99.0, nobody)
    assert fit_patience(nothing) is None


def test_a_wait_for_paper_work_is_no_limit_on_places() -> None:
    found = [fit_places(with_paper_work(seed)) for seed in range(12)]
    assert sum(one.limited for one in found) <= 1
    for one in found:
        assert one.queue_days == one.days
        assert one.follows is not None
        assert 0.4 < one.follows < 2.0


def test_places_that_are_full_are_counted_exactly() -> None:
    own = truth.visits(1)
    found = fit_places(own.those(own.care_type == 1))
    assert found.limited
    assert found.places == truth.true_values()["care_types.help.places"]
    assert found.error == 0.0
    assert found.follows == pytest.approx(0.0, abs=1e-9)


def test_places_in_which_people_come_late_have_an_error() -> None:
    own = truth.visits(1)
    help_ = own.those(own.care_type == 1)
    # It takes up to a week until a place that is free is taken again.
    late = help_.started + np.random.default_rng(2).uniform(0, 7, len(help_))
    late = np.where(late > help_.cared_until, help_.started, late)
    found = fit_places(replace(help_, started=late))
    assert found.limited
    assert found.error > 0
    assert 100 < found.places < 110


def test_without_a_queue_there_is_no_limit() -> None:
    own = truth.visits(1)
    found = fit_places(own.those(own.care_type == 0))
    assert not found.limited
    assert (found.queue_days, found.follows) == (0, None)


def test_grace_leaves_out_short_waits() -> None:
    assert fit_places(with_paper_work(1), grace=200.0).queue_days == 0
    assert fit_places(with_paper_work(1), grace=5.0).queue_days > 0


def test_new_places_are_seen() -> None:
    """From 20 to 30 places, always full, with always somebody waiting."""
    begin = np.concatenate([np.arange(20) - 30.0, np.arange(10) * 0.1 + 500.0])
    places = np.arange(30)
    rows = [
        (start, min(start + 20.0, 1000.0))
        for place, first in zip(places, begin, strict=True)
        for start in np.arange(first, 730.0, 20.0)
    ]
    started, ended = np.array(sorted(rows)).T
    arrived = started - 15.0
    none = np.zeros(len(started), dtype=bool)
    found = fit_places(visits(arrived, started, ended, 730.0, none))
    assert found.limited
    assert found.changed
    assert found.places == pytest.approx(30, abs=0.5)
