"""The overview of scenarios: examples first, then the region's own, told apart."""

from collections.abc import Callable

import pytest
from django.test import Client

from vliegwiel.apps.explorer import edits, queries, services
from vliegwiel.apps.explorer.models import ScenarioVersion, SimulationRun
from vliegwiel.apps.explorer.sizes import Size
from vliegwiel.apps.regions.models import User
from vliegwiel.science.caresystem import Text, write_document
from vliegwiel.web.pages.explorer.overviews import Overview

pytestmark = pytest.mark.django_db
URL = "/regio/ijsselland/verkennen/"
Copy = Callable[..., ScenarioVersion]


@pytest.fixture
def as_lead(client: Client, lead: User) -> Client:
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def copy(scenario: ScenarioVersion, lead: User) -> Copy:
    """Keeps a copy of the example, or the next version of a copy, with another first size."""

    def save(title: str, value: float, source: ScenarioVersion = scenario) -> ScenarioVersion:
        old = queries.scenario(source)
        now = edits.change_of(old)
        sizes = (Size(value, 0.1, 0.95), *now.sizes[1:])
        wanted = edits.Change(Text(nl=title, en=title), sizes, now.rollout)
        document = write_document(edits.apply(old, wanted))
        return services.save_scenario(source=source, document=document, by=lead)

    return save


def overview(client: Client, **query: str) -> Overview:
    answer = client.get(URL, query)
    assert answer.status_code == 200
    page: Overview = answer.context["page"]
    return page


def test_copies_say_whose_they_are_and_what_differs(
    as_lead: Client, scenario: ScenarioVersion, copy: Copy
) -> None:
    first = copy("Van ons", 0.5)
    copy("Van ons", 0.3, source=first)
    copy("Van jullie", 0.6)
    page = overview(as_lead)
    assert [card.title for card in page.examples] == ["Eindige trajecten"]
    yours, ours = page.own
    assert (yours.title, ours.title) == ("Van jullie", "Van ons")
    # Compared with the example, also for the second version.
    assert ours.differences == (
        "kans op verlenging bij ambulante hulp: 70% kleiner (was 40% kleiner)"
    )
    assert yours.differences.startswith("kans op verlenging bij ambulante hulp: andere marge")
    text = as_lead.get(URL).content.decode()
    assert "Versie 2, van Some project_lead" in text
    assert "Gemaakt van “Eindige trajecten”" in text
    assert text.index("Voorbeelden van Vliegwiel") < text.index("Scenario’s van regio IJsselland")


def test_each_scenario_says_how_its_calculation_stands(
    as_lead: Client, finished: SimulationRun, copy: Copy, lead: User
) -> None:
    asked = {"months": 24, "replications": 20, "seed": 1, "by": lead}
    never, stopped, waiting = (copy(title, 0.5) for title in ("Nooit", "Gestopt", "Wachtend"))
    run = services.start_run(scenario=stopped, **asked)
    services.cancel_run(run=run, by=lead)
    services.start_run(scenario=waiting, **asked)
    page = overview(as_lead)
    (example,) = page.examples
    assert example.state.startswith("Berekend op ")
    assert example.sentence.startswith("Met deze verandering")
    states = {card.version: (card.state, card.sentence) for card in page.own}
    assert states == {
        never: ("Nog niet berekend", ""),
        stopped: ("Laatste berekening: geannuleerd", ""),
        waiting: ("Wacht op zijn beurt", ""),
    }


def test_a_long_list_comes_in_pages_and_the_examples_stay(
    as_lead: Client, scenario: ScenarioVersion, copy: Copy
) -> None:
    for number in range(10):
        copy(f"Eigen {number}", 0.5)
    first, second = overview(as_lead), overview(as_lead, page="2")
    assert [card.title for card in first.own] == [f"Eigen {n}" for n in range(9, 1, -1)]
    assert [card.title for card in second.own] == ["Eigen 1", "Eigen 0"]
    assert len(first.examples) == len(second.examples) == 1
    assert "?page=2" in as_lead.get(URL).content.decode()
    # An address that somebody made up gives a page all the same.
    assert len(overview(as_lead, page="x").own) == 8


def test_without_copies_it_says_how_to_make_one(as_lead: Client, scenario: ScenarioVersion) -> None:
    assert "Nog geen eigen scenario’s" in as_lead.get(URL).content.decode()
