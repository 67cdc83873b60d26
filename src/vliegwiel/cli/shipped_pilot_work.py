"""Made-up work on the pilot of the demo: steps, a lesson, risks and minutes of its core group."""

from datetime import date, timedelta

from django.utils import timezone

from vliegwiel.apps.pilots import DecisionFacts, RiskFacts, queries, services
from vliegwiel.apps.pilots.queries import PilotStatus, PilotsWanted
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions.services import system_user

from .language import gettext as _
from .steps import Report

_DEMO_REGION = "ijsselland"


def make_pilot_work(report: Report) -> str:
    """Writes down what was done in the pilot that runs; once."""
    region, today = regions.region_by_slug(_DEMO_REGION), timezone.localdate()
    if region is None:
        return _("no region to make it for")
    running = PilotsWanted(status=PilotStatus.RUNNING)
    found = queries.find_pilots(region, running, today=today)[:1]
    for pilot in found:
        if not queries.work_of(pilot.id, today=today).milestones:
            _work(pilot.id, today)
    report(1, 1)
    return _("made-up work on a pilot") if found else _("no pilot to make it for")


def _work(pilot: int, today: date) -> None:
    by = system_user()
    services.plan_milestone(
        pilot_id=pilot, title=_("All teams are complete"), due_on=_ago(today, 120), by=by
    )
    line = queries.work_of(pilot, today=today).milestones[0]
    services.reach_milestone(pilot_id=pilot, milestone=line.id, on=_ago(today, 112), by=by)
    services.plan_milestone(
        pilot_id=pilot, title=_("Interim report to the councils"), due_on=_ago(today, 7), by=by
    )
    services.write_iteration(
        pilot_id=pilot,
        began_on=_ago(today, 150),
        ended_on=_ago(today, 90),
        tried=_("Made up: two teams worked by the new agreements."),
        learned=_("Made up: agree beforehand who calls the family first."),
        then=_("Made up: all teams use the same first call."),
        by=by,
    )
    for risk in _risks():
        services.keep_risk(pilot_id=pilot, facts=risk, by=by)
    services.hold_meeting(
        pilot_id=pilot,
        held_on=_ago(today, 40),
        present=_("Made up: municipalities, care providers, general practitioners"),
        minutes=_("Made up: the first measurements were looked at together."),
        decisions=[
            DecisionFacts(
                text=_("Made up: fill the place that is free in the second team"),
                owner=_("Care providers"),
                due_on=_ago(today, 10),
            )
        ],
        by=by,
    )


def _risks() -> tuple[RiskFacts, ...]:
    return (
        RiskFacts(
            kind="purchasing",
            title=_("Made up: contracts for next year do not fit the new way of working"),
            chance="middle",
            impact="large",
            owner=_("Regional purchasing"),
            early_sign=_("Made up: providers ask which product they must declare"),
        ),
        RiskFacts(
            kind="care",
            title=_("Made up: other youths wait longer meanwhile"),
            chance="small",
            impact="large",
            owner=_("Care providers"),
            measure=_("Made up: the waiting list is looked at every month"),
            status="controlled",
        ),
    )


def _ago(today: date, days: int) -> date:
    return today - timedelta(days=days)
