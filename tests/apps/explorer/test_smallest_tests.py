"""Asking for a smallest useful test in the background: one path with forecasts, and its own."""

import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import (
    DocumentRefused,
    Interrupted,
    SettingsRefused,
    pilot_words,
    queries,
    services,
)
from vliegwiel.apps.explorer.models import RunPiece, ScenarioVersion, SimulationRun
from vliegwiel.apps.explorer.pilot_work import PilotQuestion, prepare_documents
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import User
from vliegwiel.science.evidence import SENTENCES, SmallestTest
from vliegwiel.science.kernel import Check, Outcome

pytestmark = pytest.mark.slow

QUESTION = PilotQuestion(
    design="youths", outcome="days_in_care", care_type="ambulant", given=("0193", "0150"),
    candidates=("0166",), numbers=(), certainty=0.8, months_before=6, longest=12,
)  # fmt: skip


def ask(scenario: ScenarioVersion, by: User, **further: object) -> SimulationRun:
    asked = {"question": QUESTION, "replications": 100, "seed": 1, **further}
    return services.start_smallest_test(scenario=scenario, by=by, **asked)


def test_a_question_is_answered_and_kept(scenario: ScenarioVersion, lead: User) -> None:
    run = ask(scenario, lead)
    assert ask(scenario, lead) == run
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    assert run.status == "done"
    assert not run.pieces.exists()
    test = queries.smallest_test_of(run)
    assert test.asked.design == "youths"
    assert test.asked.replications == 100
    assert pilot_words.headline(test)
    assert pilot_words.municipalities(test) == "Zwolle, Deventer"
    # The same question has the same answer: no second run.
    assert ask(scenario, lead) == run


def test_a_question_that_the_table_cannot_keep_is_refused(
    scenario: ScenarioVersion, lead: User
) -> None:
    short = replace(QUESTION, months_before=3, longest=6)
    with pytest.raises(SettingsRefused) as refused:
        ask(scenario, lead, question=short)
    assert refused.value.limits == {"months": (12, 120)}
    assert not SimulationRun.objects.exists()


def test_numbers_in_the_answer_are_written_once(scenario: ScenarioVersion) -> None:
    found = Check(
        "effect_in_model", Outcome.INFORMATIVE, SENTENCES["effect_in_model"],
        {"unit": "euro", "before": "125000", "after": "-1250.5", "elsewhere": 0.04},
    )  # fmt: skip
    with override("nl"):
        sentence = pilot_words.check(found)
    assert "125.000 " in sentence
    assert "\N{MINUS SIGN}1.250,5 " in sentence


def test_a_smallest_test_is_no_forecast_and_a_forecast_no_smallest_test(
    scenario: ScenarioVersion, lead: User
) -> None:
    region = scenario.care_system.region
    run = ask(scenario, lead)
    forecast = services.start_run(scenario=scenario, months=18, replications=100, seed=1, by=lead)
    assert forecast.pk != run.pk
    services.work_on_run(run_id=run.pk)
    assert queries.run(region, run.pk) is None
    assert queries.smallest_test_run(region, forecast.pk) is None
    assert queries.smallest_test_run(region, run.pk) == run
    assert list(queries.runs_of(scenario)) == [forecast]
    assert list(queries.smallest_tests_of(scenario)) == [run]
    assert not queries.newest_forecasts(region)
    assert not queries.finished_runs(region)
    assert not queries.finished_runs_of(region, [run.pk])
    assert queries.scenarios_of(region)[0].last_done is None
    with pytest.raises(ValueError, match="no answer"):
        queries.smallest_test_of(forecast)


def test_work_goes_on_where_it_stopped_with_the_same_answer(
    scenario: ScenarioVersion, lead: User
) -> None:
    run = ask(scenario, lead)
    looks = iter([False, False, False, True])
    with pytest.raises(Interrupted):
        services.work_on_run(run_id=run.pk, interrupted=lambda: next(looks))
    assert run.pieces.count() == 3
    # A piece of another version of the product is made anew.
    RunPiece.objects.filter(run=run, index=1).update(data=b"of another version")
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    work = prepare_documents(
        care_system=scenario.care_system.document, scenario=scenario.document,
        question=run.question, replications=100, seed=1, threads=1,
    )  # fmt: skip
    whole = work.assemble({piece.key: work.compute(piece, {}) for piece in work.pieces})
    assert SmallestTest.from_json(run.result) == whole
    assert work.total == 200


def test_it_can_be_stopped_and_tried_again(scenario: ScenarioVersion, lead: User) -> None:
    run = ask(scenario, lead)
    services.cancel_run(run=run, by=lead)
    run.refresh_from_db()
    assert run.status == "cancelled"
    again = services.retry(run=run, by=lead)
    assert again == run
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    assert run.status == "done"


def test_two_questions_with_the_same_numbers_are_two_runs(
    scenario: ScenarioVersion, lead: User
) -> None:
    one = ask(scenario, lead)
    other = ask(scenario, lead, question=replace(QUESTION, outcome="starts"))
    assert one != other
    with pytest.raises(IntegrityError), transaction.atomic():
        SimulationRun.objects.filter(pk=other.pk).update(question=one.question)


def test_what_cannot_be_asked_is_refused(scenario: ScenarioVersion, lead: User) -> None:
    with pytest.raises(DocumentRefused) as refused:
        ask(scenario, lead, question=replace(QUESTION, outcome="luck", given=("9999",)))
    assert {fault.code for fault in refused.value.faults} == {
        "unknown_outcome", "unknown_municipality",
    }  # fmt: skip
    with pytest.raises(SettingsRefused) as outside:
        ask(scenario, lead, replications=99, question=replace(QUESTION, longest=61))
    assert set(outside.value.limits) == {"replications", "longest"}
    assert not SimulationRun.objects.exists()


def test_who_may_not_run_forecasts_may_not_ask(scenario: ScenarioVersion, reader: User) -> None:
    with pytest.raises(NotAllowed):
        ask(scenario, reader)


def test_files_hold_every_duration(scenario: ScenarioVersion, lead: User) -> None:
    run = ask(scenario, lead)
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    test = queries.smallest_test_of(run)
    programs = list(pilot_words.csv_lines(test))
    people = list(pilot_words.spreadsheet_lines(test))
    assert len(programs) == 1 + 10
    assert len(people) == 2 + 10  # the mark of the encoding
    assert programs[1].startswith("JZ06,finite,youths,days_in_care,ambulant,2,3,")
    assert ";" in people[2]
    assert "uitkomst van een model" in people[2]
    assert json.loads(pilot_words.marked_json(test))["kind"] == "outcome of a model"


def test_question_survives_being_kept() -> None:
    assert PilotQuestion.from_json(QUESTION.to_json()) == QUESTION


def test_sample_region_has_the_municipalities_of_the_question() -> None:
    codes = {m["code"] for m in samples.care_system()["municipalities"]}
    assert {*QUESTION.given, *QUESTION.candidates} == codes
