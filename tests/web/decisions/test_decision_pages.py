"""The pages where the loop closes: who may what, what they refuse and why, and what they show."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.closing_loop import LATER, REGISTERED, TARGET, care_system, measured, on
from vliegwiel.apps.decisions import services
from vliegwiel.apps.decisions.models import Decision, ForecastRecord
from vliegwiel.apps.decisions.queries import Why, adopted_here, deeds_of, on_record, to_decide
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.explorer.known import MeasuredSize
from vliegwiel.apps.explorer.models import ScenarioVersion
from vliegwiel.apps.initiatives import Change, HypothesisFacts, scenario_of
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user
from vliegwiel.science.caresystem import Text, read_care_system, write_document
from vliegwiel.science.evidence.scoring import Said

PAGES = ("initiative_decisions", "forecast_scores", "spread", "pilot_forecast")


def address(name: str, region: str, *numbers: int) -> str:
    return reverse(name, args=[region, *numbers])


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, url: str) -> str:
    answer = as_user(user).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def frozen(pilot: int, by: User) -> None:
    """What the model and the proposers say, put on record in time."""
    (record,) = on_record(pilot)
    said = services.ModelSaid(Said(likely=-20, low=-30, high=-5), run=1, measure="waiting_time|all")
    with on(REGISTERED + timedelta(days=1)):
        services.freeze_forecasts(pilot_id=pilot, model={record.outcome: said}, by=by)


def proven(pilot: int, initiative: int, by: User, *, ratio: float) -> None:
    Initiative.objects.filter(pk=initiative).update(stage="pilot")
    measured(pilot, by, ratio=ratio)


def test_empty_pages_teach_and_strangers_stay_out(
    pilot: int, initiative: int, region: Region, reader: User, theirs: User
) -> None:
    numbers = {"initiative_decisions": [initiative], "pilot_forecast": [pilot]}
    for name in PAGES:
        url = address(name, region.slug, *numbers.get(name, []))
        assert "<h1" in page(reader, url)
        assert as_user(theirs).get(url).status_code == 403
        assert Client().get(url).status_code == 302


def test_a_forecast_is_put_on_record_from_the_page_and_once(
    pilot: int, region: Region, manager: User, lead: User
) -> None:
    url = address("pilot_forecast", region.slug, pilot)
    with on(REGISTERED + timedelta(days=1)):
        assert as_user(lead).post(url).status_code == 403
        assert "De voorspellingen vastleggen" in page(manager, url)
        assert as_user(manager).post(url).status_code == 302
    assert ForecastRecord.objects.count() == 1
    with on(LATER):
        assert as_user(manager).post(url).status_code == 422
        told = page(manager, url)
    assert "De voorstellers verwachtten" in told
    assert "De voorspellingen vastleggen" not in told


def test_the_page_refuses_to_scale_on_nothing_and_says_what_is_needed(
    pilot: int, initiative: int, region: Region, manager: User, reader: User
) -> None:
    frozen(pilot, manager)
    nothing = page(manager, address("initiative_decisions", region.slug, initiative))
    assert "Leg eerst bewijs van een proef vast." in nothing
    assert "Hierboven staat" not in nothing
    proven(pilot, initiative, manager, ratio=1.0)
    url, home = address("initiative_decisions", region.slug, initiative), f"/regio/{region.slug}/"
    assert url not in page(manager, home), "nothing is to be decided before the pilot ended"
    with on(LATER):
        assert url in page(manager, home)
        told = page(manager, url)
        assert "Opschalen kan nu niet" in told
        assert "Opschalen kan niet zolang dit nodig is" in told
        given = {
            "kind": "scale",
            "evidence": str(_evidence()),
            "reason": "Het voelt goed.",
            "decided_by": "Stuurgroep",
            "decided_on": "2027-02-28",
        }
        answer = as_user(manager).post(url, given)
        assert answer.status_code == 422
        assert "Opschalen kan niet:" in answer.content.decode()
        assert "Het voelt goed." in answer.content.decode()
        assert not Decision.objects.exists()
        assert as_user(reader).post(url, given).status_code == 403
        named = {**given, "exception_reason": "Nood.", "exception_by": "Wethouder A"}
        assert as_user(manager).post(url, named).status_code == 302
        assert "Wethouder A" in page(reader, url)
        for made, decided, days in ((LATER, 0, None), (date(2027, 2, 18), 1, 10)):
            Initiative.objects.filter(pk=initiative).update(made_at=_noon(made))
            deeds = deeds_of(region)
            assert (deeds.decided, deeds.days_to_decision) == (decided, days)
        assert (deeds.tried, deeds.stopped, deeds.made_up) == (0, 0, False)
        assert url not in page(manager, home)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())


def _evidence() -> int:
    return Initiative.objects.values_list("pilots__outcomes__evidence", flat=True).get()


def test_scores_show_the_model_and_the_proposers(
    pilot: int, initiative: int, region: Region, manager: User
) -> None:
    frozen(pilot, manager)
    proven(pilot, initiative, manager, ratio=2.0)
    (waiting,) = to_decide(region, today=REGISTERED)
    assert (waiting.initiative, waiting.why) == (initiative, Why.HARD), "also before its end"
    told = page(manager, address("forecast_scores", region.slug))
    assert "1 van 1 uitkomsten lagen binnen de band" in told
    assert "Het model verwachtte" in told
    assert "De voorstellers, alle regio" not in told, "nobody else has any to score"


@pytest.mark.usefixtures("pilot")
def test_another_region_sees_what_was_proven_and_takes_it_over(
    pilot: int, initiative: int, region: Region, manager: User, other: Region, theirs: User
) -> None:
    frozen(pilot, manager)
    proven(pilot, initiative, manager, ratio=2.0)
    there, url = address("spread", other.slug), address("initiative_adopt", other.slug, initiative)
    assert "Behandeling thuis" not in page(theirs, there), "it was not published"
    assert as_user(theirs).get(url).status_code == 404
    initiatives.publish(initiative_id=initiative, by=manager)
    assert "hard bewijs in 1 regio" in page(theirs, there)
    assert "In een volgende" not in page(theirs, url)
    assert as_user(manager).get(url).status_code == 403
    assert as_user(theirs).post(url, {"changes": "Zonder school."}).status_code == 302
    adopted = adopted_here(initiative, other)
    assert adopted is not None
    assert "De hypothese kon niet mee" in page(theirs, url)
    assert "Zonder school." in page(theirs, address("initiative", other.slug, adopted))
    own = address("initiative_adopt", region.slug, initiative)
    assert as_user(manager).get(own).status_code == 404


def test_a_scenario_takes_a_measured_size(region: Region, manager: User, reader: User) -> None:
    document = care_system()
    explorer_services.load_care_system(region=region, document=document, by=system_user())
    changes = (Change(TARGET, "multiply", 0.7, 0.8, 0.9),)
    words = Text(nl="Korter", en="Shorter")
    made = scenario_of(
        HypothesisFacts("x", "y", REGISTERED.replace(day=1), 0, (), changes),
        initiative=1, title=words, description=words, system=read_care_system(document),
    )  # fmt: skip
    scenario = explorer_services.make_scenario(
        region=region, document=write_document(made), by=manager
    )
    size = MeasuredSize(
        target=TARGET, operation="multiply", to="", low=0.85, likely=0.9, high=1.0,
        why=Text(nl="Gemeten in Twente.", en="Measured in Twente."), evidence=(1,),
    )  # fmt: skip
    explorer_services.record_effects(region=region, sizes=[size], by=manager)
    url = address("explorer_scenario", region.slug, scenario.pk)
    assert "Gemeten in Twente." in page(manager, url)
    take = address("scenario_measured", region.slug, scenario.pk)
    assert as_user(reader).post(take).status_code == 403
    assert as_user(manager).post(take).status_code == 302
    newest = ScenarioVersion.objects.latest("pk")
    assert newest.number == 2
    assert "Gemeten in Twente." in newest.document
    told = page(manager, address("explorer_scenario", region.slug, newest.pk))
    assert "Proeven hebben hier een grootte van gemeten" not in told


def test_the_lists_take_a_constant_number_of_queries(
    pilot: int,
    initiative: int,
    region: Region,
    manager: User,
    django_assert_max_num_queries: object,
) -> None:
    frozen(pilot, manager)
    proven(pilot, initiative, manager, ratio=2.0)
    client = as_user(manager)
    for name in ("spread", "forecast_scores"):
        with django_assert_max_num_queries(30):  # type: ignore[operator]
            client.get(address(name, region.slug))
