"""Whatever is done to a document: it is refused with faults, or it can be simulated."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vliegwiel.science.caresystem import (
    DocumentError,
    ForecastPlan,
    read_care_system,
    read_scenario,
)
from vliegwiel.science.caresystem.measuring import (
    MEASURED,
    MUNICIPAL,
    TOLERANCE,
    Replication,
)

from . import full_sample, samples

pytestmark = pytest.mark.slow

ANYTHING = st.one_of(
    st.sampled_from([None, True, "", "x", [], {}, 0, -1, 1e-300, 1e300, 10**400, 0.5, 3, "all"]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(0.0, 100.0),
)


def places_of(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(node, dict):
        for name, value in node.items():
            found += places_of(value, (*path, name))
    elif isinstance(node, list):
        for k, value in enumerate(node):
            found += places_of(value, (*path, k))
    return found


def damage(document: Any, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(places_of(document)))
    node = document
    for step in path[:-1]:
        node = node[step]
    if data.draw(st.booleans()):
        node[path[-1]] = data.draw(ANYTHING)
    elif isinstance(node, dict):
        node[data.draw(st.sampled_from([*node, "extra"]))] = node.pop(path[-1])
    else:
        node.append(node[path[-1]])


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.data())
def test_a_damaged_document_is_refused_or_simulated(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([samples, full_sample]))
    document, change = whole.care_system(), whole.scenario()
    for _ in range(data.draw(st.integers(1, 3))):
        damage(data.draw(st.sampled_from([document, change])), data)
    try:
        system = read_care_system(samples.as_text(document))
        scenario = read_scenario(samples.as_text(change), system)
    except DocumentError as error:
        refused = [fault.message for fault in error.faults]
    else:
        refused = []
    assert all(refused)
    if refused:
        return
    plan = ForecastPlan(system, scenario, months=3, replications=2, by_municipality=True)
    done = plan.simulate(1, plan.draws(1))
    assert done.discrepancies.max() < TOLERANCE
    assert not np.isnan(done.measured).any()
    assert_flows_hold_everybody(plan, done)
    assert_municipalities_make_up_the_region(done)


def assert_flows_hold_everybody(plan: ForecastPlan, done: Replication) -> None:
    """Whoever arrives, ends or stops waiting is in one flow; the last period is all months."""
    n, sources = len(plan.whole.care_types), len(plan.system.referrers)
    flows = done.flows
    assert flows.shape[1:] == (sources + 2 * n + 1, n + 2)
    found = {
        "arrivals": flows[:, :, :n].sum(axis=1),
        "ends": flows[:, sources : sources + n].sum(axis=2),
        "leaving": flows[:, sources + n : sources + 2 * n].sum(axis=2),
    }
    for name, by_flows in found.items():
        counted = done.measured[:, MEASURED.index(name)].sum(axis=1)
        np.testing.assert_array_equal(by_flows, counted)


def assert_municipalities_make_up_the_region(done: Replication) -> None:
    together = done.by_municipality.sum(axis=2)
    for k, name in enumerate(MUNICIPAL):
        months = done.measured[:, MEASURED.index(name)]
        region = months[:, -1] if name in ("waiting", "in_care") else months.sum(axis=1)
        np.testing.assert_allclose(together[:, k], region, rtol=1e-4, atol=1e-2)
    cost = done.measured[:, MEASURED.index("cost")].sum(axis=1)
    np.testing.assert_allclose(together[:, len(MUNICIPAL) :].sum(axis=1), cost, rtol=1e-4)


def test_nobody_comes_and_nobody_is_there() -> None:
    document = samples.care_system()
    for referrer in document["referrers"]:
        referrer["rate"] = samples.printed(0.0, "youths/month")
    for care_type in document["care_types"]:
        care_type["in_care_at_start"] = samples.printed(0.0, "youths")
        if "waiting_at_start" in care_type:
            care_type["waiting_at_start"] = samples.printed(0.0, "youths")
    document["care_types"][0]["capacity"]["places"] = samples.printed(180.0, "places")
    document["reentry"]["returning_at_start"] = samples.printed(0.0, "youths")
    system = read_care_system(samples.as_text(document))
    measured = ForecastPlan(system, None, months=3).simulate(0, {}).measured
    assert measured[0, :11].sum() == 0


def test_a_single_place_for_many() -> None:
    document = samples.care_system()
    document["care_types"][2]["capacity"]["places"] = samples.printed(0.3, "places")
    document["care_types"][2]["in_care_at_start"] = samples.printed(0.2, "youths")
    system = read_care_system(samples.as_text(document))
    done = ForecastPlan(system, None, months=12).simulate(0, {})
    assert done.discrepancies.max() < TOLERANCE
    assert done.measured[0, 1, :, 2].sum() == 0  # 0.3 of a place is none
