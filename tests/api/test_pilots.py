"""Indicators, targets and plans as JSON."""

from collections.abc import Callable

from django.test import Client

from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import User

HOME = "/api/v1/regions/ijsselland"
Ask = Callable[[User], Client]


def test_plans_and_targets_are_told_with_their_indicator(
    planned: Pilot, reader: User, ask: Ask
) -> None:
    browser = ask(reader)
    (line,) = browser.get(f"{HOME}/pilots?status=draft").json()["results"]
    assert (line["id"], line["places"]) == (planned.pk, ["Met"])
    assert browser.get(f"{HOME}/pilots?status=running").json()["count"] == 0
    plan = browser.get(f"{HOME}/pilots/{planned.pk}").json()
    (outcome,) = plan["outcomes"]
    assert (outcome["indicator"], outcome["expected"]) == ("satisfaction", [0.2, 0.5, 0.9])
    assert (plan["fingerprint"], plan["untouched"]) == ("", True)
    one = browser.get(f"{HOME}/indicators/{outcome['version']}").json()
    assert one["key"] == "satisfaction"
    (target,) = browser.get(f"{HOME}/targets").json()
    assert target["readings"] == [{"day": "2026-06-01", "value": 7.2}]
    assert target["progress"]["goal"] == 7.7


def test_a_region_shows_its_pilots_to_its_own_people(
    planned: Pilot, reader: User, ask: Ask, client: Client
) -> None:
    assert client.get(f"{HOME}/pilots").status_code == 401
    assert ask(reader).get(f"{HOME}/pilots/{planned.pk + 1}").status_code == 404
    assert ask(reader).get("/api/v1/regions/twente/pilots").status_code == 404
