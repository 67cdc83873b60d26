"""Sentences of science in the reader's language: complete, and in the notation of that language."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import sentences
from vliegwiel.science.caresystem import (
    FAULT_MESSAGES,
    SENTENCES,
    Forecast,
    forecast,
    read_care_system,
    read_scenario,
)
from vliegwiel.science.kernel import Fault, Result


@pytest.fixture(scope="module")
def outcome() -> Forecast:
    system = read_care_system(samples.as_text(samples.care_system()))
    scenario = read_scenario(samples.as_text(samples.scenario()), system)
    return forecast(system, scenario, months=24, replications=4)


def with_headline(outcome: Forecast, code: str, **params: float) -> Forecast:
    filled: Mapping[str, float | str] = {"period": "2025", "care_type": "x", **params}
    result = Result(None, None, None, "days", code, SENTENCES[code], filled)
    return replace(outcome, headline=result)


@pytest.mark.parametrize(
    ("code", "params", "dutch"),
    [
        (
            "wait_shorter",
            {"days": 12.4, "low": 4.6, "high": 20.2},
            "Met deze verandering wachten jeugdigen in 2025 naar verwachting 12 dagen korter op "
            "ambulante hulp (5 tot 20 dagen).",
        ),
        (
            "wait_longer",
            {"days": 1.25, "low": 0.5, "high": 2.04},
            "Met deze verandering wachten jeugdigen in 2025 naar verwachting 1,2 dagen langer op "
            "ambulante hulp (0,5 tot 2 dagen).",
        ),
        (
            "wait_unclear",
            {"days": 1.0, "low": 0.0, "high": 0.0, "less": 3.0, "more": 1234.0},
            "Het is niet duidelijk of jeugdigen door deze verandering in 2025 korter of langer "
            "wachten op ambulante hulp: van 3 dagen korter tot 1.234 dagen langer.",
        ),
        (
            "wait_same",
            {},
            "Deze verandering maakt in 2025 geen verschil voor de wachttijd voor ambulante hulp.",
        ),
        (
            "wait_new",
            {"days": 12.4, "low": 4.6, "high": 20.2},
            "Zonder deze verandering begint in 2025 naar verwachting niemand met ambulante hulp; "
            "met deze verandering wachten jeugdigen er naar verwachting 12 dagen op (5 tot 20 "
            "dagen).",
        ),
        (
            "wait_ended",
            {"days": 1.0, "low": 0.6, "high": 2.2},
            "Met deze verandering begint in 2025 naar verwachting niemand met ambulante hulp; "
            "zonder deze verandering wachten jeugdigen er naar verwachting 1 dag op (0,6 tot 2,2 "
            "dagen).",
        ),
        (
            "wait_seldom",
            {},
            "In 2025 beginnen te weinig jeugdigen met ambulante hulp om te zeggen of zij door deze "
            "verandering korter of langer wachten.",
        ),
        (
            "wait_seldom_baseline",
            {},
            "In 2025 beginnen te weinig jeugdigen met ambulante hulp om te zeggen hoe lang zij "
            "wachten.",
        ),
        ("wait_nowhere", {}, "In het model is er in alle zorg altijd plek: in 2025 wacht niemand."),
        (
            "wait_free",
            {},
            "In het model wacht niemand op ambulante hulp: er is altijd plek. Daarom kan deze "
            "verandering het wachten niet korter of langer maken.",
        ),
    ],
)
def test_headline_in_dutch(outcome: Forecast, code: str, params: dict, dutch: str) -> None:
    with override("nl"):
        assert sentences.headline(with_headline(outcome, code, **params)) == dutch


def test_headline_in_english(outcome: Forecast) -> None:
    changed = with_headline(outcome, "wait_shorter", days=1234.0, low=5.0, high=2000.0)
    with override("en"):
        assert sentences.headline(changed) == (
            "With this change youths are expected to wait 1,234 days less for ambulant help in "
            "2025 (5 to 2,000 days)."
        )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_fault_is_a_sentence_without_holes(language: str) -> None:
    for code, template in FAULT_MESSAGES.items():
        names = re.findall(r"%\((\w+)\)s", template)
        found = Fault("here", code, template, dict.fromkeys(names, "0.5"))
        with override(language):
            sentence = sentences.fault(found)
        assert "%(" not in sentence, code
        assert sentence.count("0,5" if language == "nl" else "0.5") >= len(set(names)), code


def test_checks_are_sentences(outcome: Forecast) -> None:
    with override("nl"):
        texts = [sentences.check(check) for check in outcome.checks]
    assert texts
    assert not [text for text in texts if "%(" in text]


@pytest.mark.parametrize(
    ("label", "inside"),
    [("Ambulante hulp", "ambulante hulp"), ("OTS en voogdij", "OTS en voogdij"), ("", "")],
)
def test_a_label_inside_a_sentence(label: str, inside: str) -> None:
    assert sentences.uncapitalised(label) == inside


def test_numbers_are_rounded_not_cut_off(outcome: Forecast) -> None:
    found = with_headline(outcome, "wait_shorter", days=4.66, low=3.99, high=5.04)
    with override("nl"):
        sentence = sentences.headline(found)
    assert "4,7 dagen" in sentence
    assert "(4 tot 5 dagen)" in sentence


@pytest.mark.parametrize(
    ("code", "params", "dutch", "english"),
    [
        ("wait_shorter", {"days": 1.0, "low": 0.4, "high": 2.0}, "1 dag korter", "1 day less"),
        ("wait_longer", {"days": 1.02, "low": 0.4, "high": 2.0}, "1 dag langer", "1 day longer"),
        ("wait_baseline", {"days": 1.0, "low": 0.4, "high": 2.0}, "1 dag op", "1 day for"),
        ("wait_new", {"days": 1.0, "low": 0.4, "high": 2.0}, " 1 dag op", "wait 1 day ("),
        (
            "wait_unclear",
            {"days": 1.0, "low": 0.0, "high": 0.0, "less": 1.0, "more": 2.0},
            "van 1 dag korter tot 2 dagen langer",
            "from 1 day less to 2 days longer",
        ),
        (
            "wait_unclear",
            {"days": 1.0, "low": 0.0, "high": 0.0, "less": 3.0, "more": 1.0},
            "van 3 dagen korter tot 1 dag langer",
            "from 3 days less to 1 day longer",
        ),
        (
            "wait_unclear",
            {"days": 0.2, "low": 0.0, "high": 0.0, "less": 1.0, "more": 1.0},
            "van 1 dag korter tot 1 dag langer",
            "from 1 day less to 1 day longer",
        ),
    ],
)
def test_one_day_is_singular(
    outcome: Forecast, code: str, params: dict, dutch: str, english: str
) -> None:
    found = with_headline(outcome, code, **params)
    for language, words in (("nl", dutch), ("en", english)):
        with override(language):
            assert words in sentences.headline(found)


def test_a_period_of_whole_years_is_said_in_years() -> None:
    with override("nl"):
        assert sentences.span(date(2027, 1, 1), date(2027, 12, 1)) == "2027"
        assert sentences.span(date(2027, 1, 1), date(2031, 12, 1)) == "2027 tot en met 2031"
        assert "februari 2027" in sentences.span(date(2027, 2, 1), date(2031, 12, 1))


def test_a_tiny_number_is_written_as_a_power_of_ten(outcome: Forecast) -> None:
    (law,) = [check for check in outcome.checks if check.code == "little"]
    with override("nl"):
        found = sentences.check(replace(law, params={"worst": "1.4e-15"}))
    assert "1,4 × 10⁻¹⁵" in found
