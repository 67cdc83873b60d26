"""What municipalities see of a replication adds up to what the forecast sees of the region."""

from __future__ import annotations

import json

import numpy as np
import pytest

from vliegwiel.science.caresystem import (
    ForecastPlan,
    count_by_municipality,
    read_care_system,
    read_scenario,
)

from .samples import care_system, scenario

SYSTEM = read_care_system(json.dumps(care_system()))
SCENARIO = read_scenario(json.dumps(scenario()), SYSTEM)
PLAN = ForecastPlan(SYSTEM, SCENARIO, 24, 3, 5, by_municipality=True)


@pytest.mark.parametrize(
    ("name", "measured"),
    [
        ("arrivals", 0), ("starts", 1), ("ends", 2), ("leaving", 3), ("wait_sum", 4),
        ("within_norm", 5), ("care_days", 8), ("waiting_days", 9), ("cost", 10),
    ],
)  # fmt: skip
def test_municipalities_add_up_to_the_region(name: str, measured: int) -> None:
    whole = PLAN.simulate(2, PLAN.draws(2)).measured
    (arms,) = count_by_municipality(PLAN, [2])
    assert len(arms) == 2
    for arm, counts in enumerate(arms):
        parts = getattr(counts, name)
        assert parts.shape == (24, len(SYSTEM.municipalities), len(SYSTEM.care_types))
        # The whole is kept in single precision.
        np.testing.assert_allclose(parts.sum(axis=1), whole[arm, measured], rtol=1e-5, atol=1e-3)


def test_residents_are_the_youths_of_the_region() -> None:
    (arms,) = count_by_municipality(PLAN, [0])
    residents = arms[0].residents
    assert residents.sum() == pytest.approx(SYSTEM.youths.value)
    assert (residents > 0).all()


def test_a_plan_that_does_not_tell_municipalities_apart_is_refused() -> None:
    with pytest.raises(ValueError, match="municipalities apart"):
        count_by_municipality(ForecastPlan(SYSTEM, SCENARIO, 24, 3, 5), [0])
