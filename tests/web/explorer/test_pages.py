"""The pages of exploring, as a browser without scripts gets them."""

import json
import re

import pytest
from django.test import Client

from vliegwiel.apps.explorer import services
from vliegwiel.apps.explorer.models import CareSystemVersion, ScenarioVersion, SimulationRun
from vliegwiel.apps.regions.models import Region, User

pytestmark = pytest.mark.django_db
BASE = "/regio/ijsselland/verkennen/"


@pytest.fixture
def as_lead(client: Client, lead: User) -> Client:
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def as_reader(client: Client, reader: User) -> Client:
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_visitor_is_sent_to_log_in(client: Client, scenario: ScenarioVersion) -> None:
    answer = client.get(BASE)
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]


def test_an_empty_region_teaches(as_lead: Client) -> None:
    page = as_lead.get(BASE).content.decode()
    assert "Nog geen scenario" in page
    assert "Nog geen zorgstelsel" in page


def test_the_overview_shows_scenario_and_sentence(
    as_reader: Client, finished: SimulationRun
) -> None:
    page = as_reader.get(BASE).content.decode()
    assert "Eindige trajecten" in page
    assert "ambulante hulp" in page
    assert f"{BASE}berekening/{finished.pk}/" in page
    # A reader asks for nothing and changes nothing.
    assert f"{BASE}scenario/{finished.scenario_id}/starten/" not in page


def test_every_number_of_the_care_system_says_where_it_comes_from(
    as_reader: Client, care_system: CareSystemVersion
) -> None:
    page = as_reader.get(f"{BASE}zorgstelsel/").content.decode()
    assert "Yearbook, table 1" in page
    found = as_reader.get(f"{BASE}zorgstelsel/", {"q": "plekken ambulant"}).content.decode()
    assert "A × B" in found
    assert "A = Ambulante hulp: in zorg bij de start" in found
    assert "in_care" not in found
    none = as_reader.get(f"{BASE}zorgstelsel/", {"q": "xyzzy"}).content.decode()
    assert "Niets gevonden" in none
    assumed = as_reader.get(f"{BASE}zorgstelsel/", {"kind": "assumed"}).context["page"]
    assert {row.kind for group in assumed.groups for row in group.rows} == {"Aangenomen"}


def test_a_note_that_holds_for_several_numbers_is_said_once(
    as_reader: Client, care_system: CareSystemVersion
) -> None:
    answer = as_reader.get(f"{BASE}zorgstelsel/", {"kind": "assumed"})
    (group,) = answer.context["page"].groups
    assert len(group.rows) > 5
    page = answer.content.decode()
    assert page.count("not measured") == 1
    assert f"Over deze {len(group.rows)} getallen: not measured" in page


def test_a_reader_reads_a_scenario_without_the_form(
    as_reader: Client, scenario: ScenarioVersion
) -> None:
    page = as_reader.get(f"{BASE}scenario/{scenario.pk}/").content.decode()
    assert "Ambulante hulp: <strong>40% kleiner</strong>" in page
    assert "onzeker: 10 tot 60% kleiner" in page
    assert '<form class="vw-form"' not in page
    assert as_reader.post(f"{BASE}scenario/{scenario.pk}/", {}).status_code in (403, 422)
    assert ScenarioVersion.objects.count() == 1


def test_start_runs_the_scenario_as_it_is(as_lead: Client, scenario: ScenarioVersion) -> None:
    answer = as_lead.post(f"{BASE}scenario/{scenario.pk}/starten/")
    run = SimulationRun.objects.get()
    assert answer.headers["Location"] == f"{BASE}berekening/{run.pk}/"
    assert (run.months, run.replications, run.seed) == (60, 200, 1)


def test_a_reader_may_not_start_or_cancel(as_reader: Client, scenario: ScenarioVersion) -> None:
    assert as_reader.post(f"{BASE}scenario/{scenario.pk}/starten/").status_code == 403


def test_progress_says_what_is_done_and_can_be_stopped(
    as_lead: Client, scenario: ScenarioVersion, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = services.start_run(scenario=scenario, months=24, replications=20, seed=1, by=lead)
    url = f"{BASE}berekening/{run.pk}/"
    still = as_lead.get(url).content.decode()
    assert "De berekening staat stil" in still
    assert "De berekening begint zo." not in still
    monkeypatch.setattr("vliegwiel.apps.explorer.queries.worker_is_alive", lambda: True)
    page = as_lead.get(url).content.decode()
    assert "De berekening begint zo." in page
    assert "De berekening staat stil" not in page
    assert 'hx-trigger="every 1s"' in page
    assert "Opnieuw kijken" in page
    fragment = as_lead.get(url, headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert "HX-Refresh" not in fragment.headers

    assert as_lead.post(f"{url}annuleren/").status_code == 302
    stopped = as_lead.get(url).content.decode()
    assert "Geannuleerd" in stopped
    assert as_lead.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert as_lead.post(f"{url}opnieuw/").status_code == 302
    run.refresh_from_db()
    assert run.status == "queued"


def test_what_is_under_way_is_not_started_again(
    as_lead: Client, scenario: ScenarioVersion, lead: User
) -> None:
    run = services.start_run(scenario=scenario, months=24, replications=20, seed=1, by=lead)
    where = f"{BASE}berekening/{run.pk}/"
    answer = as_lead.post(f"{where}opnieuw/", follow=True)
    assert answer.redirect_chain == [(where, 302)]
    assert "Deze voorspelling loopt al of is al klaar." in answer.content.decode()
    assert SimulationRun.objects.count() == 1


def test_the_result_begins_with_a_sentence(as_reader: Client, finished: SimulationRun) -> None:
    page = as_reader.get(f"{BASE}berekening/{finished.pk}/").content.decode()
    headline = re.search(r'id="headline"><strong>([^<]+)', page)
    assert headline is not None
    assert "ambulante hulp" in headline[1]
    assert "in 2025" in headline[1]
    assert "Uitkomst van een model." in page
    drawn = {
        figure[1]
        for figure in re.finditer(r'<figure[^>]* id="([^"]+)".*?</figure>', page, re.DOTALL)
        if "vw-chart__wide" in figure[0]
    }
    assert drawn == {
        *("difference", "through-time", "water-bed", "costs", "cost-reasons", "tornado"),
        *("flows", "municipality-costs", "waits", "today"),
    }
    assert "Met dezelfde documenten" in page


def test_measure_and_form_of_care_are_chosen_by_address(
    as_reader: Client, finished: SimulationRun
) -> None:
    url = f"{BASE}berekening/{finished.pk}/"
    page = as_reader.get(url, {"measure": "cost", "care_type": "residential"}).context["page"]
    assert page.figures.through_time.table.caption == "Kosten (duizend euro per maand), verblijf"
    nobody = as_reader.get(url, {"measure": "waiting_time", "care_type": "local"})
    assert "Hier wacht niemand" in nobody.content.decode()
    odd = as_reader.get(url, {"measure": "nonsense", "care_type": "nonsense"}).context["page"]
    assert odd.form.chosen() == ("waiting_time", "ambulant")


def test_the_result_is_complete_in_english(as_reader: Client, finished: SimulationRun) -> None:
    as_reader.cookies["language"] = "en"
    page = as_reader.get(f"{BASE}berekening/{finished.pk}/").content.decode()
    assert "Where the trouble moves" in page
    assert "ambulant help" in page


def test_json_holds_the_result_with_its_mark(as_reader: Client, finished: SimulationRun) -> None:
    answer = as_reader.get(f"{BASE}berekening/{finished.pk}/uitkomst.json")
    body = json.loads(answer.content)
    assert body["kind"]["en"] == "outcome of a model"
    assert body["forecast"]["identity"]["seed"] == 1
    assert set(body["sentence"]) == {"nl", "en"}


def test_what_is_not_there_is_not_found(as_lead: Client, region: Region) -> None:
    for path in ("scenario/999/", "berekening/999/", "berekening/999/uitkomst.csv"):
        assert as_lead.get(f"{BASE}{path}").status_code == 404


def test_another_region_sees_nothing_of_it(
    client: Client, finished: SimulationRun, lead: User
) -> None:
    Region.objects.create(code="JZ14", slug="twente", name="Twente")
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = f"/regio/twente/verkennen/berekening/{finished.pk}/"
    assert client.get(url).status_code == 403
