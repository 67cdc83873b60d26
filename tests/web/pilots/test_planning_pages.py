"""From an initiative to a registered plan and its amendments, through the pages."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.web.answers import text
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.pilots import PlanFacts, queries, services
from vliegwiel.apps.pilots.models import Amendment, Pilot
from vliegwiel.apps.regions.models import Municipality, Region, User
from vliegwiel.apps.yardstick.models import IndicatorVersion

HOME = "/regio/ijsselland/"


def typed(mark: IndicatorVersion, **changed: Any) -> dict[str, Any]:
    soon = timezone.localdate() + timedelta(days=10)
    return {
        "title": "Proef in Deventer",
        "starts_on": soon.isoformat(),
        "ends_on": (soon + timedelta(days=300)).isoformat(),
        "lot": "nothing",
        "design": "differences",
        "tuning_size": "120",
        "alpha": "0,05",
        "reach": "own_region",
        "analysis": "Verschil tussen voor en na.",
        "stop_rule": "Bij schade.",
        "seen": "0",
        "name_0": "Deventer",
        "side_0": "with",
        "name_1": "Kampen",
        "side_1": "beside",
        "name_2": "Kampen",
        "side_2": "beside",
        "version_0": str(mark.pk),
        "relevant_0": "0,5",
        "claim_0": "any_effect",
        **changed,
    }


def test_no_plan_before_the_region_explores(
    as_lead: Client, as_manager: Client, initiative: int, mark: IndicatorVersion, lead: User
) -> None:
    draft = services.draft(initiative_id=initiative, facts=PlanFacts(title="Begin"), by=lead)
    Initiative.objects.filter(pk=initiative).update(stage="idea")
    page = f"{HOME}innovaties/{initiative}/proef/"
    answers = [as_lead.get(page), as_lead.post(page, typed(mark))]
    answers.append(as_manager.post(f"{HOME}proeven/{draft.pk}/vastleggen/"))
    assert [answer.status_code for answer in answers] == [200, 422, 422]
    assert all("nog niet aan een proef toe" in text(answer) for answer in answers)


def test_from_an_initiative_to_a_registered_plan(
    as_lead: Client, as_manager: Client, initiative: int, mark: IndicatorVersion
) -> None:
    assert "Plan een proef" in text(as_lead.get(f"{HOME}innovaties/{initiative}/"))
    answer = as_lead.post(f"{HOME}innovaties/{initiative}/proef/", typed(mark))
    assert answer.status_code == 302, answer.context["form"].errors
    pilot = Pilot.objects.get()
    page = f"{HOME}proeven/{pilot.pk}/"
    assert answer.headers["Location"] == page
    plan = queries.plan_of(pilot.pk)
    assert plan is not None
    assert [group.key for group in plan.groups] == ["deventer", "kampen", "kampen-2"]
    assert as_lead.get(f"{page}vastleggen/").status_code == 403
    assert "Leg dit plan voorgoed vast" in text(as_manager.get(f"{page}vastleggen/"))
    assert as_manager.post(f"{page}vastleggen/").status_code == 302
    assert as_manager.get(f"{page}vastleggen/").headers["Location"] == page
    pilot.refresh_from_db()
    assert pilot.fingerprint in text(as_manager.get(page))
    assert as_lead.get(f"{page}wijzigen/").status_code == 302
    words = {"subject": "end", "was": "Mei", "becomes": "Juli", "reason": "Te weinig jeugdigen"}
    for _again in range(2):
        assert as_manager.post(f"{page}aanpassing/", words).status_code == 302
    assert Amendment.objects.count() == 1
    assert "Te weinig jeugdigen" in text(as_manager.get(page))
    assert "1 wijziging sinds het vastleggen" in text(as_manager.get(f"{HOME}proeven/"))


def test_what_is_lacking_is_said_part_by_part(as_manager: Client, initiative: int) -> None:
    as_manager.post(f"{HOME}innovaties/{initiative}/proef/", {
        "title": "Leeg", "lot": "nothing", "alpha": "0,05", "reach": "own_region",
    })  # fmt: skip
    page = f"{HOME}proeven/{Pilot.objects.get().pk}/"
    checks = as_manager.get(f"{page}vastleggen/").context["checks"]
    assert sum(bool(check.lacks) for check in checks) == 8
    refused = as_manager.post(f"{page}vastleggen/")
    assert refused.status_code == 422
    assert Pilot.objects.get().registered_at is None


def test_a_refusal_keeps_what_was_typed(
    as_lead: Client, initiative: int, mark: IndicatorVersion
) -> None:
    wrong = typed(mark, starts_on="2027-05-01", ends_on="2027-04-01", relevant_0="")
    answer = as_lead.post(f"{HOME}innovaties/{initiative}/proef/", wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["relevant_0"]
    answer = as_lead.post(f"{HOME}innovaties/{initiative}/proef/", {**wrong, "relevant_0": "1"})
    assert list(answer.context["form"].errors) == ["ends_on"]
    assert "Verschil tussen voor en na." in answer.content.decode()


def test_more_rows_keep_what_was_typed(
    as_lead: Client, region: Region, initiative: int, mark: IndicatorVersion
) -> None:
    place = Municipality.objects.create(code="0150", name="Deventer")
    place.region_memberships.create(region=region, start="2020-01-01")
    sent = typed(mark, more="places")
    answer = as_lead.post(f"{HOME}innovaties/{initiative}/proef/", sent)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert (form.groups, form["place_3"].value(), form["name_0"].value()) == (4, "0150", "Deventer")
    more = as_lead.post(f"{HOME}innovaties/{initiative}/proef/", {**sent, "more": "outcomes"})
    assert more.context["form"].outcomes == 3
    assert not Pilot.objects.exists()


def test_two_editors_see_what_differs_and_lose_nothing(
    as_lead: Client, as_manager: Client, initiative: int, mark: IndicatorVersion, lead: User
) -> None:
    pilot = services.draft(initiative_id=initiative, facts=PlanFacts(title="Begin"), by=lead)
    page = f"{HOME}proeven/{pilot.pk}/wijzigen/"
    assert as_manager.post(page, typed(mark, seen="1", title="Van de een")).status_code == 302
    late = as_lead.post(page, typed(mark, seen="1", title="Van de ander", stop_rule=""))
    assert late.status_code == 422
    rows = [row.header for row in late.context["differences"].body]
    assert rows == ["Hoe de proef heet", "Wanneer de proef eerder stopt"]
    assert "Van de een" in text(late)
    assert late.context["form"]["seen"].value() == "2"
    again = typed(mark, seen="2", title="Van de ander")
    assert as_lead.post(page, again).status_code == 302
    assert Pilot.objects.get().title == "Van de ander"


def test_the_strongest_design_is_said_and_what_makes_it_stronger(
    as_manager: Client, initiative: int, mark: IndicatorVersion
) -> None:
    as_manager.post(f"{HOME}innovaties/{initiative}/proef/", typed(mark, design="before_after"))
    page = as_manager.get(f"{HOME}proeven/{Pilot.objects.get().pk}/")
    advice = page.context["advice"]
    # Others are followed too, which before and after alone would not use.
    assert advice.better == "Voor en na, naast anderen"
    assert "Wat de opzet sterker maakt" in text(page)
    assert all(way.why and way.stronger for way in advice.ways)
