"""The flows in balance, against a linear system solved here."""

from __future__ import annotations

import numpy as np
import pytest

from vliegwiel.science.caresystem import read_care_system
from vliegwiel.science.caresystem.stability import flows, unstable_care_types

from . import samples

DAYS_PER_MONTH = 365.25 / 12


def test_flows_of_a_system_where_nothing_is_short() -> None:
    """ambulant, local and residential in balance: a = inflow + routing and coming back."""
    document = samples.care_system()
    roomy = samples.printed(900.0, "places")
    for i in (0, 2):
        document["care_types"][i]["capacity"]["places"] = roomy
    found = flows(read_care_system(samples.as_text(document)))
    inflow = np.array([18 * 0.7 + 20 * 0.35, 18 * 0.25 + 20 * 0.6, 20 * 0.05]) / DAYS_PER_MONTH
    routing = np.array([[0, 0.15, 0.04], [0.2, 0, 0], [0.4, 0, 0]])
    # What goes to the base provisions has left care as well, and may come back.
    leaving = np.array([0.81, 0.8, 0.6])
    back = 0.15 * np.array([0.5, 0.5, 0.0])
    arrivals = np.linalg.solve(np.eye(3) - routing.T - np.outer(back, leaving), inflow)
    assert found.arrivals == pytest.approx(arrivals, rel=1e-9)
    assert found.started == pytest.approx(arrivals, rel=1e-9)
    assert found.care_days == pytest.approx([240.0, 120.0, 300.0])


def test_who_goes_without_success_comes_back_by_a_chance_of_its_own() -> None:
    document = samples.care_system()
    roomy = samples.printed(900.0, "places")
    for i in (0, 2):
        document["care_types"][i]["capacity"]["places"] = roomy
    document["care_types"][0]["success"] = samples.printed(0.7, "share")
    document["care_types"][0]["next_without_success"] = [
        {"care_type": "residential", "probability": samples.printed(0.3, "share")}
    ]
    document["reentry"]["probability_without_success"] = samples.printed(0.4, "share")
    found = flows(read_care_system(samples.as_text(document)))
    inflow = np.array([18 * 0.7 + 20 * 0.35, 18 * 0.25 + 20 * 0.6, 20 * 0.05]) / DAYS_PER_MONTH
    routing = np.array([[0, 0.7 * 0.15, 0.7 * 0.04 + 0.3 * 0.3], [0.2, 0, 0], [0.4, 0, 0]])
    returning = np.array([0.7 * 0.81 * 0.15 + 0.3 * 0.7 * 0.4, 0.8 * 0.15, 0.6 * 0.15])
    back = np.array([0.5, 0.5, 0.0])
    arrivals = np.linalg.solve(np.eye(3) - routing.T - np.outer(back, returning), inflow)
    assert found.arrivals == pytest.approx(arrivals, rel=1e-9)


def test_a_full_care_type_lets_through_what_its_places_can_serve() -> None:
    found = flows(read_care_system(samples.as_text(samples.care_system())))
    assert found.started[0] == pytest.approx(180 / 240)
    assert found.arrivals[0] > found.started[0]


def test_a_system_with_patience_is_stable_however_short_its_places() -> None:
    system = read_care_system(samples.as_text(samples.care_system()))
    assert unstable_care_types(system).overloaded == ()
    assert unstable_care_types(system).circle == ()
