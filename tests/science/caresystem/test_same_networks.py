"""Whether two networks are the same: everything in them counts."""

from dataclasses import replace

import numpy as np
import pytest

from vliegwiel.science.caresystem import CareSystem, ForecastPlan, read_care_system
from vliegwiel.science.caresystem.ensemble import arms_of
from vliegwiel.science.caresystem.network import Network
from vliegwiel.science.caresystem.same_networks import same_network

from . import full_sample, samples


def network_of(system: CareSystem) -> Network:
    plan = ForecastPlan(system, None, months=12)
    (arm,) = arms_of(plan, {r.address: r.value for r in plan.derivations.ranges})
    return arm.network


@pytest.fixture(scope="module")
def full() -> CareSystem:
    return read_care_system(samples.as_text(full_sample.care_system()))


def test_what_is_compiled_again_is_the_same(system: CareSystem, full: CareSystem) -> None:
    for one in (system, full):
        assert same_network(network_of(one), network_of(one))
    assert not same_network(network_of(system), network_of(full))


def test_any_number_that_differs_makes_another(full: CareSystem) -> None:
    known = network_of(full)
    longer = known.stay_mean.copy()
    longer[-1, -1] = np.nextafter(longer[-1, -1], np.inf)
    assert not same_network(known, replace(known, stay_mean=longer))
    assert not same_network(known, replace(known, norm_days=known.norm_days + 1))
    assert not same_network(known, replace(known, returning=known.returning + 1))
    ages = known.features.ages
    assert ages is not None
    older = replace(known.features, ages=replace(ages, until_days=ages.until_days + 1.0))
    assert not same_network(known, replace(known, features=older))
    assert not same_network(known, replace(known, features=replace(known.features, ages=None)))
