"""From an idea to its forecast through the pages, and who sees what."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.closing_loop import LATER, on
from vliegwiel.apps.decisions.queries import deeds_of
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer.models import CareSystemVersion, ScenarioVersion, SimulationRun
from vliegwiel.apps.initiatives import (
    Change,
    Estimate,
    Facts,
    HypothesisFacts,
    InitiativeRefused,
    NewCare,
    ProposalFacts,
    queries,
    services,
)
from vliegwiel.apps.initiatives.models import ForecastAsked, Initiative
from vliegwiel.apps.instruments.services import load_shipped as load_instruments
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user

HOME = "/regio/ijsselland/innovaties/"


@pytest.fixture
def as_manager(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def hypothesis(**changed: Any) -> dict[str, Any]:
    return {
        "for_whom": "Jongeren van 12 tot 18 jaar.",
        "judgement": "Kernteam",
        "starts_on": "2027-01-01",
        "ramp_months": "6",
        "seen": "0",
        "what_0": "multiply care_types.ambulant.places",
        "low_0": "0",
        "likely_0": "10",
        "high_0": "12,5",
        **changed,
    }


def test_an_idea_is_looked_up_and_then_saved_once(as_manager: Client, region: Region) -> None:
    text = {"title": "Thuis behandelen", "summary": "Intensieve behandeling thuis bij crisis."}
    Initiative.objects.create(
        region=None,
        catalogue_key="home",
        title_nl="Behandeling thuis",
        summary_nl="Intensieve behandeling thuis in plaats van opname.",
        stage="stopped",
        published_at=timezone.now(),
        made_by=User.objects.get(email__startswith="programme"),
    )
    looked = as_manager.post(f"{HOME}nieuw/", {**text, "look": "1"}).content.decode()
    assert "Behandeling thuis" in looked
    assert 'value="Thuis behandelen"' in looked
    for _again in range(2):
        answer = as_manager.post(f"{HOME}nieuw/", text)
        assert answer.status_code == 302
    made = Initiative.objects.get(region=region)
    assert answer.headers["Location"] == f"{HOME}{made.pk}/"
    assert (made.stage, made.steps.count(), made.facts_versions.count()) == ("idea", 1, 1)


def test_started_from_the_palette_the_question_is_there(as_manager: Client, region: Region) -> None:
    page = as_manager.get(f"{HOME}nieuw/?palet=crisis").content.decode()
    assert 'value="Grip op crisis"' in page
    as_manager.post(
        f"{HOME}nieuw/", {"title": "Grip op crisis", "summary": "Eerder.", "palette": "crisis"}
    )
    made = Initiative.objects.get(region=region)
    check = queries.requirements(queries.proposal_now(made.pk))
    assert [one.key for one in check if one.is_met] == ["question_and_hypothesis"]
    assert len(check) == 11


def test_deeds_count_what_proposals_say(idea: int, region: Region, lead: User) -> None:
    for seen, said in enumerate(("", "Minder wachten.", "")):
        texts = {"question": f"Vraag {seen}", "outcome_criteria": said}
        services.save_proposal(
            initiative_id=idea, proposal=ProposalFacts(texts), seen=seen, by=lead
        )
        deeds = deeds_of(region)
        assert (deeds.proposals, deeds.with_criteria) == (1, int(bool(said)))


def test_an_initiative_is_held_against_the_preconditions(
    as_manager: Client, region: Region, idea: int, lead: User, reader: User
) -> None:
    asked = f"{HOME}{idea}/toets/preconditions/"
    assert as_manager.post(asked).status_code == 404, "the instrument was not loaded"
    load_instruments(by=system_user())
    # Rounds have shorter names than initiatives, so that two may come to have the same.
    Initiative.objects.filter(pk=idea).update(title_nl=f"{'a' * 110}b")
    first, again = (as_manager.post(asked).headers["Location"] for _once in range(2))
    assert first == again
    facts = Facts(title=f"{'a' * 110}c", summary="Zo.")
    other = services.start(region=region, facts=facts, by=lead)
    namesake = as_manager.post(f"{HOME}{other}/toets/preconditions/").headers["Location"]
    assert namesake != first
    with pytest.raises(NotAllowed):
        services.open_assessment(initiative_id=idea, kind="preconditions", by=reader)
    page = as_manager.get(f"{HOME}{idea}/").content.decode()
    assert f'href="{first}"' in page
    assert asked not in page
    assert as_manager.post(f"{first}sluiten/").status_code == 302
    assert asked in as_manager.get(f"{HOME}{idea}/").content.decode()
    assert as_manager.post(asked).headers["Location"] != first
    assert as_manager.post(f"{HOME}{idea}/toets/maturity-scan/").status_code == 404


def test_new_care_lasts_some_time_and_costs_nothing_below_zero(idea: int, lead: User) -> None:
    numbers = (
        Estimate("days", 0, 7, 14),
        Estimate("cost_per_day", -1, 2, 3),
        Estimate("places", 0, 2, 3),
    )
    facts = HypothesisFacts(
        *("Gezinnen", "Kerngroep", date(2026, 1, 1), 0, ()),
        changes=(Change("care_types.a.stay.mean", "multiply", 0.7, 0.8, 0.9),),
        new_care=NewCare("Thuisteam", "ambulant", numbers),
    )
    with pytest.raises(InitiativeRefused) as refused:
        services.save_hypothesis(initiative_id=idea, hypothesis=facts, seen=0, by=lead)
    assert refused.value.problems.keys() == {"days_low", "cost_per_day_low"}


def test_two_editors_lose_nothing(as_manager: Client, idea: int) -> None:
    first = as_manager.get(f"{HOME}{idea}/wijzigen/")
    assert first.context["form"]["seen"].value() == 1
    for title, status in (("Thuis beter", 302), ("Beter thuis", 422)):
        answer = as_manager.post(
            f"{HOME}{idea}/wijzigen/", {"title": title, "summary": "Zo.", "seen": "1"}
        )
        assert answer.status_code == status
    page = answer.content.decode()
    assert "Iemand anders" in page
    assert 'value="Beter thuis"' in page
    assert Initiative.objects.get(pk=idea).title_nl == "Thuis beter"


def new_care(**changed: Any) -> dict[str, Any]:
    """A part of those whom the general practitioner refers goes to care that is not there yet."""
    return hypothesis(
        **{
            "what_0": "move referrers.gp.destinations.ambulant",
            "to_0": "new",
            "low_0": "10",
            "new_name": "Thuisteam Plus",
            "new_group": "ambulant",
            **{f"places_{end}": "16" for end in ("low", "likely", "high")},
            "days_low": "8",
            "days_likely": "12,5",
            "days_high": "26",
            **{f"cost_per_day_{end}": "95" for end in ("low", "likely", "high")},
            "goes_on_low": "5",
            "goes_on_likely": "10",
            "goes_on_high": "30",
            "goes_on_to": "ambulant",
            **changed,
        }
    )


def test_care_that_the_region_does_not_have_yet(
    as_manager: Client, idea: int, care_system: CareSystemVersion
) -> None:
    for seen in ("0", "1"):
        answer = as_manager.post(f"{HOME}{idea}/hypothese/", new_care(seen=seen))
        assert answer.status_code == 302, answer.content.decode()[:4000]
    now = queries.hypothesis_now(idea)
    assert now is not None
    # Sent twice is one version.
    assert now.number == 1
    page = as_manager.get(f"{HOME}{idea}/").content.decode()
    assert "Thuisteam Plus" in page
    assert "12,5" in page
    form = as_manager.get(f"{HOME}{idea}/hypothese/").context["form"]
    shown = [form[name].value() for name in ("to_0", "new_name", "days_likely", "goes_on_high")]
    assert shown == ["new", "Thuisteam Plus", 12.5, 30]
    assert as_manager.post(f"{HOME}{idea}/vooruitblik/").status_code == 302
    scenario = explorer.scenario(ScenarioVersion.objects.get())
    (made,) = scenario.new_care_types
    assert made.id == scenario.interventions[0].to == "new-thuisteam-plus"
    assert (made.stay.mean.value, made.cost_per_day.value) == (87.5, 95)
    assert made.next[0].probability.value == 0.1
    assert made.capacity.kind == "places"
    page = as_manager.get(
        f"/regio/ijsselland/verkennen/scenario/{ScenarioVersion.objects.get().pk}/"
    ).content.decode()
    assert "Hulp die er nog niet is: Thuisteam Plus" in page
    assert "56 dagen tot 182 dagen" in page
    # Without a number of places everybody can come; that is another version.
    free = {f"places_{end}": "" for end in ("low", "likely", "high")}
    assert (
        as_manager.post(f"{HOME}{idea}/hypothese/", new_care(**free, seen="1")).status_code == 302
    )
    now = queries.hypothesis_now(idea)
    assert now is not None
    assert now.facts.new_care is not None
    assert now.facts.new_care.number("places") is None


def test_from_a_hypothesis_to_its_forecast(
    as_manager: Client, manager: User, idea: int, care_system: CareSystemVersion
) -> None:
    with on(LATER):
        later = Client()
        later.force_login(manager)
        shown = later.get(f"{HOME}{idea}/hypothese/").content.decode()
    assert '<option value="2027-04-01" selected' in shown
    answer = as_manager.post(f"{HOME}{idea}/hypothese/", hypothesis())
    assert answer.status_code == 302, answer.content.decode()[:4000]
    for _again in range(2):
        answer = as_manager.post(f"{HOME}{idea}/vooruitblik/")
    run = SimulationRun.objects.get()
    assert answer.headers["Location"].endswith(f"/{run.pk}/")
    scenario = ScenarioVersion.objects.get()
    assert (scenario.identifier, scenario.number) == (f"initiative-{idea}", 1)
    size = queries.hypothesis_now(idea).facts.changes[0]  # type: ignore[union-attr]
    assert (size.low, size.likely, size.high) == (1.0, 1.1, 1.125)
    assert ForecastAsked.objects.get().run == run.pk
    page = as_manager.get(f"{HOME}{idea}/").content.decode()
    assert f"/verkennen/berekening/{run.pk}/" in page or str(run.pk) in page
    assert "+12,5%" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"what_0": ""}, "what_0"),
        ({"likely_0": "20"}, "likely_0"),
        ({"high_0": ""}, "likely_0"),
        ({"what_0": "move referrers.gp.destinations.ambulant"}, "to_0"),
        ({"judgement": " "}, "judgement"),
        # The care system cannot have fewer than no places.
        ({"low_0": "-100", "likely_0": "-100"}, "what_0"),
        (new_care(new_name=""), "new_name"),
        (new_care(to_0="base"), "new_name"),
        (new_care(days_likely=""), "days_likely"),
        (new_care(days_low="0"), "days_low"),
        (new_care(cost_per_day_low="96"), "cost_per_day_likely"),
        (new_care(goes_on_to=""), "goes_on_to"),
        (new_care(new_group=""), "new_group"),
    ],
)
def test_a_hypothesis_that_says_too_little(
    as_manager: Client,
    idea: int,
    care_system: CareSystemVersion,
    changed: dict[str, str],
    field: str,
) -> None:
    answer = as_manager.post(f"{HOME}{idea}/hypothese/", hypothesis(**changed))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert queries.hypothesis_now(idea) is None


def test_who_may_do_what(
    client: Client, idea: int, region: Region, lead: User, reader: User, manager: User
) -> None:
    pages = ("wijzigen/", "voorstel/", "ethiek/", "keuze/", "fase/stopped/")
    expected = {
        lead: (200, 200, 403, 403, 200),
        reader: (403,) * 5,
        manager: (200,) * 5,
    }
    for person, statuses in expected.items():
        client.force_login(person)
        assert client.get(f"{HOME}{idea}/").status_code == 200
        found = tuple(client.get(f"{HOME}{idea}/{page}").status_code for page in pages)
        assert found == statuses, person
    # Once the region explores it, who proposed it changes it no more.
    Initiative.objects.filter(pk=idea).update(stage="exploring")
    client.force_login(lead)
    assert client.get(f"{HOME}{idea}/wijzigen/").status_code == 403


def test_a_visitor_sees_what_is_published(client: Client, as_manager: Client, idea: int) -> None:
    visitor = Client()
    assert visitor.get(f"/innovaties/{idea}/").status_code == 404
    assert "Behandeling thuis" not in visitor.get("/innovaties/").content.decode()
    as_manager.post(f"{HOME}{idea}/publiceren/")
    page = visitor.get(f"/innovaties/{idea}/")
    assert page.status_code == 200
    assert "Some project_lead" not in page.content.decode()
    assert "Behandeling thuis" in visitor.get("/innovaties/?zoek=behandelingen").content.decode()
    assert (
        "Behandeling thuis" not in visitor.get("/innovaties/?thema=sustainability").content.decode()
    )
    assert visitor.get(f"{HOME}{idea}/").status_code == 302
    as_manager.post(f"{HOME}{idea}/publiceren/", {"withdraw": "1"})
    assert visitor.get(f"/innovaties/{idea}/").status_code == 404


def test_a_step_asks_what_it_needs(as_manager: Client, idea: int) -> None:
    page = as_manager.get(f"{HOME}{idea}/fase/proposal/").content.decode()
    assert f"{HOME}{idea}/voorstel/" in page
    refused = as_manager.post(
        f"{HOME}{idea}/fase/stopped/", {"origin": "idea", "reason": "Geen geld."}
    )
    assert list(refused.context["form"].errors) == ["evidence"]
    as_manager.post(
        f"{HOME}{idea}/fase/stopped/",
        {"origin": "idea", "reason": "Geen geld.", "evidence": "Begin kleiner."},
    )
    assert Initiative.objects.get(pk=idea).stage == "stopped"
    assert as_manager.get(f"{HOME}{idea}/fase/onzin/").status_code == 404


def test_records_are_kept_on_the_page(as_manager: Client, idea: int) -> None:
    sent = {
        "keuze/": {
            "choice": "partner", "reason": "Samen is goedkoper.", "decided_by": "Bestuur",
            "decided_on": "2026-02-01",
        },
        "ethiek/": {
            "held_on": "2026-01-15", "questions": "Wie ziet de data?",
            "outcome": "Alleen het gezin.", "reviewers": "Ethische commissie",
            "returns_on": "2026-02-15",
        },
        "overdracht/watch/": {"text": "Banken werken met een app."},
        "cyclus/": {"place": "science", "note": "Onderzoek is begonnen."},
    }  # fmt: skip
    for path, data in sent.items():
        assert as_manager.get(f"{HOME}{idea}/{path}").status_code == 200
        for _again in range(2):
            assert as_manager.post(f"{HOME}{idea}/{path}", data).status_code == 302
    records = queries.records_of(idea)
    lengths = (len(records.sourcing), len(records.reviews), len(records.cycle))
    assert lengths == (1, 1, 1)
    page = as_manager.get(f"{HOME}{idea}/").content.decode()
    for words in ("Samen is goedkoper.", "Wie ziet de data?", "Banken werken", "Onderzoek is"):
        assert words in page
    # The review comes back on its day.
    assert "Behandeling thuis" in as_manager.get(HOME).content.decode().partition("Ethische")[2]


def test_lists_take_the_same_queries_with_many(
    as_manager: Client, region: Region, manager: User
) -> None:
    # To scale up needs a decision, which these have not.
    stages = [stage.value for stage in queries.Stage if stage not in ("scaling", "embedded")]

    def make(count: int) -> None:
        Initiative.objects.bulk_create(
            Initiative(
                region=region,
                title_nl=f"Initiatief {number}",
                summary_nl="Iets nieuws.",
                stage=stages[number % len(stages)],
                made_by=manager,
            )
            for number in range(count)
        )

    def asked() -> list[int]:
        counts = []
        for address in (HOME, f"{HOME}lijst/?page=2", "/innovaties/?zoek=initiatief"):
            with CaptureQueriesContext(connection) as found:
                assert as_manager.get(address).status_code == 200
            counts.append(len(found))
        return counts

    make(30)
    few = asked()
    make(300)
    assert asked() == few
    assert max(few) <= 10
    board = queries.board(region)
    assert sum(column.count for column in board) == 330
    assert {len(column.lines) for column in board if column.stage in stages} == {6}
