"""Coming back: the chance and the delay, with some who may still come."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import minimize

from vliegwiel.science.fit import Came, Ending, ReturnFit, fit_returns, returns

from . import truth


def test_everybody_who_left_is_followed_until_coming_back_or_the_end() -> None:
    visits = truth.visits(1)
    days, back = returns(visits)
    left = (visits.ending == Ending.CARE) & (visits.next >= visits.base)
    assert len(days) == np.count_nonzero(left)
    # Each who came back after leaving in sight is one return.
    assert np.count_nonzero(back) == np.count_nonzero(visits.source == Came.RETURNED)
    ended = visits.ended[left]
    assert days[~back] == pytest.approx((visits.until - ended)[~back])
    by_hand = []
    for place in np.flatnonzero(visits.source == Came.RETURNED):
        before = visits.those((visits.youth == visits.youth[place]) & left)
        earlier = before.ended[before.ended <= visits.arrived[place]]
        by_hand.append(visits.arrived[place] - earlier.max())
    assert np.sort(days[back]) == pytest.approx(np.sort(by_hand))


def test_the_fit_is_the_top_of_the_likelihood() -> None:
    visits = truth.visits(4)
    days, back = returns(visits)
    found = fit_returns(visits)
    assert isinstance(found, ReturnFit)

    def lack(at: np.ndarray) -> float:
        chance, delay = 1 / (1 + math.exp(-at[0])), math.exp(at[1])
        seen = np.log(chance / delay) - days[back] / delay
        unseen = np.log(1 - chance + chance * np.exp(-days[~back] / delay))
        return -float(seen.sum() + unseen.sum())

    other = minimize(lack, np.array([0.0, 5.0]), method="BFGS").x
    assert found.probability == pytest.approx(1 / (1 + math.exp(-other[0])), rel=1e-3)
    assert found.delay == pytest.approx(math.exp(other[1]), rel=1e-3)
    assert found.correlation > 0  # more and later looks like fewer and sooner


def test_who_will_still_come_is_about_right() -> None:
    """In balance as many are on their way as come back in a delay."""
    far = []
    for seed in range(6):
        found = truth.fitted(seed).estimates.returns
        assert found is not None
        on_the_way = found.left / (truth.MONTHS * 30.4) * 0.3 * 200
        far.append(found.coming / on_the_way)
    assert np.mean(far) == pytest.approx(1.0, abs=0.15)


def test_too_few_returns_are_no_ground() -> None:
    visits = truth.visits(1)
    assert fit_returns(visits.those(visits.youth < visits.youth.max() // 50)) is None
