"""The API by hand: what it tells, what it refuses, and in which form."""

import json
import re
from collections.abc import Callable
from typing import Any, get_args

import pytest
from django.db import OperationalError
from django.test import Client

from tests.explorer_world import kept_run, outcome
from vliegwiel.api.v1.description import API_VERSION, description
from vliegwiel.apps.explorer import queries
from vliegwiel.apps.explorer.models import ScenarioVersion, SimulationRun
from vliegwiel.apps.regions import queries as region_queries
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.science.caresystem import SENTENCES, Verdict, WaitCode

pytestmark = pytest.mark.django_db
Ask = Callable[[User], Client]
HOME = "/api/v1/regions/ijsselland"


def told(answer: Any, status: int) -> dict[str, Any]:
    """The problem that an answer holds, when it has the right form."""
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["API-Version"] == API_VERSION
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    assert body["title"]
    return body


def test_regions_are_those_in_which_you_have_a_role(
    ask: Ask, region: Region, twente: Region, reader: User
) -> None:
    answer = ask(reader).get("/api/v1/regions")
    assert answer.json() == [{"slug": "ijsselland", "code": region.code, "name": "IJsselland"}]
    assert answer.headers["API-Version"] == API_VERSION
    assert ask(reader).get(HOME).json()["municipalities"] == []
    told(ask(reader).get("/api/v1/regions/twente"), 403)
    told(ask(reader).get("/api/v1/regions/nowhere"), 404)


def test_figures_come_as_printed_with_their_source(ask: Ask, full: Region, reader: User) -> None:
    figures = ask(reader).get(f"{HOME}/figures").json()
    youths = [f for f in figures if f["value"] == 13450]
    assert youths
    assert all(figure["source"]["title"] and figure["place"] for figure in figures)
    shares = {f["value"] for f in figures if f["unit"] == "percent" or f["decimals"] == 1}
    assert {8.5, 1.2, 42.3} <= shares


def test_waiting_times_come_in_pages(ask: Ask, twente: Region, everywhere: User) -> None:
    client = ask(everywhere)
    whole = client.get("/api/v1/regions/twente/waiting-times?pageSize=500").json()
    assert whole["count"] == len(whole["results"]) > 100
    second = client.get("/api/v1/regions/twente/waiting-times?page=2&pageSize=50").json()
    assert second["results"] == whole["results"][50:100]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", whole["delivery"]["loadedAt"])
    provider = whole["results"][0]["provider"]
    only = client.get(
        "/api/v1/regions/twente/waiting-times", {"provider": provider, "pageSize": 500}
    ).json()
    assert {offer["provider"] for offer in only["results"]} == {provider}
    assert 0 < only["count"] < whole["count"]
    told(client.get(f"{HOME}/waiting-times"), 404)


def test_insights_keep_the_direction_of_their_relations(
    ask: Ask, full: Region, reader: User
) -> None:
    client = ask(reader)
    found = client.get(f"{HOME}/insights").json()
    assert [insight["number"] for insight in found] == [1, 2, 3, 4, 5, 6, 7]
    first = client.get(f"{HOME}/insights/1").json()
    assert first == found[0]
    assert {other["number"] for other in first["relatesTo"]} == {2, 6}
    told(client.get(f"{HOME}/insights/8"), 404)


def test_texts_are_in_the_language_that_is_asked_for(ask: Ask, full: Region, reader: User) -> None:
    client = ask(reader)
    summaries = {
        language: client.get(f"{HOME}/insights/1", headers={"accept-language": language}).json()[
            "summary"
        ]
        for language in ("nl", "en")
    }
    assert summaries["nl"] != summaries["en"]


def test_the_care_system_names_the_origin_of_every_number(
    ask: Ask, scenario: ScenarioVersion, reader: User
) -> None:
    client = ask(reader)
    system = client.get(f"{HOME}/care-system").json()
    assert {number["origin"] for number in system["numbers"]} <= {"printed", "derived", "assumed"}
    assert system["careTypes"]
    document = client.get(f"{HOME}/care-system/document")
    assert document.content.decode() == scenario.care_system.document
    listed = client.get(f"{HOME}/scenarios").json()
    assert [(item["number"], item["lastDoneRun"]) for item in listed] == [(scenario.pk, None)]
    own = client.get(f"{HOME}/scenarios/{scenario.pk}/document")
    assert json.loads(own.content)["schema"] == "vliegwiel.scenario/1"


def test_a_run_is_asked_for_followed_and_stopped(
    ask: Ask, scenario: ScenarioVersion, lead: User
) -> None:
    client = ask(lead)
    runs = f"{HOME}/scenarios/{scenario.pk}/runs"
    asked = client.post(runs, {"months": 24, "replications": 20}, "application/json")
    assert asked.status_code == 202, asked.content.decode()
    run = asked.json()
    assert (run["status"], run["months"], run["seed"]) == ("queued", 24, 1)
    assert asked.headers["Location"] == f"{HOME}/runs/{run['number']}"
    assert client.get(asked.headers["Location"]).json() == run
    assert [item["number"] for item in client.get(runs).json()] == [run["number"]]

    again = client.post(runs, {"months": 24, "replications": 20}, "application/json")
    assert again.json()["number"] == run["number"]
    told(client.get(f"{HOME}/runs/{run['number']}/result"), 409)

    stopped = client.post(f"{HOME}/runs/{run['number']}/cancellation")
    assert (stopped.status_code, stopped.json()["status"]) == (202, "cancelled")
    assert client.post(f"{HOME}/runs/{run['number']}/cancellation").json()["status"] == "cancelled"


@pytest.mark.slow
def test_the_result_of_a_run_has_its_finding_and_its_bands(
    ask: Ask, finished: SimulationRun, reader: User
) -> None:
    client = ask(reader)
    result = client.get(
        f"{HOME}/runs/{finished.pk}/result?measure=waiting_time&careType=all"
    ).json()
    assert result["isModelOutcome"] is True
    assert result["headline"]["sentence"]
    assert result["headline"]["code"] in get_args(WaitCode)
    assert result["headline"]["wait"] is None
    assert {shift["verdict"] for shift in result["shifts"]} <= set(get_args(Verdict))
    assert len(result["months"]) == 24
    assert [(s["careType"], s["measure"]) for s in result["series"]] == [("all", "waiting_time")]
    band = result["series"][0]["difference"]
    assert len(band["median"]) == len(band["low"]) == len(band["high"]) == 24
    kept = queries.outcome_of(finished).sensitivity
    tornado = result["sensitivity"]
    assert (tornado["focus"], tornado["outcome"]) == (kept.focus, kept.outcome)
    assert [(row["address"], row["outcomeLow"], row["standsOut"]) for row in tornado["rows"]] == [
        (row.address, row.outcome_low, row.stands_out(kept.outcome)) for row in kept.rows
    ]
    assert tornado["rows"]
    assert result["providers"] == []
    total = {one["careType"]: one for one in result["costTotals"]}["all"]
    difference, share = total["difference"], total["share"]
    assert difference["low"] <= difference["median"] <= difference["high"]
    assert abs(share["high"]) < 1
    assert (difference["high"] < 0, difference["low"] > 0) == (share["high"] < 0, share["low"] > 0)
    document = client.get(f"{HOME}/runs/{finished.pk}/result/document").json()
    assert document["schema"] == "vliegwiel.outcome/1"


@pytest.mark.slow
@pytest.mark.parametrize("code", ["wait_new", "wait_ended", "wait_seldom"])
def test_a_wait_in_one_world_is_told_beside_a_change_that_is_not_there(
    ask: Ask, scenario: ScenarioVersion, lead: User, reader: User, code: str
) -> None:
    kept = json.loads(outcome())
    told_days = {} if code == "wait_seldom" else {"days": 12.5, "low": 4.5, "high": 20.5}
    kept["forecast"]["headline"] |= {
        "value": None,
        "low": None,
        "high": None,
        "code": code,
        "template": SENTENCES[code],
        "params": {"period": "2025", "care_type": "x", **told_days},
    }
    run = kept_run(scenario, json.dumps(kept), by=lead)
    headline = ask(reader).get(f"{HOME}/runs/{run.pk}/result").json()["headline"]
    assert (headline["code"], headline["value"]) == (code, None)
    if code == "wait_seldom":
        assert headline["wait"] is None
    else:
        assert headline["wait"] == {"median": 12.5, "low": 4.5, "high": 20.5}
        assert "12 dagen op (4 tot 20 dagen)" in headline["sentence"]


def test_the_description_names_every_verdict_and_every_finding(ask: Ask, reader: User) -> None:
    shapes = description()["components"]["schemas"]
    assert shapes["HeadlineShape"]["properties"]["code"]["enum"] == list(get_args(WaitCode))
    assert shapes["ShiftShape"]["properties"]["verdict"]["enum"] == list(get_args(Verdict))


def test_a_reader_starts_and_stops_nothing(
    ask: Ask, scenario: ScenarioVersion, reader: User, lead: User
) -> None:
    runs = f"{HOME}/scenarios/{scenario.pk}/runs"
    number = ask(lead).post(runs, {}, "application/json").json()["number"]
    told(ask(reader).post(runs, {}, "application/json"), 403)
    told(ask(reader).post(f"{HOME}/runs/{number}/cancellation"), 403)
    assert SimulationRun.objects.get().status == "queued"


def test_all_faults_are_told_at_once(ask: Ask, scenario: ScenarioVersion, lead: User) -> None:
    wrong = {"months": 3, "replications": "many", "seed": -1, "extra": True}
    body = told(
        ask(lead).post(f"{HOME}/scenarios/{scenario.pk}/runs", wrong, "application/json"), 400
    )
    places = {(fault["in"], fault["location"]["pointer"]) for fault in body["errors"]}
    assert places == {
        ("body", "#/months"),
        ("body", "#/replications"),
        ("body", "#/seed"),
        ("body", "#/extra"),
    }
    assert all(fault["code"] and fault["detail"] for fault in body["errors"])
    assert not SimulationRun.objects.exists()


def test_wrong_parameters_are_named(ask: Ask, twente: Region, everywhere: User) -> None:
    body = told(
        ask(everywhere).get("/api/v1/regions/twente/waiting-times?page=0&pageSize=x&text=%00"), 400
    )
    assert {fault["location"]["name"] for fault in body["errors"]} == {"page", "pageSize", "text"}
    assert {fault["in"] for fault in body["errors"]} == {"query"}


def test_what_is_not_json_is_told(ask: Ask, scenario: ScenarioVersion, lead: User) -> None:
    runs = f"{HOME}/scenarios/{scenario.pk}/runs"
    told(ask(lead).post(runs, "{", "application/json"), 400)


def test_who_is_not_logged_in_is_told_how(client: Client, region: Region) -> None:
    answer = client.get(HOME)
    told(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Cookie")


def test_a_change_needs_the_token_of_the_site(scenario: ScenarioVersion, lead: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lead)
    runs = f"{HOME}/scenarios/{scenario.pk}/runs"
    told(client.post(runs, {}, "application/json"), 403)
    client.get("/account/password/change/")
    token = client.cookies["csrf"].value
    answer = client.post(runs, {}, "application/json", headers={"x-csrftoken": token})
    assert answer.status_code == 202


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/api/v1/nothing", 404),
        ("get", "/api/", 404),
        ("get", "/api/v1/regions/", 404),
        ("post", "/api/v1/regions", 405),
        ("delete", "/api/v1/regions/ijsselland", 405),
        ("get", "/api/v1/regions/ijsselland/runs/99999999999999999999", 404),
        ("get", "/api/v1/regions/ijsselland/insights/x", 404),
    ],
)
def test_what_does_not_exist_is_told_in_the_same_form(
    ask: Ask, region: Region, reader: User, method: str, address: str, status: int
) -> None:
    answer = getattr(ask(reader), method)(address)
    told(answer, status)
    if status == 405:
        assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError("Anna Smit"), 500), (OperationalError("10.1.2.3"), 503)]
)
def test_a_fault_of_ours_tells_nothing_about_it(
    ask: Ask,
    region: Region,
    reader: User,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
) -> None:
    def fail(_region: Region) -> None:
        raise error

    client = ask(reader)
    monkeypatch.setattr(region_queries, "municipalities_of", fail)
    answer = client.get(HOME)
    told(answer, status)
    assert str(error) not in answer.content.decode()


@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_the_description_is_open_to_all(client: Client, ending: str) -> None:
    answer = client.get(f"/api/v1/openapi.{ending}")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert json.loads(answer.content)["info"]["version"] == API_VERSION


def test_names_keep_to_the_rules() -> None:
    document = description()
    for path in document["paths"]:
        assert not path.endswith("/")
        for part in path.split("/"):
            assert re.fullmatch(r"[a-z0-9-]*|\{[a-zA-Z]+\}", part), path
    names = {
        name
        for schema in document["components"]["schemas"].values()
        for name in schema.get("properties", {})
    }
    assert len(names) > 50
    assert [name for name in names if not re.fullmatch(r"[a-z][a-zA-Z0-9]*", name)] == []
    for operations in document["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            assert operation["description"]
            refusals = {"400", "401", "403", "404"} if operation.get("security") else {"400", "404"}
            assert refusals <= {str(code) for code in operation["responses"]}
            for parameter in operation.get("parameters", []):
                assert re.fullmatch(r"[a-z][a-zA-Z]*", parameter["name"])
