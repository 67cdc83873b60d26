"""Only the main outcome opens the way to scaling, never over harm; a pause changes nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.closing_loop import REGISTERED, on, waits
from vliegwiel.apps.decisions import DecisionFacts, DecisionRefused, services
from vliegwiel.apps.decisions.models import Decision, Evidence
from vliegwiel.apps.decisions.queries import evidence_of
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.initiatives.models import Initiative, StageStep
from vliegwiel.apps.pilots import OutcomeFacts, PlanFacts
from vliegwiel.apps.pilots import services as pilots
from vliegwiel.apps.pilots.models import Delivery, Pilot
from vliegwiel.apps.regions.models import Region, User

SCALE = DecisionFacts(
    kind="scale", reason="Het werkt.", decided_by="Kerngroep", decided_on=date(2026, 11, 1)
)


@pytest.fixture
def pilot(initiative: int, facts: PlanFacts, region: Region, manager: User) -> Pilot:
    """A pilot with a main outcome and another one, in its stage."""
    (first,) = facts.outcomes
    both = (first, OutcomeFacts(version=waits(region, manager), smallest_relevant=5))
    plan = replace(facts, outcomes=both)
    made = pilots.draft(initiative_id=initiative, facts=plan, by=manager)
    with on(REGISTERED):
        pilots.register(pilot_id=made.pk, by=manager)
    Initiative.objects.filter(pk=initiative).update(stage="pilot")
    return made


@pytest.fixture
def two(pilot: Pilot, manager: User) -> tuple[int, int]:
    """Its outcomes; the main one has measurements."""
    main, second = pilot.outcomes.values_list("pk", flat=True)
    content = b"groep;eenheid;dag;waarde\nmet;a;2026-02-01;7\nzonder;b;2026-02-01;6"
    pilots.take_file(outcome_id=main, content=content, by=manager)
    return main, second


def kept(outcome: int, verdict: str, by: User) -> Evidence:
    return Evidence.objects.create(
        outcome_id=outcome, delivery=Delivery.objects.earliest("pk"), verdict=verdict,
        design="randomised", scale="difference", estimate=0.8, error=0.1, level=5,
        measurements=300, effect={}, plan="x", code="x", by=by,
    )  # fmt: skip


def forced(initiative: int, evidence: Evidence, by: User, **further: Any) -> Decision:
    """A decision past the service."""
    row: dict[str, Any] = {"kind": "scale", "reason": "x", "decided_by": "x", **further}
    return Decision.objects.create(
        initiative_id=initiative, evidence=evidence, decided_on=date(2026, 11, 1), by=by, **row
    )


@pytest.mark.parametrize(
    ("main", "second", "on_second", "words"),
    [("not_yet", "hard", True, "only the main"), ("hard", "hard_adverse", False, "does harm")],
)
def test_the_gate_stays_shut(
    two: tuple[int, int],
    pilot: Pilot,
    manager: User,
    main: str,
    second: str,
    on_second: bool,
    words: str,
) -> None:
    both = [kept(two[0], main, manager), kept(two[1], second, manager)]
    chosen = both[on_second]
    with pytest.raises(DecisionRefused) as refused:
        services.decide(
            initiative_id=pilot.initiative_id, facts=replace(SCALE, evidence=chosen.pk), by=manager
        )
    assert set(refused.value.problems) == {"evidence"}
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        forced(pilot.initiative_id, chosen, manager)
    (told,) = [one for one in evidence_of(pilot.initiative_id) if one.id == chosen.pk]
    assert told.shut == refused.value.problems["evidence"]
    kept(two[1], "not_yet", manager)
    if main == "hard":
        forced(pilot.initiative_id, chosen, manager)


def test_harm_of_another_outcome_is_on_record_before_scaling(
    two: tuple[int, int], pilot: Pilot, manager: User
) -> None:
    facts = replace(SCALE, evidence=kept(two[0], "hard", manager).pk)
    rows = "\n".join(
        f"{side};{number};2026-02-01;{wait + number};1"
        for side, wait in (("met", 40), ("zonder", 20))
        for number in range(20 * (side == "zonder"), 20 + 20 * (side == "zonder"))
    )
    content = f"groep;eenheid;dag;waarde;einde_gezien\n{rows}".encode()
    pilots.take_file(outcome_id=two[1], content=content, by=manager)
    with pytest.raises(DecisionRefused) as refused:
        services.decide(initiative_id=pilot.initiative_id, facts=facts, by=manager)
    assert set(refused.value.problems) == {"evidence"}
    # Once something of it is on record, the database knows that it is not the newest.
    kept(two[1], "not_yet", manager)
    with pytest.raises(DecisionRefused):
        services.decide(initiative_id=pilot.initiative_id, facts=facts, by=manager)
    with pytest.raises(IntegrityError, match="older"), transaction.atomic():
        forced(pilot.initiative_id, Evidence.objects.get(verdict="hard"), manager)


def test_a_pause_is_undone_after_an_adjustment(
    two: tuple[int, int], pilot: Pilot, manager: User
) -> None:
    number = pilot.initiative_id
    facts = replace(SCALE, evidence=kept(two[0], "hard", manager).pk)
    services.decide(initiative_id=number, facts=facts, by=manager)
    services.decide(initiative_id=number, facts=replace(facts, kind="adjust"), by=manager)
    for origin, target in (("scaling", "paused"), ("paused", "scaling")):
        initiatives.take_step(
            initiative_id=number, origin=origin, target=target, reason="Zomer.", by=manager
        )
    assert Initiative.objects.get(pk=number).stage == "scaling"
    with pytest.raises(IntegrityError, match="needs a decision"), transaction.atomic():
        StageStep.objects.create(
            initiative_id=number, origin="paused", target="scaling", reason="x", by=manager
        )


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE initiatives_initiative SET stage = 'scaling'", "needs a step"),
        ("UPDATE initiatives_initiative SET stage = 'embedded'", "needs a step"),
        ("UPDATE initiatives_stagestep SET target = 'scaling'", "never change"),
        ("DELETE FROM initiatives_stagestep", "never change"),
        (
            "INSERT INTO initiatives_stagestep"
            " (initiative_id, origin, target, reason, evidence, by_id, at)"
            " SELECT initiative_id, 'pilot', 'embedded', reason, evidence, by_id, at"
            " FROM initiatives_stagestep",
            "only what was scaled up",
        ),
    ],
)
def test_no_stage_without_its_step(pilot: Pilot, statement: str, words: str) -> None:
    """Whoever writes to the database comes past the same gate."""
    with (
        pytest.raises(IntegrityError, match=words),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Initiative.objects.get(pk=pilot.initiative_id).stage == "pilot"
