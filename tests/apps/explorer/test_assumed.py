"""Assumptions in words: in their own unit, and for a scenario as a change."""

import re

import pytest
from django.utils.translation import override

from tests.science.caresystem import samples
from vliegwiel import reference
from vliegwiel.apps.explorer import assumed
from vliegwiel.science.caresystem import (
    CareSystem,
    Scenario,
    SensitivityRow,
    read_care_system,
    read_scenario,
)


@pytest.fixture(scope="module")
def system() -> CareSystem:
    return read_care_system(samples.as_text(samples.care_system()))


@pytest.fixture(scope="module")
def scenario(system: CareSystem) -> Scenario:
    return read_scenario(samples.as_text(samples.scenario()), system)


def row(address: str, unit: str, low: float = 0.6, high: float = 1.0) -> SensitivityRow:
    label = {"nl": "geduld van wachtenden", "en": "patience"}
    return SensitivityRow(address, label, unit, low, low, high, -2.0, -1.0, {"nl": "", "en": ""})


def test_the_size_of_a_change_is_said_as_a_change(system: CareSystem, scenario: Scenario) -> None:
    item = row("interventions.0.size", "ratio")
    assert scenario.interventions[0].operation == "multiply"
    assert assumed.of_scenario(item)
    with override("nl"):
        assert assumed.name(item, scenario, system).startswith("Grootte van de verandering: ")
        assert re.fullmatch(r"40% \w+", assumed.in_words(item, 0.6, scenario))
        assert assumed.in_words(item, 1.0, scenario) == "geen verandering"
        assert assumed.range_in_words(item, scenario).endswith("tot geen verandering")


@pytest.mark.parametrize(
    ("unit", "value", "dutch", "english"),
    [
        ("days", 1, "1 dag", "1 day"),
        ("days", 270, "270 dagen", "270 days"),
        ("youths", 1, "1 jeugdige", "1 youth"),
        ("places", 2.5, "2,5 plekken", "2.5 places"),
        ("youths/month", 1234, "1.234 jeugdigen per maand", "1,234 youths a month"),
        ("share", 0.3, "30%", "30%"),
        ("share", 0.085, "8,5%", "8.5%"),
        ("euro/day", 85.25, "€ 85,2 per dag", "€ 85.2 a day"),
        ("ratio", 1.35, "1,35", "1.35"),
        ("ratio", 0.0123, "0,0123", "0.0123"),
    ],
)
def test_a_number_of_the_model_has_its_own_unit(
    scenario: Scenario, unit: str, value: float, dutch: str, english: str
) -> None:
    item = row("care_types.ambulant.patience.mean", unit)
    assert not assumed.of_scenario(item)
    with override("nl"):
        assert assumed.in_words(item, value, scenario) == dutch
    with override("en"):
        assert assumed.in_words(item, value, scenario) == english


def test_no_assumption_that_ships_is_left_a_bare_factor() -> None:
    """Every size of the shipped scenarios has words behind its number."""
    file = reference.care_system_file("ijsselland")
    assert file is not None
    system = read_care_system(file.content)
    for shipped in reference.scenario_files(system.id):
        scenario = read_scenario(shipped.content, system)
        for index, change in enumerate(scenario.interventions):
            item = row(f"interventions.{index}.size", change.size.unit)
            for language in ("nl", "en"):
                with override(language):
                    words = assumed.in_words(item, change.size.value * 0.9, scenario)
                    assert re.search(r"[a-z]{3}", words), (shipped.name, words)
                    assert "interventions" not in assumed.name(item, scenario, system)
