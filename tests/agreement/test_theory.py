"""The kernel agrees with queueing theory, within sampling error."""

from __future__ import annotations

import math

import numpy as np
import pytest

from .queueing import cobham, erlang_a, erlang_c, jackson, mmc_wait
from .theory import PARTS, scores

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("part", PARTS)
def test_every_score_is_within_sampling_error(part: str) -> None:
    """Of 58 scores of a right program, one suite in fifty has any beyond 3.5."""
    found = scores(part)
    far = [(s.model, s.what, round(s.z, 2)) for s in found if not abs(s.z) < 3.5]
    assert not far


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


def test_priority_shifts_the_wait_without_changing_its_mean() -> None:
    rates = [0.4, 0.6, 0.7]
    waits = cobham(rates, 1.0, 2)
    mean = sum(r * w for r, w in zip(rates, waits, strict=True)) / sum(rates)
    assert mean == pytest.approx(mmc_wait(1.7, 1.0, 2), rel=1e-12)
    assert waits == sorted(waits)


def test_erlang_a_with_endless_patience_is_erlang_c() -> None:
    found = erlang_a(8.0, 1.0, 10, 1e9)
    assert found["wait_of_served"] == pytest.approx(mmc_wait(8.0, 1.0, 10), rel=1e-6)
