"""The kernel agrees with queueing theory, within sampling error."""

from __future__ import annotations

import math

import numpy as np
import pytest

from .queueing import (
    cobham,
    erlang_a,
    erlang_b,
    erlang_c,
    jackson,
    mdc_wait,
    mg1_wait,
    mgc_bounds,
    mmc_wait,
)
from .theory import LITTLE, PARTS, scores, within_bounds

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("part", PARTS)
def test_every_score_is_within_sampling_error(part: str) -> None:
    """Of 70 scores of a right program, one suite in thirty has any beyond 3.5."""
    found = scores(part)
    far = [(s.model, s.what, round(s.z, 2)) for s in found if not abs(s.z) < 3.5]
    assert not far


def test_waits_without_a_formula_lie_within_their_bounds() -> None:
    found = within_bounds()
    far = [(b.model, b.low, b.simulated, b.high) for b in found if not b.outside < 3.0]
    assert not far
    # A lower bound far below would show nothing: in a busy system it is near the wait itself.
    assert all(b.low > 0.7 * b.simulated for b in found)


@pytest.mark.parametrize("part", PARTS)
def test_littles_law_holds_in_every_single_run(part: str) -> None:
    scores(part)
    broken = {model: apart for model, apart in LITTLE.items() if not apart < 1e-9}
    assert LITTLE
    assert not broken


def test_scores_together_are_neither_too_far_nor_too_near() -> None:
    z = np.array([s.z for part in PARTS for s in scores(part)])
    assert 0.6 < math.sqrt(float(np.mean(z * z))) < 1.4


def test_theory_gives_the_published_values() -> None:
    """Erlang tables and the worked Jackson network of any queueing text."""
    assert erlang_c(5, 4.0) == pytest.approx(0.5541125541, rel=1e-9)
    assert mmc_wait(8.0, 1.0, 10) == pytest.approx(0.2045900754, rel=1e-9)
    waits = jackson(
        np.array([1.0, 0.5]), np.array([[0.0, 0.4], [0.2, 0.0]]), np.array([0.5, 1 / 1.5]), [1, 1]
    )
    assert waits == pytest.approx([0.7432432432, 1.25], rel=1e-9)


def test_erlang_b_gives_the_published_values_and_leads_to_erlang_c() -> None:
    assert erlang_b(5, 4.0) == pytest.approx(128 / 643, rel=1e-12)
    assert erlang_b(1, 0.5) == pytest.approx(1 / 3, rel=1e-12)


def test_waits_for_services_of_one_length_are_the_known_ones() -> None:
    """One server: Pollaczek and Khinchine; several: within the bounds, and sooner than M/M/c."""
    assert mdc_wait(0.7, 1.0, 1) == pytest.approx(mg1_wait(0.7, 1.0, 0.0), rel=1e-9)
    low, high = mgc_bounds(1.7, 1.0, 0.0, 2)
    assert low < mdc_wait(1.7, 1.0, 2) < min(high, mmc_wait(1.7, 1.0, 2))


@pytest.mark.parametrize("servers", [1, 2, 5, 20])
@pytest.mark.parametrize("load", [0.5, 0.8, 0.95])
def test_the_bounds_hold_what_is_known_exactly(servers: int, load: float) -> None:
    low, high = mgc_bounds(servers * load, 1.0, 1.0, servers)
    assert low <= mmc_wait(servers * load, 1.0, servers) * (1 + 1e-12)
    assert mmc_wait(servers * load, 1.0, servers) <= high
    for cv in (0.0, 0.7, 2.0):
        below, above = mgc_bounds(load, 1.0, cv, 1)
        assert below == pytest.approx(mg1_wait(load, 1.0, cv), rel=1e-12)
        assert above >= below


def test_priority_shifts_the_wait_without_changing_its_mean() -> None:
    rates = [0.4, 0.6, 0.7]
    waits = cobham(rates, 1.0, 2)
    mean = sum(r * w for r, w in zip(rates, waits, strict=True)) / sum(rates)
    assert mean == pytest.approx(mmc_wait(1.7, 1.0, 2), rel=1e-12)
    assert waits == sorted(waits)


def test_erlang_a_with_endless_patience_is_erlang_c() -> None:
    found = erlang_a(8.0, 1.0, 10, 1e9)
    assert found["wait_of_served"] == pytest.approx(mmc_wait(8.0, 1.0, 10), rel=1e-6)
