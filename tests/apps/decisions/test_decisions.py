"""Only hard evidence opens the way to scaling: in the service and in the database."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from tests.apps.pilots.test_measurements import outcome_of, table
from vliegwiel.apps.decisions import (
    DecisionFacts,
    DecisionRefused,
    ForecastTooLate,
    ProvisionalEvidence,
    services,
)
from vliegwiel.apps.decisions.models import Decision, Evidence, ForecastRecord
from vliegwiel.apps.decisions.queries import (
    decisions_of,
    evidence_of,
    expected_elsewhere,
    record_of,
)
from vliegwiel.apps.initiatives import StepRefused
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.initiatives.models import Initiative, StageStep
from vliegwiel.apps.pilots import services as pilots
from vliegwiel.apps.pilots.models import Delivery, Pilot
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import make_user, system_user
from vliegwiel.science.evidence.scoring import Said

FACTS = DecisionFacts(
    kind="continue",
    reason="De proef loopt goed.",
    decided_by="Kerngroep",
    decided_on=date(2026, 11, 1),
)


@pytest.fixture
def in_pilot(pilot: Pilot) -> Pilot:
    """Its initiative stands in the stage of a pilot."""
    Initiative.objects.filter(pk=pilot.initiative_id).update(stage="pilot")
    return pilot


def delivered(pilot: Pilot, by: User) -> Delivery:
    content = b"groep;eenheid;dag;waarde\nmet;a;2026-02-01;7\nzonder;b;2026-02-01;6"
    pilots.take_file(outcome_id=outcome_of(pilot), content=content, by=by)
    return Delivery.objects.latest("pk")


def evidence(pilot: Pilot, by: User, verdict: str, **further: Any) -> Evidence:
    """Kept evidence with a verdict; that verdicts follow from measurements is tested apart."""
    delivery = Delivery.objects.first() or delivered(pilot, by)
    given = {"estimate": 0.8, "error": 0.1, "level": 5, "scale": "difference", **further}
    return Evidence.objects.create(
        outcome_id=outcome_of(pilot),
        delivery=delivery,
        verdict=verdict,
        design="randomised",
        measurements=300,
        effect={},
        plan=pilot.fingerprint,
        code="x",
        by=by,
        **given,
    )


def stage_of(pilot: Pilot) -> str:
    return Initiative.objects.get(pk=pilot.initiative_id).stage


def test_hard_evidence_from_measurements_opens_the_way(
    in_pilot: Pilot, lead: User, manager: User
) -> None:
    pilots.take_file(outcome_id=outcome_of(in_pilot), content=table(300, effect=1.0), by=lead)
    kept = services.keep_evidence(outcome_id=outcome_of(in_pilot), by=lead)
    assert kept is not None
    assert kept.verdict == "hard"
    again = services.keep_evidence(outcome_id=outcome_of(in_pilot), by=lead)
    assert again == kept
    scale = replace(FACTS, kind="scale", evidence=kept.pk)
    services.decide(initiative_id=in_pilot.initiative_id, facts=scale, by=manager)
    assert stage_of(in_pilot) == "scaling"
    steps = StageStep.objects.filter(initiative=in_pilot.initiative_id).order_by("pk")
    assert [one.target for one in steps] == ["idea", "proven", "scaling"]
    (line,) = evidence_of(in_pilot.initiative_id)
    assert line.measurements == 300


def test_provisional_evidence_is_not_rolled_out(in_pilot: Pilot, manager: User) -> None:
    found = evidence(in_pilot, manager, "indication", lacking=["weak_design"])
    scale = replace(FACTS, kind="scale", evidence=found.pk)
    with pytest.raises(ProvisionalEvidence) as refused:
        services.decide(initiative_id=in_pilot.initiative_id, facts=scale, by=manager)
    assert refused.value.lacking == ("weak_design",)
    with pytest.raises(DecisionRefused):
        services.decide(
            initiative_id=in_pilot.initiative_id, facts=replace(scale, evidence=None), by=manager
        )
    assert stage_of(in_pilot) == "pilot"


def test_hard_evidence_that_fell_apart_opens_nothing(in_pilot: Pilot, manager: User) -> None:
    hard = evidence(in_pilot, manager, "hard")
    evidence(in_pilot, manager, "not_yet")
    scale = replace(FACTS, kind="scale", evidence=hard.pk)
    with pytest.raises(ProvisionalEvidence):
        services.decide(initiative_id=in_pilot.initiative_id, facts=scale, by=manager)
    with pytest.raises(IntegrityError, match="not rolled out"), transaction.atomic():
        Decision.objects.create(
            initiative_id=in_pilot.initiative_id,
            kind="scale",
            evidence=hard,
            reason="x",
            decided_by="x",
            decided_on=date(2026, 11, 1),
            by=manager,
        )


def test_the_database_refuses_as_well(in_pilot: Pilot, manager: User) -> None:
    found = evidence(in_pilot, manager, "indication")
    row = {
        "initiative_id": in_pilot.initiative_id,
        "reason": "x",
        "decided_by": "x",
        "decided_on": date(2026, 11, 1),
        "by": manager,
    }
    exception = {"exception_reason": "x", "exception_by": "x"}
    for given, words in (
        ({"kind": "scale", "evidence": found}, "not rolled out"),
        ({"kind": "scale"}, "provisional|rests_on_evidence"),
        ({"kind": "stop", **exception}, "an_exception_has"),
        ({"kind": "scale", "evidence": found, "exception_reason": "x"}, "an_exception_has"),
        ({"kind": "hope"}, "decision_says"),
    ):
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            Decision.objects.create(**row, **given)
    with pytest.raises(IntegrityError, match="needs a decision"), transaction.atomic():
        StageStep.objects.create(
            initiative_id=in_pilot.initiative_id,
            origin="pilot",
            target="scaling",
            reason="x",
            by=manager,
        )
    with pytest.raises(IntegrityError, match="hard_evidence"), transaction.atomic():
        evidence(in_pilot, manager, "hard", level=2)


def test_without_a_decision_the_step_is_refused(in_pilot: Pilot, manager: User) -> None:
    with pytest.raises(StepRefused) as refused:
        initiatives.take_step(
            initiative_id=in_pilot.initiative_id,
            origin="pilot",
            target="scaling",
            reason="Gewoon doen.",
            evidence="Gevoel.",
            by=manager,
        )
    assert refused.value.lacks == ("decision",)


def test_an_exception_has_a_reason_and_a_name_and_stays(in_pilot: Pilot, manager: User) -> None:
    found = evidence(in_pilot, manager, "indication")
    scale = replace(FACTS, kind="scale", evidence=found.pk, exception_reason="Nood in de regio.")
    with pytest.raises(DecisionRefused) as refused:
        services.decide(initiative_id=in_pilot.initiative_id, facts=scale, by=manager)
    assert set(refused.value.problems) == {"exception_by"}
    named = replace(scale, exception_by="Wethouder A")
    for _again in range(2):
        services.decide(initiative_id=in_pilot.initiative_id, facts=named, by=manager)
    (line,) = decisions_of(in_pilot.initiative_id)
    assert (line.verdict, line.exception_by) == ("indication", "Wethouder A")
    assert stage_of(in_pilot) == "scaling"
    targets = StageStep.objects.values_list("target", flat=True)
    assert "proven" not in set(targets)


def test_decisions_are_only_added_to(in_pilot: Pilot, manager: User) -> None:
    services.decide(initiative_id=in_pilot.initiative_id, facts=FACTS, by=manager)
    for statement in (
        "UPDATE decisions_decision SET reason = 'x'",
        "DELETE FROM decisions_decision",
    ):
        with (
            pytest.raises(DatabaseError, match="never change"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_stop_moves_the_initiative_and_only_who_may_decides(
    in_pilot: Pilot, lead: User, manager: User
) -> None:
    stop = replace(FACTS, kind="stop", reason="Gezinnen haakten af; begin bij de school.")
    with pytest.raises(NotAllowed):
        services.decide(initiative_id=in_pilot.initiative_id, facts=stop, by=lead)
    services.decide(initiative_id=in_pilot.initiative_id, facts=stop, by=manager)
    assert stage_of(in_pilot) == "stopped"


def test_evidence_of_another_initiative_is_refused(
    in_pilot: Pilot, region: Region, manager: User
) -> None:
    found = evidence(in_pilot, manager, "hard")
    other = Initiative.objects.create(
        region=region, title_nl="Anders", summary_nl="x", stage="pilot", made_by=manager
    )
    with pytest.raises(DecisionRefused) as refused:
        services.decide(
            initiative_id=other.pk,
            facts=replace(FACTS, kind="scale", evidence=found.pk),
            by=manager,
        )
    assert set(refused.value.problems) == {"evidence"}


def test_forecasts_are_frozen_before_the_start_and_scored(
    pilot: Pilot, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = outcome_of(pilot)
    said = services.ModelSaid(Said(likely=0.7, low=0.4, high=1.0, sample=(0.5, 0.7, 0.9)), run=1)
    with pytest.raises(ForecastTooLate):
        services.freeze_forecasts(pilot_id=pilot.pk, model={outcome: said}, by=manager)
    real = timezone.localdate
    with monkeypatch.context() as clock:
        clock.setattr(
            timezone, "localdate", lambda *given: real(*given) if given else date(2026, 1, 5)
        )
        for _again in range(2):
            services.freeze_forecasts(pilot_id=pilot.pk, model={outcome: said}, by=manager)
    assert ForecastRecord.objects.count() == 1
    assert record_of(pilot.initiative.region, "model") is None  # type: ignore[arg-type]
    evidence(pilot, manager, "hard", estimate=0.8)
    record = record_of(pilot.initiative.region, "model")  # type: ignore[arg-type]
    assert record is not None
    assert [row.inside for row in record.rows] == [True]
    assert record.rows[0].surprise == pytest.approx(0.1)


def test_another_region_takes_it_over(
    in_pilot: Pilot, region: Region, manager: User, mark: Any
) -> None:
    evidence(in_pilot, manager, "hard", estimate=0.8, error=0.1)
    other = Region.objects.create(code="JZ08", slug="elders", name="Elders")
    theirs = make_user(
        email="a@example.nl", name="A", password="x" * 12, roles=[(other, Role.PROJECT_LEAD)]
    )
    origin = in_pilot.initiative_id
    with pytest.raises(DecisionRefused):
        services.adopt(origin_id=origin, region=other, changes="", by=theirs)
    initiatives.publish(initiative_id=origin, by=system_user())
    adopted = services.adopt(origin_id=origin, region=other, changes="Zonder school.", by=theirs)
    again = services.adopt(origin_id=origin, region=other, changes="", by=theirs)
    assert again == adopted
    with pytest.raises(DecisionRefused):
        services.adopt(origin_id=origin, region=region, changes="", by=manager)
    found = expected_elsewhere(adopted, mark.indicator.key)
    assert (found.regions, found.estimates, found.pooled) == (("IJsselland",), (0.8,), None)
    assert expected_elsewhere(origin, mark.indicator.key).regions == ()
