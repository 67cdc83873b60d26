"""Another system brings measurements: whole or not at all, and twice is once."""

from typing import Any

from django.test import Client

from tests.apps.pilots.conftest import facts, initiative, manager, mark, pilot
from vliegwiel.apps.decisions.models import Evidence
from vliegwiel.apps.pilots import PlanFacts, services
from vliegwiel.apps.pilots.models import Delivery, Measurement, Pilot
from vliegwiel.apps.regions.models import User

__all__ = ["facts", "initiative", "manager", "mark", "pilot"]


def address(pilot: Pilot, part: str) -> str:
    region = pilot.initiative.region
    assert region is not None
    outcome = pilot.outcomes.get().pk
    return f"/api/v1/regions/{region.slug}/pilots/{pilot.pk}/outcomes/{outcome}/{part}"


def row(number: int, **changed: Any) -> dict[str, Any]:
    group = ("met", "zonder")[number % 2]
    day = f"2026-{2 + number % 6:02d}-10"
    return {"group": group, "unit": f"j{number}", "day": day, "value": 6 + number % 3, **changed}


def post(client: Client, url: str, **sent: Any) -> Any:
    return client.post(url, sent, content_type="application/json")


def test_the_same_twice_is_taken_once(client: Client, pilot: Pilot, lead: User) -> None:
    client.force_login(lead)
    url = address(pilot, "measurements")
    rows = [row(number) for number in range(40)]
    first = post(client, url, rows=rows, name="ECD").json()
    assert (first["added"], first["unchanged"]) == (40, 0)
    again = post(client, url, rows=rows, name="ECD").json()
    assert again == {"delivery": None, "added": 0, "corrected": 0, "unchanged": 40}
    assert (Delivery.objects.get().channel, Evidence.objects.count()) == ("api", 1)
    (told,) = client.get(address(pilot, "deliveries")).json()
    assert (told["id"], told["name"]) == (first["delivery"], "ECD")


def test_every_fault_has_its_place(client: Client, pilot: Pilot, lead: User) -> None:
    client.force_login(lead)
    rows = [row(0), row(1, value=70), row(2, unit="123456782"), row(3, unit="a\x00b")]
    answer = post(client, address(pilot, "measurements"), rows=rows)
    assert answer.status_code == 400
    told = {(one["location"]["pointer"], one["code"]) for one in answer.json()["errors"]}
    assert told == {
        ("#/rows/1/value", "too_high"),
        ("#/rows/2/unit", "personal_unit"),
        ("#/rows/3/unit", "strange_unit"),
    }
    assert not Measurement.objects.exists()


def test_a_name_that_no_database_keeps_is_refused(client: Client, pilot: Pilot, lead: User) -> None:
    client.force_login(lead)
    answer = post(client, address(pilot, "measurements"), rows=[row(0)], name="E\x00CD")
    assert answer.status_code == 400
    assert not Measurement.objects.exists()


def test_a_draft_and_a_reader_are_refused(
    client: Client, facts: PlanFacts, initiative: int, pilot: Pilot, lead: User, reader: User
) -> None:
    draft = services.draft(
        initiative_id=initiative, facts=PlanFacts(title="B", outcomes=facts.outcomes), by=lead
    )
    client.force_login(lead)
    assert post(client, address(draft, "measurements"), rows=[row(0)]).status_code == 409
    client.force_login(reader)
    assert post(client, address(pilot, "measurements"), rows=[row(0)]).status_code == 403
    assert client.get(address(pilot, "deliveries")).status_code == 200
