"""A model described in the order of STRESS-DES, in both languages, from its documents alone."""

from __future__ import annotations

import re

import pytest

from tests.science.caresystem import full_sample, samples
from tools.model_description import PAGES
from vliegwiel import reference
from vliegwiel.apps.explorer import stress_des
from vliegwiel.science.caresystem import (
    CareSystem,
    Scenario,
    assumptions,
    quantities,
    read_care_system,
    read_scenario,
)

#: The twenty items of the guideline, where the five components of 2.5 count one by one.
ITEMS = [
    "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4", "2.5.5",
    "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3", "5.4", "6.1",
]  # fmt: skip


@pytest.fixture(scope="module")
def full() -> tuple[CareSystem, Scenario]:
    system = read_care_system(samples.as_text(full_sample.care_system()))
    return system, read_scenario(samples.as_text(full_sample.scenario()), system)


def shipped() -> tuple[CareSystem, list[Scenario]]:
    file = reference.care_system_file("ijsselland")
    assert file is not None
    system = read_care_system(file.content)
    files = reference.scenario_files(system.id)
    return system, [read_scenario(f.content, system) for f in files]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_are_what_the_document_says(language: str) -> None:
    """When this fails: python tools/model_description.py."""
    written = stress_des.describe(*shipped(), language)
    assert PAGES[language].read_text(encoding="utf-8") == written


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_item_has_its_answer(full: tuple[CareSystem, Scenario], language: str) -> None:
    system, scenario = full
    text = stress_des.describe(system, [scenario], language)
    parts = re.split(r"^### ", text, flags=re.M)[1:]
    assert [part.split()[0] for part in parts] == ITEMS
    answers = [part.partition("\n")[2].partition("\n## ")[0].strip() for part in parts]
    assert all(len(answer) > 20 for answer in answers)


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "verhuist gemiddeld 0,06 keer per jaar"), ("en", "moves 0.06 times a year")],
)
def test_youths_who_move_are_told(language: str, words: str) -> None:
    document = samples.care_system()
    for moves in (False, True):
        if moves:
            document["moving"] = {"rate": samples.printed(0.06, "1/year")}
        system = read_care_system(samples.as_text(document))
        assert (words in stress_des.describe(system, [], language)) == moves


def test_every_number_and_every_assumption_is_in_it(full: tuple[CareSystem, Scenario]) -> None:
    system, _scenario = full
    text = stress_des.describe(system, [], "en")
    inputs, assumed = (
        text.partition(f"### {name}")[2].partition("\n##")[0].count("\n| ") - 2
        for name in ("3.3", "3.4")
    )
    assert inputs == len(quantities(system))
    assert assumed == len(assumptions(system))


def test_what_a_model_can_have_is_told(full: tuple[CareSystem, Scenario]) -> None:
    system, _scenario = full
    text = stress_des.describe(system, [], "en")
    for words in (
        "90,000 (70,000 to 110,000) euro a year; from January 2026 120,000",
        "North (0.5): places: 9", "a queue for each provider", "one queue for all providers",
        "urgent; soon; usual", "4-12 0.5; 12-18 0.5", "| Local team | observed | 120 |",
        "Residential care 0.3; the base provisions 0.5; out of care 0.2",
    ):  # fmt: skip
        assert words in text, words


def test_a_cell_cannot_break_its_table() -> None:
    document = samples.care_system()
    document["care_types"][0]["label"] = samples.text("Help | met\nstreep")
    system = read_care_system(samples.as_text(document))
    text = stress_des.describe(system, [], "nl")
    assert "| Help \\| met streep |" in text


def _initialisation(document: dict[str, object], language: str) -> str:
    text = stress_des.describe(read_care_system(samples.as_text(document)), [], language)
    return text.partition("### 4.1")[2].partition("### 4.2")[0]


def test_how_the_simulation_starts_is_told() -> None:
    document = samples.care_system()
    told = _initialisation(document, "en")
    assert "so there is no warm-up" in told
    assert "so far" not in told
    origin = {"kind": "printed", "source": samples.SOURCE, "place": "counted"}
    points = [{"share": 0.0, "days": 3.0}, {"share": 1.0, "days": 90.0}]
    document["care_types"][0]["waited_at_start"] = {"points": points, "provenance": origin}
    told = _initialisation(document, "en")
    assert "Days waited so far (share)" in told
    assert "Days in care so far" not in told
    assert "3 (0); 90 (1)" in told
    assert "as fits with that" in told
    document["warm_up_months"] = 60
    told = _initialisation(document, "nl")
    assert "60 maanden vóór 1 januari 2024" in told
    assert "geen aanlooptijd" not in told


def test_the_municipalities_of_a_referrer_and_the_share_of_a_change_are_told(
    full: tuple[CareSystem, Scenario],
) -> None:
    document = full_sample.scenario()
    for intervention in document["interventions"]:
        intervention["stages"] = [{"from": "2025-01-01", "municipalities": "all", "share": 0.4}]
    some = read_scenario(samples.as_text(document), full[0])
    dutch, english = (stress_des.describe(full[0], [some], language) for language in ("nl", "en"))
    assert "Komt uit (aandeel)" in dutch
    assert "Zwolle 0,4; Kampen 0,6" in dutch
    assert "voor 40% van de jeugdigen" in dutch
    assert "as the region" in english
    assert "for 40% of the youths" in english
    # A column for nothing is not shown.
    assert "Komt uit" not in stress_des.describe(*shipped(), "nl")
