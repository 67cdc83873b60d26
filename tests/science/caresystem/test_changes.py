"""Other numbers in a document: what is derived from them moves along."""

import pytest

from tests.science.caresystem import samples
from vliegwiel.science.caresystem import (
    Assumed,
    CareSystem,
    Derived,
    DocumentError,
    Scenario,
    read_care_system,
    read_scenario,
    with_values,
)


@pytest.fixture(scope="module")
def documents() -> tuple[CareSystem, Scenario]:
    system = read_care_system(samples.as_text(samples.care_system()))
    return system, read_scenario(samples.as_text(samples.scenario()), system)


def places(system: CareSystem, care_type: str) -> float:
    capacity = next(c for c in system.care_types if c.id == care_type).capacity
    assert capacity.kind == "places"
    return capacity.places.value


def test_a_set_number_has_no_range_any_more(documents: tuple[CareSystem, Scenario]) -> None:
    system, _scenario = with_values(*documents, {"referrers.gp.rate": 20.0})
    rate = system.referrers[0].rate
    assert rate.value == 20.0
    assert isinstance(rate.provenance, Assumed)
    assert (rate.provenance.low, rate.provenance.high) == (20.0, 20.0)


def test_what_is_derived_moves_along(documents: tuple[CareSystem, Scenario]) -> None:
    before = places(documents[0], "ambulant")
    system, _scenario = with_values(*documents, {"care_types.ambulant.in_care_at_start": 170.0})
    assert before == 180.0
    assert places(system, "ambulant") == 170.0
    capacity = next(c for c in system.care_types if c.id == "ambulant").capacity
    assert capacity.kind == "places"
    assert isinstance(capacity.places.provenance, Derived)


def test_a_derived_number_that_is_set_follows_nothing(
    documents: tuple[CareSystem, Scenario],
) -> None:
    system, _scenario = with_values(*documents, {"care_types.ambulant.places": 190.0})
    assert places(system, "ambulant") == 190.0
    assert system.care_types[0].in_care_at_start.value == 180.0


def test_the_size_of_a_change_can_be_set(documents: tuple[CareSystem, Scenario]) -> None:
    system, scenario = with_values(*documents, {"interventions.0.size": 0.5})
    assert system == documents[0]
    assert scenario.interventions[0].size.value == 0.5
    assert scenario.interventions[1] == documents[1].interventions[1]


def test_an_unknown_address_and_an_impossible_value_are_faults(
    documents: tuple[CareSystem, Scenario],
) -> None:
    with pytest.raises(DocumentError) as unknown:
        with_values(*documents, {"care_types.nothing.stay.mean": 1.0, "youthss": 2.0})
    assert [fault.code for fault in unknown.value.faults] == ["unknown_target"] * 2
    with pytest.raises(DocumentError) as impossible:
        with_values(*documents, {"care_types.ambulant.stay.mean": -1.0})
    assert impossible.value.faults[0].code == "not_positive"
