"""Who may read and who may change, for every route of the site: one table, and everybody tries.

A route that is not in the table fails, so that a new page says here who it is for. What a page
draws is left out: the tests of the pages themselves draw it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client

from tests.full_region import FullRegion, Route, build, routes
from vliegwiel.apps.regions.rights import Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MANAGER, ANALYST = str(Role.PROGRAMME_MANAGER), str(Role.ANALYST)
LEAD, READER = str(Role.PROJECT_LEAD), str(Role.READER)
VISITORS = frozenset({"anonymous", "inactive"})
REGION = frozenset({MANAGER, ANALYST, LEAD, READER})
STAFF = REGION - {READER}
CARE = frozenset({MANAGER, ANALYST})
ONLY_MANAGER, ONLY_ANALYST = frozenset({MANAGER}), frozenset({ANALYST})
# What is still an idea is changed by who proposed it and by who keeps the register.
WHO_PROPOSED = frozenset({MANAGER, LEAD})
LOGGED_IN = REGION | {"stranger"}
EVERYBODY = LOGGED_IN | VISITORS
#: The route does not know that method.
NOT = None

Who = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Row:
    """Who may read (GET) and who may change (POST).

    `sent` is what the change is asked with. `absent` is a route of which the full region holds
    nothing: who may gets 404, and who may not still 401 or 403.
    """

    read: Who
    change: Who = NOT
    sent: dict[str, Any] | None = None
    absent: bool = False


ROWS = {
    "home": Row(EVERYBODY),
    "about": Row(EVERYBODY),
    "accessibility": Row(EVERYBODY),
    "region_home": Row(REGION),
    "loop_part": Row(REGION),
    "search": Row(REGION),
    # To see
    "figures": Row(REGION),
    "figures_csv": Row(REGION),
    "cbs_bridge": Row(CARE),
    "cbs_bridge_csv": Row(CARE),
    "municipalities": Row(REGION),
    "municipality": Row(REGION),
    "waiting_times": Row(REGION),
    "waiting_times_csv": Row(REGION),
    "waiting_times_deliver": Row(CARE, CARE),
    "waiting_times_confirm": Row(CARE, CARE),
    "care_data": Row(CARE, CARE),
    "care_delivery": Row(CARE),
    "care_delivery_remove": Row(CARE, CARE),
    "care_reading": Row(CARE),
    "care_reading_stop": Row(NOT, CARE),
    "care_columns": Row(CARE, CARE),
    "care_person_remove": Row(CARE, CARE),
    "care_term": Row(NOT, CARE),
    "care_waits": Row(REGION),
    "care_waiting_list": Row(REGION),
    "care_analysis": Row(CARE),
    "care_regulation": Row(CARE),
    "care_regulation_csv": Row(CARE),
    "care_regulation_assignments": Row(NOT, CARE, absent=True),
    "care_waits_order": Row(NOT, CARE, absent=True),
    "care_waits_cancel": Row(NOT, CARE, absent=True),
    "care_waits_csv": Row(REGION),
    "care_waiting_list_csv": Row(REGION),
    "care_extensions_csv": Row(CARE),
    "care_waves_csv": Row(CARE),
    "offers": Row(REGION),
    "offers_cover": Row(REGION),
    "offers_compare": Row(REGION),
    "offer_providers": Row(CARE, CARE),
    "offer_new": Row(CARE, CARE),
    "offers_load": Row(CARE, CARE),
    "offer": Row(REGION),
    "offer_change": Row(CARE, CARE),
    "offers_csv": Row(REGION),
    "offers_cover_csv": Row(REGION),
    "offers_compare_csv": Row(REGION),
    "continuity": Row(REGION),
    "care_gaps_csv": Row(REGION),
    "waiting_study_csv": Row(REGION),
    "care_gaps": Row(CARE),
    "care_gap": Row(CARE, CARE),
    "checklist": Row(REGION),
    "checklist_add": Row(STAFF, STAFF),
    "checklist_answer": Row(STAFF, STAFF),
    "waiting_study": Row(REGION),
    "case_review": Row(STAFF, STAFF),
    "case_review_observe": Row(STAFF, STAFF),
    # To understand
    "insights": Row(REGION),
    "insight_map": Row(REGION),
    "insight_new": Row(STAFF, STAFF),
    "insight": Row(REGION),
    "insight_change": Row(STAFF, STAFF),
    "insight_priority": Row(ONLY_MANAGER, ONLY_MANAGER),
    "insight_rests_on": Row(STAFF, STAFF),
    "insight_relate": Row(NOT, STAFF),
    "insight_take_off": Row(NOT, STAFF),
    "consultation_add": Row(STAFF, STAFF),
    "consultation": Row(STAFF, STAFF),
    "observations": Row(REGION),
    "observation_add": Row(STAFF, STAFF),
    "observations_add": Row(STAFF, STAFF),
    "observations_from_round": Row(NOT, STAFF, absent=True),
    "observation": Row(REGION),
    "observation_support": Row(NOT, STAFF),
    "observation_change": Row(STAFF, STAFF),
    "observation_remove": Row(NOT, STAFF),
    "terms": Row(REGION),
    "meaning_add": Row(STAFF, STAFF),
    "other_word_add": Row(STAFF, STAFF),
    "terms_shipped": Row(NOT, STAFF),
    "term_remove": Row(NOT, STAFF),
    "instruments": Row(REGION),
    "instrument_new": Row(STAFF, STAFF),
    "instrument": Row(REGION),
    "instrument_change": Row(STAFF, STAFF),
    "instrument_share": Row(NOT, ONLY_MANAGER),
    "round_new": Row(STAFF, STAFF),
    "round": Row(REGION),
    "round_close": Row(NOT, STAFF),
    "round_again": Row(NOT, STAFF),
    "round_csv": Row(REGION),
    # The address is the key: whoever was given it may answer.
    "invited": Row(EVERYBODY, EVERYBODY),
    "answering": Row(EVERYBODY, EVERYBODY),
    "which_help": Row(EVERYBODY, EVERYBODY),
    # To choose
    "agenda": Row(EVERYBODY),
    "agenda_csv": Row(EVERYBODY),
    "agenda_partners": Row(EVERYBODY),
    "agenda_versions": Row(REGION),
    "agenda_version": Row(REGION),
    "agenda_compare": Row(REGION),
    "agenda_draft": Row(REGION),
    "agenda_draft_csv": Row(REGION),
    "agenda_publish": Row(ONLY_MANAGER, ONLY_MANAGER),
    "agenda_part_new": Row(STAFF, STAFF),
    "agenda_part": Row(STAFF, STAFF),
    "agenda_part_remove": Row(STAFF, STAFF),
    "agenda_part_history": Row(REGION),
    "agenda_examples": Row(REGION),
    "agenda_example": Row(REGION, STAFF),
    "innovations": Row(EVERYBODY),
    "innovations_csv": Row(EVERYBODY),
    "innovation_landscape": Row(EVERYBODY),
    "innovation_catalogue": Row(EVERYBODY),
    "innovation": Row(EVERYBODY),
    "initiatives": Row(REGION),
    "initiatives_list": Row(REGION),
    "initiatives_csv": Row(REGION),
    "initiative_palette": Row(STAFF),
    "initiative_new": Row(STAFF, STAFF),
    "initiative": Row(REGION),
    "initiative_change": Row(WHO_PROPOSED, WHO_PROPOSED),
    "initiative_publish": Row(NOT, ONLY_MANAGER),
    "initiative_proposal": Row(WHO_PROPOSED, WHO_PROPOSED),
    "initiative_hypothesis": Row(WHO_PROPOSED, WHO_PROPOSED),
    "initiative_forecast": Row(NOT, STAFF, absent=True),
    "initiative_stage": Row(WHO_PROPOSED, WHO_PROPOSED),
    "initiative_sourcing": Row(ONLY_MANAGER, ONLY_MANAGER),
    "initiative_transfer": Row(WHO_PROPOSED, WHO_PROPOSED),
    "initiative_ethics": Row(ONLY_MANAGER, ONLY_MANAGER),
    "initiative_assess": Row(NOT, STAFF),
    "initiative_cycle": Row(WHO_PROPOSED, WHO_PROPOSED),
    # To explore
    "explorer": Row(REGION),
    "explorer_care_system": Row(REGION),
    "explorer_compare": Row(REGION),
    "explorer_comparison_csv": Row(REGION),
    "explorer_comparison_months_csv": Row(REGION),
    "explorer_scenario": Row(REGION, STAFF),
    "explorer_start": Row(NOT, STAFF),
    "explorer_run": Row(REGION),
    "explorer_cancel": Row(NOT, STAFF),
    "explorer_retry": Row(NOT, STAFF),
    "explorer_csv": Row(REGION),
    "explorer_json": Row(REGION),
    "explorer_table_csv": Row(REGION),
    "smallest_test_ask": Row(REGION, STAFF),
    "smallest_test": Row(REGION),
    "smallest_test_cancel": Row(NOT, STAFF),
    "smallest_test_retry": Row(NOT, STAFF),
    "smallest_test_csv": Row(REGION),
    "smallest_test_json": Row(REGION),
    "fits": Row(CARE, CARE),
    "fit": Row(CARE),
    "fit_cancel": Row(NOT, CARE),
    "fit_keep": Row(NOT, ONLY_ANALYST, absent=True),
    "fit_csv": Row(CARE, absent=True),
    "fit_test_csv": Row(CARE, absent=True),
    "fit_json": Row(CARE, absent=True),
    # To try and to prove
    "yardstick": Row(REGION),
    "indicator_new": Row(CARE, CARE),
    "indicator": Row(REGION, STAFF),
    "indicator_change": Row(CARE, CARE),
    "target": Row(ONLY_MANAGER, ONLY_MANAGER),
    "pilots": Row(REGION),
    "pilot_new": Row(STAFF, STAFF),
    "pilot": Row(REGION),
    "pilot_change": Row(STAFF, STAFF),
    "pilot_register": Row(ONLY_MANAGER, ONLY_MANAGER),
    "pilot_amend": Row(ONLY_MANAGER, ONLY_MANAGER),
    "pilot_forecast": Row(REGION, ONLY_MANAGER),
    "pilot_forecast_ask": Row(NOT, STAFF),
    "initiative_decisions": Row(REGION, ONLY_MANAGER),
    "initiative_evidence": Row(NOT, STAFF),
    "initiative_measured": Row(NOT, STAFF),
    "scenario_measured": Row(NOT, STAFF),
    "initiative_adopt": Row(REGION, STAFF),
    "forecast_scores": Row(REGION),
    "spread": Row(REGION),
    "pilots_beside": Row(REGION),
    "pilot_work": Row(REGION),
    "pilot_milestone": Row(STAFF, STAFF),
    "pilot_milestone_reached": Row(STAFF, STAFF),
    "pilot_iteration": Row(STAFF, STAFF),
    "pilot_risk_new": Row(STAFF, STAFF),
    "pilot_risk": Row(STAFF, STAFF),
    "pilot_framework": Row(NOT, STAFF),
    "pilot_result": Row(REGION),
    "pilot_result_csv": Row(REGION),
    "pilot_dossier": Row(REGION),
    "pilot_dossier_keep": Row(NOT, STAFF),
    "pilot_dossier_pdf": Row(REGION),
    "pilot_dossier_json": Row(REGION),
    "pilot_dossier_csv": Row(REGION),
    "core_group": Row(REGION),
    "core_group_minutes": Row(STAFF, STAFF),
    "pilot_measurements": Row(REGION),
    "pilot_measure_table": Row(STAFF, STAFF),
    "pilot_measure_typing": Row(STAFF, STAFF),
    "pilot_measure_example": Row(STAFF),
    "pilot_measure_care": Row(NOT, CARE),
    "pilot_upload": Row(REGION),
    "pilot_delivery": Row(STAFF),
}
_ONE = "api/v1/regions/<slug:region>"
API_ROWS = {
    "api/v1/openapi.json": Row(EVERYBODY),
    "api/v1/openapi.yaml": Row(EVERYBODY),
    "api/v1/regions": Row(LOGGED_IN),
    _ONE: Row(REGION),
    f"{_ONE}/figures": Row(REGION),
    f"{_ONE}/waiting-times": Row(REGION, absent=True),
    f"{_ONE}/care-waiting-times": Row(REGION),
    f"{_ONE}/care-waiting-list": Row(REGION),
    f"{_ONE}/care-extensions": Row(CARE),
    f"{_ONE}/care-contract-waves": Row(CARE),
    f"{_ONE}/care-gaps": Row(REGION),
    f"{_ONE}/waiting-study": Row(REGION),
    f"{_ONE}/offers": Row(REGION),
    f"{_ONE}/offer-cover": Row(REGION),
    f"{_ONE}/offer-waits": Row(REGION),
    f"{_ONE}/insights": Row(REGION),
    f"{_ONE}/insights/<int:number>": Row(REGION),
    "api/v1/initiatives": Row(LOGGED_IN),
    f"{_ONE}/initiatives": Row(REGION),
    "api/v1/initiatives/<int:number>": Row(LOGGED_IN),
    "api/v1/innovation-catalogue": Row(LOGGED_IN),
    f"{_ONE}/agenda": Row(EVERYBODY),
    f"{_ONE}/agenda/versions": Row(REGION),
    f"{_ONE}/agenda/versions/<int:number>": Row(REGION),
    f"{_ONE}/care-system": Row(REGION),
    f"{_ONE}/care-system/document": Row(REGION),
    f"{_ONE}/scenarios": Row(REGION),
    f"{_ONE}/scenarios/<int:number>/document": Row(REGION),
    f"{_ONE}/scenarios/<int:number>/runs": Row(REGION, STAFF, sent={"months": 24}),
    f"{_ONE}/runs/<int:number>": Row(REGION),
    f"{_ONE}/runs/<int:number>/cancellation": Row(NOT, STAFF),
    f"{_ONE}/runs/<int:number>/result": Row(REGION),
    f"{_ONE}/runs/<int:number>/result/document": Row(REGION),
    f"{_ONE}/indicators": Row(REGION),
    f"{_ONE}/indicators/<int:number>": Row(REGION),
    f"{_ONE}/targets": Row(REGION),
    f"{_ONE}/pilots": Row(REGION),
    f"{_ONE}/pilots/<int:number>": Row(REGION),
    f"{_ONE}/pilots/<int:pilot>/outcomes/<int:outcome>/deliveries": Row(REGION),
    f"{_ONE}/pilots/<int:pilot>/outcomes/<int:outcome>/measurements": Row(
        NOT, STAFF, sent={"rows": [{"group": "met", "unit": "c", "day": "2020-01-01", "value": 7}]}
    ),
    # The end of the list: what the API does not know.
    "api/v1/": Row(EVERYBODY, EVERYBODY, absent=True),
    "api/": Row(EVERYBODY, EVERYBODY, absent=True),
}
#: Parts that others wrote, about who is logged in and no region, and the administration.
OF_OTHERS = ("account/", "language/", "beheer/")


@pytest.fixture(scope="module")
def full(django_db_setup: None, django_db_blocker: Any) -> Iterator[FullRegion]:
    """Built once, in a transaction around all tests of this module that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Template, "render", lambda *_given: "")
    for name, module in list(sys.modules.items()):
        if name.startswith("vliegwiel.web.charts.") and hasattr(module, "draw"):
            monkeypatch.setattr(module, "draw", lambda *_given, **_named: "")


@pytest.fixture
def clients(full: FullRegion) -> dict[str, Client]:
    """A browser for each kind of person; one that nobody is logged in with first."""
    found = {"anonymous": Client()}
    for name, person in full.people.items():
        found[name] = Client()
        found[name].force_login(person, backend=BACKEND)
    return found


def asked(client: Client, method: str, address: str, sent: dict[str, Any] | None) -> Any:
    """The answer; whatever the request changed is undone."""
    with transaction.atomic():
        if method == "GET":
            answer = client.get(address)
        elif address.startswith("/api/"):
            answer = client.post(address, sent or {}, content_type="application/json")
        else:
            answer = client.post(address, sent or {})
        transaction.set_rollback(True)
    return answer


def refused(answer: Any) -> bool:
    to_login = answer.status_code == 302 and answer.url.startswith("/account/login/")
    return to_login or answer.status_code in {401, 403}


def fault_of(answer: Any, who: str, may: Who, *, absent: bool) -> str:
    """What is wrong with an answer; empty when it is as the table says."""
    status = answer.status_code
    if may is NOT:
        return "" if status == 405 or refused(answer) else f"{status}, should not be known"
    if who in may:
        as_said = status == 404 if absent else status < 500 and status not in {404, 405}
        return "" if as_said and not refused(answer) else f"{status}, though allowed"
    expected = refused(answer) and (status != 403 or who not in VISITORS)
    return "" if expected else f"{status}, though not allowed"


def of_the_product() -> dict[str, Route]:
    return {route.key: route for route in routes() if not route.pattern.startswith(OF_OTHERS)}


def test_every_route_is_in_the_table_and_no_other() -> None:
    assert set(of_the_product()) == {*ROWS, *API_ROWS}


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("rows", [ROWS, API_ROWS], ids=["pages", "api"])
def test_everybody_gets_what_the_table_says(
    full: FullRegion, clients: dict[str, Client], rows: dict[str, Row], method: str
) -> None:
    known = of_the_product()
    wrong = []
    for key, row in rows.items():
        address = full.address(known[key])
        may = row.read if method == "GET" else row.change
        for who, client in clients.items():
            if method == "GET" and READER in (may or ()) and who in STAFF:
                # Where a reader may read, who has least rights, he speaks for the others.
                continue
            answer = asked(client, method, address, row.sent)
            if fault := fault_of(answer, who, may, absent=row.absent):
                wrong.append(f"{method} {key} as {who}: {fault}")
    assert wrong == []


@pytest.mark.slow
@pytest.mark.django_db
def test_nobody_of_a_region_manages_the_site_or_reads_the_account_of_another(
    clients: dict[str, Client],
) -> None:
    """Parameters are what nobody has: whether it is known comes after being let in."""
    for route in routes():
        if not route.pattern.startswith("beheer/") or "^" in route.pattern:
            continue
        address = "/" + route.pattern.replace("<path:object_id>", "1")
        address = address.replace("<path:content_type_id>", "1")
        for who in ("anonymous", "inactive", MANAGER):
            answer = clients[who].get(address)
            assert answer.status_code in {302, 403, 404}, (route, who)
    personal = [r for r in routes() if r.pattern.startswith(("account/2fa/", "account/password/c"))]
    assert personal
    for route in personal:
        for who in VISITORS:
            answer = clients[who].get(f"/{route.pattern}")
            assert answer.status_code == 302, route
            assert answer.url.startswith("/account/login/"), route
