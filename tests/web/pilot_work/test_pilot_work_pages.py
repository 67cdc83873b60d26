"""Milestones, lessons, risks, minutes and the framework through the pages, and who sees what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from vliegwiel.apps.instruments.models import RoundAnswer
from vliegwiel.apps.instruments.queries import invited
from vliegwiel.apps.instruments.services import begin_answer, load_shipped, save_answer
from vliegwiel.apps.pilots import PlanFacts, queries, services
from vliegwiel.apps.pilots.models import Framework, Iteration, Meeting, Pilot, RiskVersion
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.services import system_user

HOME = "/regio/ijsselland/proeven/"
RISK = {
    "title": "Aanbieders schrijven niet in",
    "kind": "purchasing",
    "chance": "large",
    "impact": "middle",
    "early_sign": "Minder belangstelling",
    "owner": "Inkoop",
    "measure": "",
    "status": "open",
    "seen": "",
}


def test_steps_lessons_and_risks_are_kept_and_shown(as_lead: Client, pilot: Pilot) -> None:
    work = f"{HOME}{pilot.pk}/werk/"
    assert "Nog geen risico’s" in as_lead.get(work).content.decode()
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    sent = (
        ("mijlpaal/", {"title": "Team compleet", "due_on": "2026-03-01"}),
        (
            "ronde/",
            {
                "began_on": "2026-02-01",
                "ended_on": yesterday,
                "tried": "Twee gezinnen",
                "learned": "Bel eerst de school",
                "then": "",
            },
        ),
        ("risico/", RISK),
    )
    for where, given in sent:
        assert as_lead.post(f"{work}{where}", given).status_code == 302, where
    page = as_lead.get(work).content.decode()
    for text in ("Team compleet", "Te laat", "Bel eerst de school", "Aanbieders schrijven niet in"):
        assert text in page
    milestone = queries.work_of(pilot.pk, today=timezone.localdate()).milestones[0]
    answer = as_lead.post(f"{work}mijlpaal/{milestone.id}/", {"done_on": "2126-01-01"})
    assert answer.context["form"].errors.keys() == {"done_on"}
    answer = as_lead.post(f"{work}mijlpaal/{milestone.id}/", {"done_on": yesterday})
    assert answer.status_code == 302
    assert "Te laat" not in as_lead.get(work).content.decode()


def test_two_who_change_one_risk_lose_nothing(as_lead: Client, pilot: Pilot) -> None:
    work = f"{HOME}{pilot.pk}/werk/"
    as_lead.post(f"{work}risico/", RISK)
    form = as_lead.get(f"{work}risico/1/").context["form"]
    assert (form["seen"].value(), form["owner"].value()) == (1, "Inkoop")
    for owner, status in (("Kwaliteit", 302), ("Bestuur", 422)):
        answer = as_lead.post(f"{work}risico/1/", {**RISK, "owner": owner, "seen": "1"})
        assert answer.status_code == status
    page = answer.content.decode()
    assert "Iemand anders" in page
    assert 'value="Bestuur"' in page
    assert "Kwaliteit" in page
    assert RiskVersion.objects.count() == 2
    answer = as_lead.post(f"{work}risico/1/", {**RISK, "status": "controlled", "seen": "2"})
    assert answer.context["form"].errors.keys() == {"measure"}
    assert as_lead.get(f"{work}risico/9/").status_code == 404


def test_the_core_group_sees_what_waits_and_keeps_minutes(as_lead: Client, pilot: Pilot) -> None:
    home = f"{HOME}{pilot.pk}/kerngroep/"
    as_lead.post(f"{HOME}{pilot.pk}/werk/risico/", RISK)
    page = as_lead.get(home).content.decode()
    assert "Aanbieders schrijven niet in" in page
    assert "bij elkaar moeten komen" in page
    minutes = {
        "held_on": timezone.localdate().isoformat(),
        "present": "Gemeente Zwolle",
        "minutes": "Besproken.",
        "text_0": "Inkoop belt",
        "owner_0": "",
    }
    answer = as_lead.post(f"{home}verslag/", minutes)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"owner_0"}
    assert 'value="Inkoop belt"' in answer.content.decode()
    answer = as_lead.post(f"{home}verslag/", {**minutes, "owner_0": "Inkoop"})
    assert answer.status_code == 302
    assert Meeting.objects.get().decisions.get().owner == "Inkoop"
    page = as_lead.get(home).content.decode()
    assert "bij elkaar moeten komen" not in page
    assert "Inkoop belt" in page


def test_the_framework_is_filled_in_and_stands_beside_others(
    as_lead: Client, pilot: Pilot, initiative: int, lead: User
) -> None:
    load_shipped(by=system_user())
    other = services.draft(initiative_id=initiative, facts=PlanFacts(title="Tweede"), by=lead)
    for one, state in ((pilot, "stands"), (other, "not-begun")):
        for _again in range(2):
            answer = as_lead.post(f"{HOME}{one.pk}/werk/kader/")
        line = queries.framework_of(one.pk)
        assert line is not None
        assert answer.headers["Location"].endswith(f"/invullen/{line.invite}/")
        answers = _answers(line, state)
        save_answer(secret=begin_answer(invite=line.invite), given=answers, hand_in=True)
    assert Framework.objects.count() == RoundAnswer.objects.count() == 2
    assert "Les over taal" in as_lead.get(f"{HOME}{pilot.pk}/werk/").content.decode()
    shown = as_lead.get(f"{HOME}overzicht/")
    found = shown.context["found"]
    assert len(found.ingredients) == 13
    assert {one.alike for one in found.ingredients} == {False}
    assert shown.content.decode().count("Les over taal") == 2


def _answers(line: queries.FrameworkLine, state: str) -> dict[str, str]:
    asked = invited(line.invite)
    assert asked is not None
    states = [one.key for one in asked.instrument.questions if one.key.endswith("-state")]
    return {**dict.fromkeys(states, state), "language-lesson": "Les over taal"}


def test_pilots_beside_each_other_take_as_many_queries_as_one(
    as_lead: Client, pilot: Pilot, initiative: int, lead: User
) -> None:
    empty = as_lead.get(f"{HOME}overzicht/").content.decode()
    assert "Nog geen van deze proeven heeft iets ingevuld" in empty
    assert f"{HOME}{pilot.pk}/werk/" in empty
    assert "Open risico" not in empty
    counts = []
    for number in range(3):
        made = services.draft(
            initiative_id=initiative, facts=PlanFacts(title=f"Proef {number}"), by=lead
        )
        services.write_iteration(
            pilot_id=made.pk,
            began_on=timezone.localdate(),
            ended_on=timezone.localdate(),
            tried="Iets",
            learned=f"Les {number}",
            by=lead,
        )
        with CaptureQueriesContext(connection) as taken:
            page = as_lead.get(f"{HOME}overzicht/").content.decode()
        counts.append(len(taken))
    assert f"Les {number}" in page
    assert counts[-1] <= counts[0]


@pytest.mark.parametrize("where", ["", "mijlpaal/", "ronde/", "risico/", "../kerngroep/verslag/"])
def test_who_only_reads_changes_nothing(
    client: Client, pilot: Pilot, reader: User, where: str
) -> None:
    client.force_login(reader)
    url = f"{HOME}{pilot.pk}/werk/{where}".replace("werk/../", "")
    assert client.get(url).status_code == (403 if where else 200)
    assert client.get(f"{HOME}999999/werk/").status_code == 404
    assert not Iteration.objects.exists()
