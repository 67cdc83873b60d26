"""A scenario that brings a form of care: its page, its form and its outcome call it by its name."""

import json

import pytest
from django.test import Client

from tests.science.caresystem import samples, test_new_care_types
from vliegwiel.apps.explorer import queries, services
from vliegwiel.apps.explorer.models import CareSystemVersion, ScenarioVersion, SimulationRun
from vliegwiel.apps.regions.models import User

pytestmark = pytest.mark.django_db
BASE = "/regio/ijsselland/verkennen/"
TITLES = [
    "Huisarts: naar Hub in plaats van naar Ambulante hulp",
    "Hub",
    "Kans om van Hub door te gaan naar Ambulante hulp",
]


@pytest.fixture
def new_care(care_system: CareSystemVersion, analyst: User) -> ScenarioVersion:
    """A move into a new form of care, and changes of numbers that it has itself."""
    document = test_new_care_types.scenario() | {"focus": "ambulant"}
    stages = [{"from": "2025-06-01", "municipalities": "all"}]
    document["interventions"] += [
        {
            "target": "care_types.hub.places",
            "operation": "add",
            "size": samples.assumed(5.0, "places", 2.0, 8.0),
            "stages": stages,
        },
        {
            "target": "care_types.hub.next.ambulant",
            "operation": "multiply",
            "size": samples.assumed(0.8, "ratio", 0.6, 1.0),
            "stages": stages,
        },
    ]
    return services.load_example(
        care_system=care_system, document=samples.as_text(document), by=analyst
    )


@pytest.fixture
def as_lead(client: Client, lead: User) -> Client:
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_and_its_form_call_it_by_its_name(
    as_lead: Client, new_care: ScenarioVersion
) -> None:
    page = as_lead.get(f"{BASE}scenario/{new_care.pk}/").context["page"]
    assert [line.title for group in page.groups for line in group.lines] == TITLES
    rows = [row for group in page.form.groups() for row in group.rows]
    assert [row.title for row in rows] == TITLES
    assert rows[1].now == "25 plekken"
    assert page.form["value_1"].label == "Plekken bij hub"


def test_a_copy_and_its_outcome_call_it_by_its_name(
    as_lead: Client, new_care: ScenarioVersion
) -> None:
    where = f"{BASE}scenario/{new_care.pk}/"
    sent: dict[str, object] = {}
    for field in as_lead.get(where).context["page"].form:
        value = field.value()
        if value is not None:
            sent[field.html_name] = (
                str(value).replace(".", ",") if isinstance(value, float) else value
            )
    sent |= {"months": "24", "replications": "20", "value_1": "6"}
    assert as_lead.post(where, sent).status_code == 302
    run = SimulationRun.objects.latest("pk")
    card = as_lead.get(BASE).context["page"].own[0]
    assert "plekken bij hub" in card.differences
    assert queries.system_of(run.scenario).care_type_ids[-1] == "hub"
    services.work_on_run(run_id=run.pk)
    answer = as_lead.get(f"{BASE}berekening/{run.pk}/")
    assert answer.status_code == 200
    assert "Grootte van de verandering: plekken bij hub" in answer.content.decode()


def test_an_outcome_about_it_tells_that_there_is_nothing_to_compare(
    care_system: CareSystemVersion, analyst: User, as_lead: Client, lead: User
) -> None:
    document = samples.as_text(test_new_care_types.scenario())
    version = services.load_scenario(care_system=care_system, document=document, by=analyst)
    run = services.start_run(scenario=version, months=24, replications=20, seed=1, by=lead)
    services.work_on_run(run_id=run.pk)
    answer = as_lead.get(f"{BASE}berekening/{run.pk}/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Niet te zeggen welke aanname het meest uitmaakt" in text
    assert "Zonder deze verandering begint in 2025 naar verwachting niemand met hub; met" in text
    assert "Een verschil is er niet" in text
    rows = {row[0]: row[1:3] for row in answer.context["page"].figures.water_bed.table.rows}
    assert rows["Hub"] == ("–", "–")
    kept = as_lead.get(f"{BASE}berekening/{run.pk}/uitkomst.json").content
    assert json.loads(kept, parse_constant=no_json)["forecast"]["headline"]["value"] is None


def no_json(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")
