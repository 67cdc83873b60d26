"""What ships: counted against the sources that it comes from."""

from collections import Counter

import pytest

from vliegwiel import reference
from vliegwiel.science.questionnaires import Instrument, read_instrument, read_triage

SHIPPED = {file.name: read_instrument(file.content) for file in reference.instrument_files()}


def shipped(key: str) -> Instrument:
    return SHIPPED[f"{key}.json"]


def test_everything_is_named_after_its_key_and_has_its_place_in_a_source() -> None:
    known = set(reference.sources())
    assert {name.removesuffix(".json") for name in SHIPPED} == {i.key for i in SHIPPED.values()}
    assert {item.source for item in SHIPPED.values()} <= known
    assert all(item.place for item in SHIPPED.values())


def test_the_maturity_scan_has_28_questions_over_17_capabilities_and_6_aspects() -> None:
    scan = shipped("maturity-scan")
    assert (len(scan.questions), len(scan.parts), len(scan.aspects)) == (28, 17, 6)
    assert scan.scale is not None
    assert (scan.scale.low, scan.scale.high) == (1, 5)
    assert {question.part for question in scan.questions} == {part.key for part in scan.parts}
    assert {part.aspect for part in scan.parts} == {aspect.key for aspect in scan.aspects}
    means = {aspect.title.nl: aspect.compare for aspect in scan.aspects}
    assert means == {
        "Netwerk": 3.7,
        "Cultuur": 3.6,
        "Proces en bestuur": 3.45,
        "Visie en strategie": 3.35,
        "Middelen": 3.2,
        "Resultaten en feedback": 2.7,
    }


def test_the_statements_stand_in_three_steps() -> None:
    statements = shipped("process-statements")
    steps = Counter(question.aspect for question in statements.questions)
    assert steps == {"activate": 4, "plan": 5, "scale": 3}
    assert sum(steps.values()) == 12


@pytest.mark.parametrize(
    ("key", "aspects", "questions"),
    [
        ("preconditions", 4, 8),
        ("proposal-requirements", 0, 9),
        ("assessment-framework", 13, 26),
        ("brainstorm", 0, 5),
        ("access-models", 0, 11),
    ],
)
def test_the_others_are_complete(key: str, aspects: int, questions: int) -> None:
    found = shipped(key)
    assert (len(found.aspects), len(found.questions)) == (aspects, questions)


def test_the_access_models_are_a_to_d_and_every_aspect_has_its_risk() -> None:
    models = shipped("access-models")
    first = models.questions[0]
    assert [choice.key for choice in first.choices] == ["a", "b", "c", "d"]
    assert [choice.label.nl[:2] for choice in first.choices] == ["A.", "B.", "C.", "D."]
    assert all(question.risk for question in models.questions)
    assert {question.place for question in models.questions} == {"6.1", "6.3"}


def test_triage_leads_to_three_layers() -> None:
    triage = read_triage(reference.triage_text())
    assert [level.key for level in triage.levels] == ["base", "local", "specialist"]
    assert len(triage.questions) == 6
