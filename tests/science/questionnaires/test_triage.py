"""Triage: where answers lead, by hand; in danger never to lighter help."""

import itertools
import json

import pytest

from vliegwiel import reference
from vliegwiel.apps.offers.queries import OfferedForm
from vliegwiel.science.kernel import DocumentError
from vliegwiel.science.questionnaires import Triage, lead, read_triage

LIGHT = {
    "safety": "no",
    "subject": "growing-up",
    "problems": "one",
    "daily": "little",
    "network": "yes",
    "earlier": "none",
}


@pytest.fixture(scope="module")
def triage() -> Triage:
    return read_triage(reference.triage_text())


@pytest.mark.parametrize(
    ("changes", "level", "urgent", "forms"),
    [
        ({}, "base", False, ("neighbourhood_team",)),
        ({"problems": "several"}, "local", False, ("neighbourhood_team",)),
        ({"earlier": "not-enough"}, "local", False, ("neighbourhood_team",)),
        ({"daily": "stuck"}, "specialist", False, ("outpatient", "own_network")),
        ({"daily": "stuck", "earlier": "goals-met"}, "local", False, ("neighbourhood_team",)),
        ({"subject": "mind", "daily": "stuck"}, "specialist", False, ("outpatient",)),
        (
            {"subject": "living"},
            "specialist",
            False,
            ("foster_care", "family_type", "other_residence"),
        ),
        ({"safety": "yes"}, "specialist", True, ("crisis",)),
        ({"safety": "yes", "earlier": "goals-met"}, "specialist", True, ("crisis",)),
        ({"earlier": "goals-met"}, "base", False, ("neighbourhood_team",)),
    ],
)
def test_where_answers_lead(
    triage: Triage, changes: dict[str, str], level: str, urgent: bool, forms: tuple[str, ...]
) -> None:
    advice = lead(triage, {**LIGHT, **changes})
    assert (advice.level.key, advice.urgent, advice.forms) == (level, urgent, forms)
    assert all(reason.nl for reason in advice.reasons)
    assert bool(advice.reasons) == bool(changes)


def test_every_way_ends_in_a_layer_with_reasons_and_a_way_up_or_down(triage: Triage) -> None:
    """All answers there are: 3 x 6 x 3 x 3 x 3 x 3."""
    keys = [question.key for question in triage.questions]
    ways = itertools.product(*([way.key for way in q.choices] for q in triage.questions))
    known, seen = set(OfferedForm.values), set()
    for chosen in ways:
        advice = lead(triage, dict(zip(keys, chosen, strict=True)))
        seen.add(advice.level.key)
        assert known.issuperset(advice.forms)
        assert advice.reasons or advice.level.key == "base"
        assert advice.lighter or advice.heavier
        if advice.urgent:
            assert advice.level.key == "specialist"
            assert advice.reasons[0].en.startswith("In danger")
    assert seen == {"base", "local", "specialist"}


def test_what_was_not_answered_is_named(triage: Triage) -> None:
    with pytest.raises(DocumentError) as refused:
        lead(triage, {**LIGHT, "safety": "", "daily": "unheard"})
    assert {(fault.path, fault.code) for fault in refused.value.faults} == {
        ("safety", "unanswered"),
        ("daily", "no_choice"),
    }


def test_a_faulty_triage_is_refused_with_every_fault() -> None:
    document = json.loads(reference.triage_text())
    document["questions"][0]["choices"][1]["leads_to"] = "nowhere"
    del document["questions"][0]["choices"][2]["reason"]
    document["levels"][1]["key"] = "base"
    with pytest.raises(DocumentError) as refused:
        read_triage(json.dumps(document))
    paths = {fault.path for fault in refused.value.faults}
    assert {"questions[0].choices[1].leads_to", "questions[0].choices[2]", "levels[1].key"} <= paths
