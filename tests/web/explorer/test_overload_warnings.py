"""A queue that grows without end is said before a run, while it runs, and beside its outcome."""

from typing import Any

import pytest
from django.test import Client

from tests.explorer_world import kept_run, outcome
from tests.science.caresystem import samples
from vliegwiel.apps.explorer import services
from vliegwiel.apps.explorer.models import ScenarioVersion
from vliegwiel.apps.regions.models import Region, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def too_few(region: Region, analyst: User) -> ScenarioVersion:
    """A scenario that takes too many places away, where nobody stops waiting."""
    document: dict[str, Any] = samples.care_system()
    ambulant = document["care_types"][0]
    ambulant["capacity"]["places"] = samples.printed(300.0, "places")
    del ambulant["patience"]
    system = services.load_care_system(
        region=region, document=samples.as_text(document), by=analyst
    )
    change = samples.scenario()
    change["interventions"].append(
        {
            "target": "care_types.ambulant.places",
            "operation": "set",
            "size": samples.printed(100.0, "places"),
            "stages": [{"from": "2025-01-01", "municipalities": "all"}],
        }
    )
    return services.load_example(care_system=system, document=samples.as_text(change), by=analyst)


def logged_in(client: Client, user: User) -> Client:
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


WORDS = "kan ambulante hulp het vanaf januari 2025 niet bijhouden"


def test_the_page_of_the_scenario_says_it_before_a_run(
    client: Client, too_few: ScenarioVersion, lead: User, reader: User
) -> None:
    for user in (lead, reader):
        page = logged_in(client, user).get(f"/regio/ijsselland/verkennen/scenario/{too_few.pk}/")
        assert WORDS in page.content.decode()
        assert "en er zijn er 100" in page.content.decode()


def test_the_page_of_the_outcome_says_it_beside_the_answer(
    client: Client, too_few: ScenarioVersion, lead: User
) -> None:
    run = kept_run(too_few, outcome(), by=lead)
    page = logged_in(client, lead).get(f"/regio/ijsselland/verkennen/berekening/{run.pk}/")
    assert WORDS in page.context["page"].cautions[0]
    assert WORDS in page.content.decode()


def test_the_api_says_it_of_the_scenario_the_run_and_the_result(
    client: Client, too_few: ScenarioVersion, lead: User
) -> None:
    home = "/api/v1/regions/ijsselland"
    asked = logged_in(client, lead)
    (scenario,) = asked.get(f"{home}/scenarios").json()
    assert WORDS in scenario["warnings"][0]
    run = asked.post(
        f"{home}/scenarios/{too_few.pk}/runs", {"months": 24}, content_type="application/json"
    ).json()
    assert run["status"] == "queued"
    assert WORDS in run["warnings"][0]
    done = kept_run(too_few, outcome(), by=lead)
    assert WORDS in asked.get(f"{home}/runs/{done.pk}/result").json()["warnings"][0]


def test_nothing_is_said_of_a_scenario_that_keeps_up(
    client: Client, scenario: ScenarioVersion, lead: User
) -> None:
    page = logged_in(client, lead).get(f"/regio/ijsselland/verkennen/scenario/{scenario.pk}/")
    assert "niet bijhouden" not in page.content.decode()
    (told,) = client.get("/api/v1/regions/ijsselland/scenarios").json()
    assert told["warnings"] == []
