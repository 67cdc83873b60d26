"""How precise a forecast must be, asked on the page of a scenario and by the API."""

from typing import Any

import pytest
from django.test import Client

from tests.web.explorer.test_form import FAST, address, form_of
from vliegwiel.apps.explorer import precisions
from vliegwiel.apps.explorer.models import ScenarioVersion, SimulationRun
from vliegwiel.apps.regions.models import User
from vliegwiel.science.caresystem import Precision

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_lead(client: Client, lead: User) -> Client:
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def sent(client: Client, scenario: ScenarioVersion, **more: str) -> Any:
    return client.post(address(scenario), {**form_of(client, scenario), **FAST, **more})


def asked() -> Precision | None:
    return precisions.from_text(SimulationRun.objects.latest("pk").precision)


def test_nobody_has_to_ask_for_it(as_lead: Client, scenario: ScenarioVersion) -> None:
    assert sent(as_lead, scenario).status_code == 302
    assert asked() is None


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"precision": "2,5"}, Precision(2.5)),
        (
            {"precision": "3", "precision_measure": "waiting_list", "precision_care_type": "all"},
            Precision(3.0, "waiting_list", "all"),
        ),
        # Percentage points on the page, a share in the model.
        (
            {"precision": "5", "precision_measure": "share_within_norm"},
            Precision(0.05, "share_within_norm"),
        ),
    ],
)
def test_it_is_kept_with_the_run(
    as_lead: Client, scenario: ScenarioVersion, more: dict[str, str], wanted: Precision
) -> None:
    assert sent(as_lead, scenario, **more).status_code == 302
    assert asked() == wanted


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"precision": "0"}, "precision", "boven nul"),
        ({"precision": "veel"}, "precision", "boven nul"),
        (
            {"precision": "1", "precision_care_type": "local"},
            "precision_care_type",
            "lokaal team",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    as_lead: Client, scenario: ScenarioVersion, more: dict[str, str], field: str, words: str
) -> None:
    answer = sent(as_lead, scenario, **more)
    assert answer.status_code == 422
    form = answer.context["page"].form
    assert words in form.errors[field][0]
    assert form.opens_settings
    assert not SimulationRun.objects.exists()


def test_the_api_takes_it_and_tells_it(as_lead: Client, scenario: ScenarioVersion) -> None:
    runs = f"/api/v1/regions/ijsselland/scenarios/{scenario.pk}/runs"
    question = {"halfWidth": 2.5, "measure": "waiting_list", "careType": "ambulant"}
    answer = as_lead.post(runs, {"precision": question}, content_type="application/json")
    assert answer.status_code == 202
    assert answer.json()["precision"] == question
    plain = as_lead.post(runs, {}, content_type="application/json").json()
    assert plain["precision"] is None


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ({"halfWidth": 0}, 400),
        ({"halfWidth": 1, "measure": "weight"}, 400),
        ({"halfWidth": 1, "careType": "nowhere"}, 409),
        ({"halfWidth": 1, "careType": "local"}, 409),
    ],
)
def test_the_api_refuses_what_can_never_be_known_so(
    as_lead: Client, scenario: ScenarioVersion, question: dict[str, Any], status: int
) -> None:
    runs = f"/api/v1/regions/ijsselland/scenarios/{scenario.pk}/runs"
    answer = as_lead.post(runs, {"precision": question}, content_type="application/json")
    assert answer.status_code == status
    (fault,) = answer.json()["errors"]
    assert fault["location"]["pointer"].startswith("#/precision")
    assert not SimulationRun.objects.exists()
