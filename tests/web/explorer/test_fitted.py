"""A care system that was fitted: its pages and description say which numbers were estimated."""

import pytest
from django.test import Client

from tests.science.fit import truth
from vliegwiel.apps.explorer import services, stress_des
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.science.caresystem import write_document

pytestmark = pytest.mark.django_db
BASE = "/regio/ijsselland/verkennen/"


@pytest.fixture
def page_of(client: Client, region: Region, analyst: User) -> Client:
    document = write_document(truth.fitted().system).replace('"JZ06"', '"JZ07"')
    services.load_care_system(region=region, document=document.encode(), by=analyst)
    client.force_login(analyst, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_fitted_numbers_say_from_which_data_and_how_sure(page_of: Client) -> None:
    answer = page_of.get(f"{BASE}zorgstelsel/", {"kind": "fitted", "q": "gemiddelde duur"})
    rows = [row for group in answer.context["page"].groups for row in group.rows]
    assert {row.kind for row in rows} == {"Geschat uit eigen gegevens"}
    assert len(rows) == 3
    assert all(row.origin.startswith("what a simulation told: ") for row in rows)
    assert all(row.origin.endswith(" waarnemingen") for row in rows)
    assert "Geschat uit duren die nog niet alle voorbij zijn" in answer.content.decode()
    counts = dict(answer.context["page"].counts)
    assert counts["Geschat uit eigen gegevens"] > 30
    overview = page_of.get(BASE).content.decode()
    assert "getallen zijn geschat uit eigen gegevens" in overview


def test_the_description_counts_what_was_estimated() -> None:
    report = stress_des.describe(truth.fitted().system, [], "en")
    assert "Estimated from own data: " in report
    assert "estimated from own data: " in report
