"""Sharing fates makes the difference of two arms sharp, for every shipped scenario."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.shared_fates import compare, plans

pytestmark = pytest.mark.slow


def test_independent_seeds_need_many_times_as_many_replications() -> None:
    """At the lower end of the interval still several times, for waiting time and cost alike."""
    found = [
        one for plan in plans(months=24, replications=24) for one in compare(plan, drawn=False)
    ]
    assert len({one.scenario for one in found}) == 3
    weak = [(one.scenario, one.outcome, one.ratio) for one in found if not one.interval()[0] > 2.0]
    assert not weak


def test_sharing_changes_the_spread_and_not_the_middle() -> None:
    plan = next(plans(months=24, replications=24))
    for one in compare(plan, drawn=False):
        apart = one.shared.mean() - one.independent.mean()
        error = np.hypot(*(v.std(ddof=1) / len(v) ** 0.5 for v in (one.shared, one.independent)))
        assert abs(apart) < 3.5 * error
