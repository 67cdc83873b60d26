"""The pages of the smallest useful test, as a browser without scripts gets them."""

import csv
import io
import json

import pytest
from django.test import Client
from django.utils import timezone

from vliegwiel.apps.explorer import services
from vliegwiel.apps.explorer.models import ScenarioVersion, SimulationRun
from vliegwiel.apps.explorer.pilot_work import PilotQuestion
from vliegwiel.apps.regions.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BASE = "/regio/ijsselland/verkennen/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FORM = {
    "outcome": "days_in_care", "care_type": "ambulant", "design": "youths",
    "given": ["0193", "0150"], "compared": ["0166"], "numbers": "", "certainty": "0.8",
    "months_before": "6", "longest": "12", "pilots": "200",
}  # fmt: skip


@pytest.fixture
def as_lead(client: Client, lead: User) -> Client:
    client.force_login(lead, backend=BACKEND)
    return client


@pytest.fixture
def as_reader(client: Client, reader: User) -> Client:
    client.force_login(reader, backend=BACKEND)
    return client


def question(**further: object) -> PilotQuestion:
    asked = {
        "design": "youths", "outcome": "days_in_care", "care_type": "ambulant",
        "given": ("0193", "0150"), "candidates": ("0166",), "numbers": (), "certainty": 0.8,
        "months_before": 6, "longest": 12, **further,
    }  # fmt: skip
    return PilotQuestion(**asked)  # type: ignore[arg-type]


@pytest.fixture
def answered(scenario: ScenarioVersion, lead: User) -> SimulationRun:
    run = services.start_smallest_test(
        scenario=scenario, question=question(), replications=100, seed=1, by=lead
    )
    services.work_on_run(run_id=run.pk)
    run.refresh_from_db()
    return run


def address(scenario: ScenarioVersion) -> str:
    return f"{BASE}scenario/{scenario.pk}/kleinste-proef/"


def test_the_form_begins_with_the_places_of_the_scenario(
    as_lead: Client, scenario: ScenarioVersion
) -> None:
    page = as_lead.get(address(scenario)).content.decode()
    assert "De kleinste nuttige proef" in page
    assert "Jeugdigen door loting, binnen de proefgemeenten" in page
    assert '<input type="checkbox" name="given" value="0193" id="id_given_0" checked' in page
    assert 'name="compared" value="0166" id="id_compared_2" checked' in page


def test_a_question_becomes_a_run_that_can_be_stopped_and_tried_again(
    as_lead: Client, scenario: ScenarioVersion
) -> None:
    sent = as_lead.post(address(scenario), FORM)
    run = SimulationRun.objects.get()
    assert sent.status_code == 302
    assert sent.headers["Location"] == f"{BASE}proef/{run.pk}/"
    waiting = as_lead.get(f"{BASE}proef/{run.pk}/").content.decode()
    assert "Het antwoord wordt berekend" in waiting
    as_lead.post(f"{BASE}proef/{run.pk}/annuleren/")
    stopped = as_lead.get(f"{BASE}proef/{run.pk}/").content.decode()
    assert "De berekening is niet afgemaakt" in stopped
    as_lead.post(f"{BASE}proef/{run.pk}/opnieuw/")
    run.refresh_from_db()
    assert run.status == "queued"
    services.work_on_run(run_id=run.pk)
    assert "Hoe zeker dit is" in as_lead.get(f"{BASE}proef/{run.pk}/").content.decode()


def test_the_answer_comes_first_then_how_sure_then_the_picture_with_its_table(
    as_reader: Client, answered: SimulationRun
) -> None:
    page = as_reader.get(f"{BASE}proef/{answered.pk}/").content.decode()
    order = [
        page.index(part)
        for part in ('id="headline"', 'id="sure"', 'id="power"', "Elke duur die is geprobeerd")
    ]
    assert order == sorted(order)
    assert "vw-chart__wide" in page
    assert "Zwolle, Deventer" in page
    assert "een uitkomst van het model, geen meting" in page
    known = as_reader.get(address(answered.scenario)).content.decode()
    assert f"{BASE}proef/{answered.pk}/" in known
    assert "Zoek de kleinste nuttige proef" not in known


def test_files_hold_every_duration(as_reader: Client, answered: SimulationRun) -> None:
    base = f"{BASE}proef/{answered.pk}/uitkomst"
    rows = list(csv.DictReader(io.StringIO(as_reader.get(f"{base}.csv").content.decode())))
    assert [int(row["months"]) for row in rows] == list(range(3, 13))
    dutch = as_reader.get(f"{base}.csv?notation=nl").content.decode()
    assert "Proefgemeenten;Maanden" in dutch
    found = json.loads(as_reader.get(f"{base}.json").content)
    assert found["asked"]["design"] == "youths"


def test_what_cannot_be_asked_stands_beside_its_field(
    as_lead: Client, scenario: ScenarioVersion
) -> None:
    wrong = {**FORM, "numbers": "1", "longest": "5"}
    answer = as_lead.post(address(scenario), wrong)
    assert answer.status_code == 422
    assert not SimulationRun.objects.exists()
    answer = as_lead.post(address(scenario), {**FORM, "numbers": "9"})
    assert answer.status_code == 422
    assert "Er zijn maar 3 gemeenten om uit te kiezen." in answer.content.decode()
    answer = as_lead.post(address(scenario), {**FORM, "numbers": "two"})
    assert "Schrijf hele getallen" in answer.content.decode()
    answer = as_lead.post(address(scenario), {**FORM, "numbers": "1 2 3 4 5"})
    assert "hoogstens vier" in answer.content.decode()


def test_fewer_municipalities_than_are_named_are_refused_in_words(
    as_lead: Client, scenario: ScenarioVersion
) -> None:
    sent = {**FORM, "numbers": "1"}
    answer = as_lead.post(address(scenario), sent)
    assert answer.status_code == 422
    words = "Er zijn 2 proefgemeenten genoemd, meer dan 1."
    assert answer.context["page"].form.errors == {"numbers": [words]}
    assert words in answer.content.decode()
    assert not SimulationRun.objects.exists()
    # As many as are named is a question.
    assert as_lead.post(address(scenario), {**sent, "numbers": "2"}).status_code == 302


def test_a_calculation_says_what_it_does_and_starts_once(
    as_lead: Client, scenario: ScenarioVersion, lead: User
) -> None:
    run = services.start_smallest_test(
        scenario=scenario, question=question(), replications=100, seed=1, by=lead
    )
    SimulationRun.objects.filter(pk=run.pk).update(
        status="running", activity="pilots", started_at=timezone.now()
    )
    where = f"{BASE}proef/{run.pk}/"
    part = as_lead.get(where, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Proeven worden nagebootst, met en zonder de verandering." in part.content.decode()
    again = as_lead.post(f"{where}opnieuw/", follow=True)
    assert again.redirect_chain == [(where, 302)]
    assert "Deze berekening loopt al of is klaar." in again.content.decode()
    assert SimulationRun.objects.get().status == "running"


def test_a_reader_may_not_ask(as_reader: Client, scenario: ScenarioVersion) -> None:
    assert as_reader.post(address(scenario), FORM).status_code == 403
    assert not SimulationRun.objects.exists()


def test_what_is_not_there_is_not_found(
    as_lead: Client, answered: SimulationRun, lead: User
) -> None:
    assert as_lead.get(f"{BASE}scenario/999999/kleinste-proef/").status_code == 404
    assert as_lead.get(f"{BASE}proef/999999/").status_code == 404
    # A forecast is no smallest useful test, and the other way round.
    assert as_lead.get(f"{BASE}berekening/{answered.pk}/").status_code == 404
    run = services.start_run(
        scenario=answered.scenario, months=24, replications=20, seed=1, by=lead
    )
    assert as_lead.get(f"{BASE}proef/{run.pk}/").status_code == 404
    assert as_lead.get(f"{BASE}proef/{run.pk}/uitkomst.csv").status_code == 404


def test_what_cannot_be_measured_is_said_plainly(
    as_lead: Client, scenario: ScenarioVersion, lead: User
) -> None:
    asked = question(design="differences", candidates=("0166",))
    run = services.start_smallest_test(
        scenario=scenario, question=asked, replications=100, seed=1, by=lead
    )
    services.work_on_run(run_id=run.pk)
    page = as_lead.get(f"{BASE}proef/{run.pk}/").content.decode()
    assert "Dit is niet te meten: deze opzet vraagt minstens 1 " in page
    assert "te weinig gemeenten" in page


def test_the_answer_speaks_english_as_well(as_lead: Client, answered: SimulationRun) -> None:
    as_lead.cookies["language"] = "en"
    page = as_lead.get(f"{BASE}proef/{answered.pk}/").content.decode()
    assert "How sure this is" in page
    assert "Every duration that was tried" in page
