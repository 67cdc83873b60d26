"""Faults and results carry a sentence that can be translated."""

from __future__ import annotations

import pytest

from vliegwiel.science.caresystem import FAULT_MESSAGES, SENTENCES
from vliegwiel.science.caresystem.faults import fault
from vliegwiel.science.kernel import Check, DocumentError, Fault, Outcome, Result


def test_an_error_tells_all_its_faults() -> None:
    error = DocumentError([fault("a.b", "negative", value=-1.0), fault("", "not_text")])
    assert str(error) == (
        "a.b: The value is -1; it may not be below zero.\nThis is not a text file in UTF-8."
    )
    assert [f.code for f in error.faults] == ["negative", "not_text"]


def test_an_error_without_faults_is_no_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        DocumentError([])


def test_numbers_in_a_sentence_are_rounded_to_what_matters() -> None:
    result = Result(
        -12.3456, -20.4, -5.04, "days", "wait_shorter", SENTENCES["wait_shorter"],
        {"days": 12.3456, "low": 5.04, "high": 20.4, "care_type": "help", "period": "2028"},
    )  # fmt: skip
    assert result.sentence == (
        "With this change youths are expected to wait 12 days less for help in 2028 (5 to 20 days)."
    )


def test_a_check_fills_in_its_sentence() -> None:
    check = Check("little", Outcome.PASSED, "off by %(worst)s", {"worst": "1e-15"})
    assert (check.sentence, check.outcome) == ("off by 1e-15", "pass")


@pytest.mark.parametrize("table", [FAULT_MESSAGES, SENTENCES], ids=["faults", "sentences"])
def test_every_sentence_is_one_and_has_named_parameters_only(table: dict[str, str]) -> None:
    class Anything(dict[str, str]):
        def __missing__(self, name: str) -> str:
            return name

    for template in table.values():
        filled = template % Anything()
        assert template[0].isupper() or template[0] in "“%"
        assert filled.endswith(".")
    assert isinstance(Fault("", "x", "y").message, str)
