"""The form that changes a scenario, as a browser without scripts sends it."""

import re

import pytest
from django.test import Client

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import queries, services
from vliegwiel.apps.explorer.models import CareSystemVersion, ScenarioVersion, SimulationRun
from vliegwiel.apps.explorer.sizes import Size, size_of
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.science.caresystem import Scenario

pytestmark = pytest.mark.django_db
BASE = "/regio/ijsselland/verkennen/"
FAST = {"months": "24", "replications": "20"}


@pytest.fixture
def as_lead(client: Client, lead: User) -> Client:
    client.force_login(lead, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(scenario: ScenarioVersion) -> str:
    return f"{BASE}scenario/{scenario.pk}/"


def form_of(client: Client, scenario: ScenarioVersion) -> dict[str, object]:
    """What the form sends when nobody changes anything."""
    form = client.get(address(scenario)).context["page"].form
    sent: dict[str, object] = {}
    for field in form:
        value = field.value()
        if value is None:
            continue
        sent[field.html_name] = str(value).replace(".", ",") if isinstance(value, float) else value
    return sent


def saved_from(client: Client, scenario: ScenarioVersion, **change: object) -> Scenario:
    """The scenario that is saved when the form is sent with these changes."""
    answer = client.post(address(scenario), {**form_of(client, scenario), **FAST, **change})
    assert answer.status_code == 302, answer.context["page"].form.errors
    return queries.scenario(SimulationRun.objects.latest("pk").scenario)


def test_each_change_is_a_line_with_one_number_and_the_rest_folded_away(
    as_lead: Client, scenario: ScenarioVersion
) -> None:
    answer = as_lead.get(address(scenario))
    groups = answer.context["page"].form.groups()
    assert [group.title for group in groups] == [
        "Kans op verlenging",
        "Waar jeugdigen heen worden verwezen",
    ]
    (first,) = groups[0].rows
    assert first.title == "Ambulante hulp"
    assert first.sure == "onzeker: 10 tot 60% kleiner"
    assert first.value.value() == 40
    assert dict(first.way.field.choices)[first.way.value()] == "kleiner dan nu"
    assert (first.small.value(), first.large.value()) == (10, 60)
    assert first.now == "25,0%"
    (second,) = groups[1].rows
    assert second.title == "Huisarts: naar de basisvoorzieningen in plaats van naar Ambulante hulp"
    assert (second.value.value(), second.way) == (10, None)

    page = answer.content.decode()
    outside = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    for name in ("value_0", "way_0", "value_1", "title"):
        assert f'name="{name}"' in outside
    for name in ("small_0", "large_0", "keep_0", "municipalities", "first_from", "months", "seed"):
        assert f'name="{name}"' in page
        assert f'name="{name}"' not in outside
    assert "<details open" not in page


def test_a_changed_scenario_is_kept_and_run(as_lead: Client, scenario: ScenarioVersion) -> None:
    saved = saved_from(
        as_lead, scenario, title="Korter en anders", value_0="30,5", small_0="10", large_0="50"
    )
    assert saved.id == "korter-en-anders"
    assert size_of(saved.interventions[0].size) == Size(0.695, 0.5, 0.9)
    run = SimulationRun.objects.get()
    assert (run.months, run.replications) == (24, 20)


def test_growth_seasons_and_municipalities_are_changed_as_other_numbers(
    as_lead: Client, care_system: CareSystemVersion, analyst: User
) -> None:
    document = samples.scenario()
    stages = [{"from": "2025-01-01", "municipalities": "all"}]
    document["interventions"] = [
        {"target": target, "operation": operation, "size": size, "stages": stages}
        for target, operation, size in (
            ("referrers.gp.trend", "set", samples.assumed(0.05, "1/year", -0.02, 0.08)),
            ("referrers.gp.season.07", "multiply", samples.assumed(1.2, "ratio", 1.1, 1.5)),
            ("municipalities.0150", "add", samples.printed(0.1, "share")),
        )
    ]
    text = samples.as_text(document)
    kept = services.load_example(care_system=care_system, document=text, by=analyst)
    groups = as_lead.get(address(kept)).context["page"].form.groups()
    rows = [(group.title, row) for group in groups for row in group.rows]
    assert [(title, row.title, row.value.value(), row.now) for title, row in rows] == [
        ("Groei van de verwijzingen per jaar", "Huisarts", 5, "1,0% per jaar"),
        ("Verwijzingen in een maand van het jaar", "Huisarts: verwijzingen in juli", 20, "0,70"),
        (
            "Waar jeugdigen vandaan komen",
            "Deel van de jeugdigen dat uit Deventer komt",
            10,
            "30,0%",
        ),
    ]
    saved = saved_from(as_lead, kept, title="Minder", value_0="-1,5", value_1="30")
    sizes = [size_of(intervention.size) for intervention in saved.interventions]
    assert [size.value for size in sizes] == [-0.015, 1.3, 0.1]


def test_a_change_for_a_part_of_the_youths(as_lead: Client, scenario: ScenarioVersion) -> None:
    form = as_lead.get(address(scenario)).context["page"].form
    assert (form["first_share"].value(), form["everywhere_share"].value()) == (100, 100)
    saved = saved_from(as_lead, scenario, title="Voor een deel", first_share="37,5")
    first, everywhere = saved.interventions[0].stages
    assert (first.share, everywhere.share) == (0.375, 1.0)
    run = SimulationRun.objects.get()
    page = as_lead.get(address(run.scenario))
    assert "voor 37,5% van de jeugdigen" in page.content.decode()
    assert page.context["page"].form["first_share"].value() == 37.5


@pytest.mark.parametrize(
    ("change", "size"),
    [
        # Only the number: the range keeps its proportion to it.
        ({"value_0": "20"}, (0.8, 0.7, 0.95)),
        ({"value_0": "20", "way_0": "more"}, (1.2, 1.05, 1.3)),
        ({"value_0": "0"}, (1.0, 1.0, 1.0)),
        # A range is never wider than what can be.
        ({"value_0": "80"}, (0.2, 0.0, 0.8)),
        # Somebody who says so, or who types a range, has it as it stands.
        ({"value_0": "20", "keep_0": "on"}, (0.8, 0.4, 0.9)),
        ({"value_0": "20", "large_0": "50"}, (0.8, 0.5, 0.9)),
        # The two ends have no order.
        ({"value_0": "20", "small_0": "50", "large_0": "5"}, (0.8, 0.5, 0.95)),
        # A range may go both ways.
        (
            {"value_0": "20", "small_0": "5", "small_way_0": "more"},
            (0.8, 0.4, 1.05),
        ),
        ({"value_1": "20"}, None),
    ],
)
def test_the_range_goes_with_the_number_unless_it_is_typed(
    as_lead: Client,
    scenario: ScenarioVersion,
    change: dict[str, str],
    size: tuple[float, float, float] | None,
) -> None:
    saved = saved_from(as_lead, scenario, **change)
    first, second = (size_of(item.size) for item in saved.interventions)
    assert first == pytest.approx(size or (0.6, 0.4, 0.9))
    assert second == pytest.approx((0.1, 0.0, 0.2) if size else (0.2, 0.0, 0.4))


def test_the_page_says_that_a_range_moved_along(as_lead: Client, scenario: ScenarioVersion) -> None:
    sent = {**form_of(as_lead, scenario), **FAST, "value_0": "20"}
    page = as_lead.post(address(scenario), sent, follow=True).content.decode()
    assert "de marge schoof mee" in page
    assert "Kans op verlenging bij ambulante hulp: 5 tot 30% kleiner" in page
    quiet = {**sent, "title": "Anders", "large_0": "50"}
    assert "schoof mee" not in as_lead.post(address(scenario), quiet, follow=True).content.decode()


def test_an_example_sent_unchanged_is_run_and_not_copied(
    as_lead: Client, scenario: ScenarioVersion
) -> None:
    saved_from(as_lead, scenario)
    assert SimulationRun.objects.get().scenario == scenario
    # A name of one's own is a wish to have one's own.
    assert saved_from(as_lead, scenario, title="Van mij").title.nl == "Van mij"


def test_each_copy_gets_a_name_of_its_own(as_lead: Client, scenario: ScenarioVersion) -> None:
    first = saved_from(as_lead, scenario, value_0="20")
    assert first.title.nl == "Eindige trajecten, eigen versie 1"
    assert first.title.en == "Finite trajectories, own version 1"
    assert saved_from(as_lead, scenario, value_0="30").title.nl.endswith("eigen versie 2")
    # The next version of one's own keeps its name.
    own = ScenarioVersion.objects.get(identifier=first.id)
    again = saved_from(as_lead, own, value_0="25")
    assert (again.id, again.title) == (first.id, first.title)


def test_a_name_that_another_scenario_has_is_refused(
    as_lead: Client, scenario: ScenarioVersion
) -> None:
    saved_from(as_lead, scenario, value_0="20", title="Van ons")
    for taken in ("van  ONS", "Eindige trajecten"):
        sent = {**form_of(as_lead, scenario), "value_0": "30", "title": taken}
        answer = as_lead.post(address(scenario), sent)
        assert answer.status_code == 422
        assert "heeft deze naam al" in " ".join(answer.context["page"].form.errors["title"])
    assert ScenarioVersion.objects.count() == 2


def test_who_sees_it_stands_above_the_button(as_lead: Client, scenario: ScenarioVersion) -> None:
    page = as_lead.get(address(scenario)).content.decode()
    seen = page.index("Iedereen met een rol in regio IJsselland ziet uw scenario")
    assert "programmamanager, data-analist, projectleider en lezer (raad, bestuur)" in page[seen:]
    assert seen < page.index("Bewaren en berekenen")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"title": ""}, "title", "verplicht"),
        ({"value_0": "veel"}, "value_0", "getal"),
        ({"value_0": "-20"}, "value_0", "zonder minteken. Kies ernaast: kleiner of groter"),
        ({"value_1": "-20"}, "value_1", "0 of hoger"),
        ({"value_1": "120"}, "value_1", "Meer dan 100%"),
        ({"large_0": "130"}, "large_0", "Meer dan 100% kleiner"),
        ({"way_0": "sideways"}, "way_0", "sideways"),
        ({"value_0": "60", "small_0": "10", "large_0": "20"}, "value_0", "10 tot 20% kleiner"),
        (
            {"value_0": "900", "way_0": "more", "keep_0": "on"},
            "value_0",
            "buiten de marge",
        ),
        ({"value_0": "900", "way_0": "more"}, "value_0", "niet mogelijk"),
        ({"months": "400"}, "months", "120"),
        ({"replications": "1"}, "replications", "20"),
        ({"municipalities": []}, "municipalities", "gemeente"),
        (
            {"first_from": "", "everywhere_from": "", "municipalities": []},
            "everywhere_from",
            "begin",
        ),
        ({"first_from": "2028-01-01"}, "everywhere_from", "vóór"),
        ({"municipalities": ["9999"]}, "municipalities", "9999"),
        ({"everywhere_share": "101"}, "everywhere_share", "100"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    as_lead: Client, scenario: ScenarioVersion, change: dict, field: str, words: str
) -> None:
    sent = {**form_of(as_lead, scenario), **change}
    answer = as_lead.post(address(scenario), sent)
    assert answer.status_code == 422
    form = answer.context["page"].form
    assert words in " ".join(form.errors[field])
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert form["seed"].value() == str(sent["seed"])
    assert not SimulationRun.objects.exists()
    assert ScenarioVersion.objects.count() == 1
    # Where it is folded away, it stands open.
    closed = re.findall(r"<details>.*?</details>", page, flags=re.DOTALL)
    assert not any(f'id="id_{field}_error"' in part for part in closed)


def test_what_was_typed_in_a_fold_stays_in_sight(
    as_lead: Client, scenario: ScenarioVersion
) -> None:
    sent = {**form_of(as_lead, scenario), "title": "", "small_0": "15"}
    page = as_lead.post(address(scenario), sent).content.decode()
    assert page.count("<details open") == 1
    assert 'value="15"' in page


def test_a_list_of_faults_names_the_change_and_follows_the_page(
    as_lead: Client, scenario: ScenarioVersion
) -> None:
    sent = {**form_of(as_lead, scenario), "title": "", "small_0": "veel", "months": "6"}
    form = as_lead.post(address(scenario), sent).context["page"].form
    wrong = [field.name for field in form if field.errors]
    assert wrong == ["small_0", "months", "title"]
    assert form["small_0"].label == "Kans op verlenging bij ambulante hulp: klein effect"
    assert form["months"].errors == ["Kies een heel getal van 12 tot en met 120."]


def test_a_change_that_begins_later_says_so(as_lead: Client, scenario: ScenarioVersion) -> None:
    (first,), (second,) = (
        group.rows for group in as_lead.get(address(scenario)).context["page"].form.groups()
    )
    assert first.later.startswith("Begint later: Zwolle vanaf januari 2025; overal vanaf")
    assert second.later == ""


def test_an_example_on_an_earlier_care_system_is_copied_to_the_newest(
    as_lead: Client, region: Region, scenario: ScenarioVersion, analyst: User
) -> None:
    document = {**samples.care_system(), "version": "2024-2"}
    newer: CareSystemVersion = services.load_care_system(
        region=region, document=samples.as_text(document), by=analyst
    )
    saved = saved_from(as_lead, scenario)
    assert saved.title.nl == "Eindige trajecten, eigen versie 1"
    assert SimulationRun.objects.get().scenario.care_system == newer
