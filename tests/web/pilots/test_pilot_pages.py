"""The pilots of a region and the page of a plan."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.answers import text
from vliegwiel.apps.pilots import PlanFacts, services
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region, User

LIST = "/regio/ijsselland/proeven/"


def test_without_pilots_the_list_says_what_to_do(as_manager: Client) -> None:
    page = text(as_manager.get(LIST))
    assert "Nog geen proeven" in page
    assert "Plan een proef" in page


def test_a_registered_plan_can_be_read_whole(as_manager: Client, pilot: Pilot) -> None:
    page = text(as_manager.get(f"{LIST}{pilot.pk}/"))
    for words in (
        *("Proef in Zwolle", "Behandeling thuis", "Met hulp thuis", "Gewone hulp", "Tevredenheid"),
        *("0,5 cijfer", "Verschil in gemiddelde.", "Stop bij aantoonbare schade.", "zonder"),
    ):
        assert words in page, words


def test_the_list_takes_the_same_queries_with_many(
    as_manager: Client, pilot: Pilot, initiative: int, manager: User
) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert as_manager.get(address).status_code == 200
        return len(found)

    few = asked(LIST)
    for number in range(24):
        services.draft(
            initiative_id=initiative, facts=PlanFacts(title=f"Proef {number}"), by=manager
        )
    assert max(asked(LIST), asked(f"{LIST}?page=2")) <= few <= 12
    assert "25 proeven" in text(as_manager.get(LIST))


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("stand=draft", {"Later"}),
        ("stand=running", {"Proef in Zwolle"}),
        ("opzet=randomised", {"Proef in Zwolle"}),
        ("zoek=hulp+thuis", {"Proef in Zwolle"}),
        ("zoek=later", {"Later"}),
        ("stand=ended", set()),
        ("stand=onzin", {"Later", "Proef in Zwolle"}),
    ],
)
def test_the_list_is_narrowed(
    as_manager: Client,
    pilot: Pilot,
    initiative: int,
    manager: User,
    question: str,
    titles: set[str],
) -> None:
    services.draft(initiative_id=initiative, facts=PlanFacts(title="Later"), by=manager)
    page = as_manager.get(f"{LIST}?{question}")
    assert {row.title for row in page.context["page"]} == titles


def test_a_pilot_of_another_region_is_not_there(client: Client, pilot: Pilot, lead: User) -> None:
    other = Region.objects.create(code="JZ99", slug="elders", name="Elders")
    client.force_login(lead)
    assert client.get(f"/regio/elders/proeven/{pilot.pk}/").status_code == 403
    other.memberships.create(user=lead, role="project_lead")
    assert client.get(f"/regio/elders/proeven/{pilot.pk}/").status_code == 404
