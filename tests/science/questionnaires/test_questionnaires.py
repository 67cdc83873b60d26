"""Documents and answers: taken when sound, otherwise refused with every fault at once."""

import json
from typing import Any

import pytest

from vliegwiel.science.kernel import DocumentError
from vliegwiel.science.questionnaires import (
    LONGEST_ANSWER,
    compare,
    read_answers,
    read_instrument,
    write_instrument,
)

from .samples import both, document, sample


def faults_of(**changes: Any) -> set[tuple[str, str]]:
    with pytest.raises(DocumentError) as refused:
        read_instrument(json.dumps(document(**changes)))
    return {(fault.path, fault.code) for fault in refused.value.faults}


def test_a_document_reads_back_as_it_was() -> None:
    made = sample()
    assert read_instrument(write_instrument(made)) == made
    assert [made.aspect_of(question) for question in made.questions[:4]] == [
        "one",
        "one",
        "two",
        None,
    ]


def test_every_fault_is_told_at_once() -> None:
    assert faults_of(
        title=both(" "),
        aspects=[{"key": "one", "title": both("One"), "compare": 7.0}] * 2,
        parts=[{"key": "half", "title": both("Half"), "aspect": "gone"}],
        questions=[
            {"key": "a", "kind": "scale", "part": "nowhere", "text": both("A?")},
            {"key": "a", "kind": "choice", "part": "half", "aspect": "one", "text": both("B\0?")},
            {
                "key": "c",
                "kind": "text",
                "aspect": "gone",
                "text": both("x" * 1001),
                "choices": [{"key": "x", "label": both("X")}],
            },
        ],
    ) == {
        ("title.nl", "blank"),
        ("title.en", "blank"),
        ("aspects[1].key", "key_twice"),
        ("aspects[0].compare", "off_scale"),
        ("aspects[1].compare", "off_scale"),
        ("parts[0].aspect", "unknown_aspect"),
        ("questions[0].part", "unknown_part"),
        ("questions[1].key", "key_twice"),
        ("questions[1].aspect", "two_homes"),
        ("questions[1].choices", "no_choices"),
        ("questions[1].text.nl", "nul"),
        ("questions[1].text.en", "nul"),
        ("questions[2].aspect", "unknown_aspect"),
        ("questions[2].choices", "needless_choices"),
        ("questions[2].text.nl", "long_words"),
        ("questions[2].text.en", "long_words"),
    }


def test_a_scan_needs_a_scale() -> None:
    text = [{"key": "g", "kind": "text", "text": both("G?")}]
    assert faults_of(questions=text, scale=None) == {("questions", "no_scan")}
    assert ("scale", "no_scale") in faults_of(scale=None)
    upside = {"low": 5, "high": 1, "lowest": both("no"), "highest": both("yes")}
    assert faults_of(scale=upside) == {("scale.high", "empty_scale")}


@pytest.mark.parametrize("text", ["[]", "{", '{"key": "x", "key": "y"}', b"\xff", '{"wrong": 1}'])
def test_what_is_no_document_is_refused(text: str | bytes) -> None:
    with pytest.raises(DocumentError):
        read_instrument(text)


def test_answers_of_every_kind() -> None:
    given = {"a": "1", "b": "5", "c": " ", "d": "y", "e": "no", "f": "1,5", "g": " words "}
    assert read_answers(sample(), given, complete=True) == {
        "a": 1,
        "b": 5,
        "d": "y",
        "e": "no",
        "f": 1.5,
        "g": "words",
    }


def test_a_draft_may_have_holes_but_no_nonsense() -> None:
    assert read_answers(sample(), {"a": "3"}, complete=False) == {"a": 3}
    wrong = {
        "a": "6",
        "b": "03",
        "d": "z",
        "e": "maybe",
        "f": "nan",
        "g": "x" * (LONGEST_ANSWER + 1),
        "h": "1",
    }
    with pytest.raises(DocumentError) as refused:
        read_answers(sample(), wrong, complete=False)
    assert {(fault.path, fault.code) for fault in refused.value.faults} == {
        ("a", "no_point"),
        ("b", "no_point"),
        ("d", "no_choice"),
        ("e", "no_choice"),
        ("f", "no_number"),
        ("g", "long_words"),
        ("h", "unknown_question"),
    }
    with pytest.raises(DocumentError) as open_ones:
        read_answers(sample(), {"a": "3"}, complete=True)
    assert {fault.path for fault in open_ones.value.faults} == {"b", "d"}


def test_parties_beside_each_other() -> None:
    rows = compare(
        sample(use="comparison"),
        {
            "north": {"d": "x", "e": "yes", "g": "so"},
            "south": {"d": "y", "e": "yes"},
            "west": {"d": "y"},
        },
    )
    by_key = {row.key: row for row in rows}
    assert by_key["d"].groups == (("y", ("south", "west")), ("x", ("north",)))
    assert (by_key["d"].alike, by_key["e"].alike, by_key["a"].alike) == (False, True, None)
    assert by_key["g"].alike is None
    assert by_key["g"].answers == {"north": "so"}
