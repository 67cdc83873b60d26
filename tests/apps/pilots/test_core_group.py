"""The work on a pilot and the page of its core group."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from vliegwiel.apps.pilots import (
    ChangedMeanwhile,
    DecisionFacts,
    PilotRefused,
    RiskFacts,
    services,
)
from vliegwiel.apps.pilots.models import Pilot, RiskVersion
from vliegwiel.apps.pilots.queries import core_group, risks_of
from vliegwiel.apps.regions.models import User

RISK = RiskFacts(
    kind="purchasing",
    title="Aanbieders schrijven niet in",
    chance="middle",
    impact="large",
    owner="Inkoop",
)


def test_a_risk_keeps_its_versions(pilot: Pilot, lead: User) -> None:
    services.keep_risk(pilot_id=pilot.pk, facts=RISK, by=lead)
    controlled = replace(RISK, status="controlled")
    with pytest.raises(PilotRefused) as refused:
        services.keep_risk(pilot_id=pilot.pk, facts=controlled, risk=1, seen=1, by=lead)
    assert set(refused.value.problems) == {"measure"}
    measured = replace(controlled, measure="Eerder in gesprek")
    services.keep_risk(pilot_id=pilot.pk, facts=measured, risk=1, seen=1, by=lead)
    with pytest.raises(ChangedMeanwhile):
        services.keep_risk(pilot_id=pilot.pk, facts=RISK, risk=1, seen=1, by=lead)
    assert RiskVersion.objects.count() == 2
    (line,) = risks_of(pilot.pk)
    assert (line.number, line.status, line.weight) == (2, "controlled", 6)


def test_the_page_says_what_changed_and_what_waits(pilot: Pilot, lead: User) -> None:
    today = date(2026, 7, 1)
    services.keep_risk(pilot_id=pilot.pk, facts=RISK, by=lead)
    services.plan_milestone(
        pilot_id=pilot.pk, title="Team compleet", due_on=date(2026, 3, 1), by=lead
    )
    services.write_iteration(
        pilot_id=pilot.pk,
        began_on=date(2026, 2, 1),
        ended_on=date(2026, 3, 1),
        tried="Twee gezinnen",
        learned="Bel eerst de school",
        by=lead,
    )
    page = core_group(pilot.pk, today=today)
    assert page.late
    assert page.next_on == date(2026, 2, 16)
    assert {one.what for one in page.changed} == {"registered", "learned", "risk"}
    assert {one.what for one in page.questions} == {
        *("milestone_late", "risk_without_measure", "nothing_measured"),
    }
    services.hold_meeting(
        pilot_id=pilot.pk,
        held_on=date(2026, 6, 1),
        present="Gemeente, aanbieder",
        minutes="Besproken.",
        decisions=[DecisionFacts(text="Team vullen", owner="A", due_on=date(2026, 6, 15))],
        by=lead,
    )
    after = core_group(pilot.pk, today=today)
    assert (after.next_on, after.late) == (date(2026, 7, 13), False)
    assert "decision_late" in {one.what for one in after.questions}
    assert "registered" not in {one.what for one in after.changed}


def test_minutes_never_change(pilot: Pilot, lead: User) -> None:
    meeting = {"held_on": date(2026, 6, 1), "present": "A", "minutes": "B", "decisions": []}
    services.hold_meeting(pilot_id=pilot.pk, **meeting, by=lead)  # type: ignore[arg-type]
    with pytest.raises(PilotRefused):
        services.hold_meeting(pilot_id=pilot.pk, **meeting, by=lead)  # type: ignore[arg-type]
    with (
        pytest.raises(DatabaseError, match="never change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE pilots_meeting SET minutes = 'x'")
