"""What a region still has to decide: per pilot and outcome, and once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.apps.decisions.test_decisions import FACTS, delivered, evidence
from vliegwiel.apps.decisions import services
from vliegwiel.apps.decisions.models import Evidence
from vliegwiel.apps.decisions.queries import Why, to_decide
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.pilots import PlanFacts
from vliegwiel.apps.pilots import services as pilots
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region, User


def asked(region: Region, pilot: Pilot, *, days: int = 0) -> list[tuple[str, Why]]:
    """What waits, so many days after the planned end of the pilot."""
    assert pilot.ends_on is not None
    found = to_decide(region, today=pilot.ends_on + timedelta(days=days))
    return [(one.pilot, one.why) for one in found]


def test_a_decision_about_harm_of_one_outcome_is_none_about_another(
    region: Region, pilot: Pilot, facts: PlanFacts, initiative: int, manager: User
) -> None:
    Initiative.objects.filter(pk=initiative).update(stage="pilot")
    harm = evidence(pilot, manager, "hard_adverse")
    assert asked(region, pilot) == [(pilot.title, Why.HARM)]
    decision = replace(FACTS, evidence=harm.pk)
    services.decide(initiative_id=initiative, facts=decision, by=manager)
    evidence(pilot, manager, "hard_adverse")
    assert asked(region, pilot) == [], "the same of the same outcome was decided"
    other = pilots.draft(initiative_id=initiative, facts=replace(facts, title="B"), by=manager)
    found = evidence(pilot, manager, "indication")
    found.pk, found.verdict, found.outcome = None, "hard_adverse", other.outcomes.get()
    found.save(force_insert=True)
    assert asked(region, pilot) == [("B", Why.HARM)]


@pytest.mark.parametrize(("kind", "again"), [("scale", False), ("continue", True)])
def test_who_scaled_on_hard_evidence_is_not_asked_again_at_the_end(
    region: Region, pilot: Pilot, initiative: int, manager: User, kind: str, *, again: bool
) -> None:
    Initiative.objects.filter(pk=initiative).update(stage="pilot")
    delivered(pilot, manager)
    hard: Evidence = evidence(pilot, manager, "hard")
    decision = replace(FACTS, kind=kind, evidence=hard.pk)
    services.decide(initiative_id=initiative, facts=decision, by=manager)
    assert asked(region, pilot, days=1) == [(pilot.title, Why.ENDED)] * again
