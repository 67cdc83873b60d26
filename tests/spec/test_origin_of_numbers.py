"""Where a number of the model comes from.

Every number of a care system is printed in a source, derived by a formula, or assumed within a
range. A document with a number that breaks one of these rules is refused, and all that is wrong
with it is said at once.
"""

from typing import Any

import pytest

from tests.science.caresystem import samples
from vliegwiel.science.caresystem import DocumentError, assumptions, read_care_system


def faults_of(document: dict[str, Any]) -> dict[str, str]:
    """Path -> code of everything that is wrong."""
    try:
        read_care_system(samples.as_text(document))
    except DocumentError as error:
        return {fault.path: fault.code for fault in error.faults}
    return {}


def test_every_number_has_an_origin() -> None:
    """A number without an origin is refused."""
    document = samples.care_system()
    del document["youths"]["provenance"]
    assert faults_of(document) == {"youths": "missing"}


def test_printed_names_its_source() -> None:
    """A printed number names a source of the bibliography, and the place in it."""
    document = samples.care_system()
    document["youths"]["provenance"]["source"] = "hearsay"
    assert set(faults_of(document).values()) == {"unknown_source"}
    document = samples.care_system()
    del document["youths"]["provenance"]["place"]
    assert set(faults_of(document).values()) == {"missing"}


@pytest.mark.parametrize(
    ("written", "formula", "rounding", "verdict"),
    [
        (180.0, "in_care * use", 0.5, "taken"),
        (180.4, "in_care * use", 0.5, "taken"),
        (181.0, "in_care * use", 0.5, "derived_mismatch"),
        (180.0, "in_care * use + surprise", 0.5, "unknown_input"),
        (180.0, "in_care", 0.5, "unused_input"),
    ],
)
def test_derived_follows_from_its_formula(
    written: float, formula: str, rounding: float, verdict: str
) -> None:
    """A derived number is computed again on reading. It must follow, within the stated rounding,
    from exactly the numbers that it names. Here 180 youths are in care and use is 1."""
    document = samples.care_system()
    places = document["care_types"][0]["capacity"]["places"]
    places["value"] = written
    places["provenance"]["formula"] = formula
    places["provenance"]["rounding"] = rounding
    codes = set(faults_of(document).values()) or {"taken"}
    assert verdict in codes


def test_a_formula_is_arithmetic_only() -> None:
    """A formula is arithmetic: nothing in a document is ever run as code."""
    document = samples.care_system()
    places = document["care_types"][0]["capacity"]["places"]
    places["provenance"]["formula"] = "__import__('os').system('true')"
    assert "bad_formula" in faults_of(document).values()


@pytest.mark.parametrize(
    ("value", "low", "high", "verdict"),
    [(18.0, 15.0, 21.0, "taken"), (22.0, 15.0, 21.0, "outside_range"), (18.0, 18.0, 18.0, "taken")],
)
def test_assumed_lies_in_its_range(value: float, low: float, high: float, verdict: str) -> None:
    """An assumed number has a lowest and a highest value and lies between them."""
    document = samples.care_system()
    document["referrers"][0]["rate"] = samples.assumed(value, "youths/month", low, high)
    codes = set(faults_of(document).values()) or {"taken"}
    assert verdict in codes


def test_assumed_says_why() -> None:
    """An assumption without a reason is refused."""
    document = samples.care_system()
    del document["referrers"][0]["rate"]["provenance"]["why"]
    assert set(faults_of(document).values()) == {"missing"}


def test_all_faults_at_once() -> None:
    """Who sends a document in with three mistakes is told all three."""
    document = samples.care_system()
    document["youths"]["value"] = -1.0
    document["referrers"][0]["rate"]["value"] = 99.0
    document["norm_days"]["provenance"]["source"] = "hearsay"
    assert len(faults_of(document)) == 3


def test_assumptions_are_listed() -> None:
    """Every assumed number of a document, those within a formula included, can be asked for, so
    that a forecast can show what it rests on."""
    system = read_care_system(samples.as_text(samples.care_system()))
    text = samples.as_text(samples.care_system())
    assert len(assumptions(system)) == text.count('"low":')
