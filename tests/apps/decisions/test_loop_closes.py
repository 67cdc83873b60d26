"""The loop at service level: forecast on record, evidence, gate, known effect, adoption, pool."""

from dataclasses import replace
from datetime import date

import pytest

from tests.closing_loop import (
    LATER,
    REGISTERED,
    TARGET,
    care_system,
    decision,
    forecast,
    measured,
    on,
    registered,
    rough,
)
from vliegwiel.apps.decisions import DecisionRefused, ProvisionalEvidence, asked, services
from vliegwiel.apps.decisions.queries import (
    adopted_here,
    came_from,
    evidence_of,
    lessons,
    model_expects,
    on_record,
    realised_sizes,
    scores_of,
    taken_over_by,
    tried,
)
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.explorer.models import KnownEffect, SimulationRun
from vliegwiel.apps.initiatives import Change, HypothesisFacts
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.queries import hypothesis_now
from vliegwiel.apps.pilots import services as pilots
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import make_user, system_user


@pytest.fixture
def hypothesis(initiative: int, region: Region, manager: User) -> int:
    """The initiative with a hypothesis, and the region with a model."""
    explorer_services.load_care_system(region=region, document=care_system(), by=system_user())
    facts = HypothesisFacts(
        for_whom="Jongeren met ambulante hulp",
        judgement="Aanbieders",
        starts_on=date(2026, 6, 1),
        ramp_months=0,
        municipalities=(),
        changes=(Change(TARGET, "multiply", 0.7, 0.8, 0.9),),
    )
    initiatives.save_hypothesis(initiative_id=initiative, hypothesis=facts, seen=0, by=manager)
    return initiative


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    rough(monkeypatch, asked)


def test_a_true_effect_goes_round(
    hypothesis: int, region: Region, manager: User, few: None
) -> None:
    initiative = hypothesis
    pilot = registered(initiative, region, manager)
    forecast(pilot, manager)
    _hoped(pilot, manager)
    Initiative.objects.filter(pk=initiative).update(stage="pilot")
    (before,) = on_record(pilot)
    assert before.model is not None
    assert before.model.likely < 0, "shorter stays make shorter waits"
    assert before.proposers is not None
    assert before.proposers.likely == -30
    measured(pilot, manager, ratio=2.0)
    (record,) = on_record(pilot)
    (look,) = record.looks
    assert (look.verdict, look.proposers_inside) == ("hard", True)
    assert scores_of(region).proposers_here is not None
    with on(LATER):
        services.decide(initiative_id=initiative, facts=decision(initiative), by=manager)
        initiatives.publish(initiative_id=initiative, by=manager)
        assert services.learn(initiative_id=initiative, by=manager) == 1
        assert services.learn(initiative_id=initiative, by=manager) == 0
    (size,) = realised_sizes(initiative)
    assert size.likely == pytest.approx(
        1 + (0.8 - 1) * look.measured / before.model.likely, abs=0.01
    )
    assert explorer.known_effects(region)[TARGET, "multiply", ""] == size

    other = Region.objects.create(code="JZ08", slug="elders", name="Elders")
    theirs = make_user(
        email="a@example.nl", name="A", password="x" * 12, roles=[(other, Role.PROGRAMME_MANAGER)]
    )
    explorer_services.load_care_system(region=other, document=care_system(), by=system_user())
    adopted = services.adopt(origin_id=initiative, region=other, changes="Kleiner.", by=theirs)
    assert adopted_here(initiative, other) == adopted
    now = hypothesis_now(adopted)
    assert now is not None
    (change,) = now.facts.changes
    assert (change.low, change.likely, change.high) == (size.low, size.likely, size.high)
    assert "IJsselland" in now.facts.judgement
    assert KnownEffect.objects.filter(region=other).count() == 1
    origin = came_from(adopted)
    assert origin is not None
    assert (origin.region, origin.changes) == ("IJsselland", "Kleiner.")
    assert [one.region for one in taken_over_by(initiative)] == ["Elders"]

    Initiative.objects.filter(pk=initiative).update(mark="generated")
    assert realised_sizes(initiative) == [size], "made up, in its own region"
    assert realised_sizes(initiative, region=other) == []
    Initiative.objects.filter(pk=adopted).update(mark="", region=region)
    assert realised_sizes(adopted) == [], "made up says nothing of what is not"


def _hoped(pilot: int, by: User) -> None:
    """Somebody makes the scenario of the pilot rosier: what it says is not what is asked."""
    expects = model_expects(pilot)
    assert expects is not None
    run = SimulationRun.objects.get(pk=expects.run)
    rosy = run.scenario.document.replace("0.8", "0.71")
    assert rosy != run.scenario.document
    hoped = explorer_services.save_scenario(source=run.scenario, document=rosy, by=by)
    assert hoped.identifier == run.scenario.identifier
    for scenario, replications in ((hoped, run.replications), (run.scenario, 30)):
        SimulationRun.objects.create(
            scenario=scenario, months=run.months, replications=replications, seed=run.seed,
            status="done", result=run.result, ended_at=run.ended_at, created_by=by,
        )  # fmt: skip
    still = model_expects(pilot)
    assert still is not None
    assert still.run == run.pk


def test_without_an_effect_scaling_is_refused(
    hypothesis: int, region: Region, manager: User
) -> None:
    pilot = registered(hypothesis, region, manager)
    Initiative.objects.filter(pk=hypothesis).update(stage="pilot")
    measured(pilot, manager, ratio=1.0)
    with on(LATER), pytest.raises(ProvisionalEvidence):
        services.decide(initiative_id=hypothesis, facts=decision(hypothesis), by=manager)
    stop = replace(decision(hypothesis), kind="stop", reason="Begin eerder.")
    with on(LATER):
        services.decide(initiative_id=hypothesis, facts=stop, by=manager)
    (lesson,) = lessons(region)
    assert lesson.lesson == "Begin eerder."
    (line,) = tried(region)
    assert ([one.verdict for one in line.effects], line.pooled) == (["not_yet"], None)


def test_what_was_measured_later_comes_first(
    hypothesis: int, region: Region, manager: User
) -> None:
    pilot = registered(hypothesis, region, manager)
    Initiative.objects.filter(pk=hypothesis).update(stage="pilot")
    measured(pilot, manager, ratio=2.0)
    (record,) = on_record(pilot)
    with on(LATER):
        late = b"groep;eenheid;dag;waarde;einde_gezien\nmet;laat;2027-01-20;300;1"
        pilots.take_file(outcome_id=record.outcome, content=late, by=manager)
        with pytest.raises(DecisionRefused) as refused:
            services.decide(initiative_id=hypothesis, facts=decision(hypothesis), by=manager)
    assert set(refused.value.problems) == {"evidence"}
    assert evidence_of(hypothesis)[0].measured_since


def test_the_model_says_why_it_cannot_be_asked(
    initiative: int, region: Region, manager: User
) -> None:
    pilot = registered(initiative, region, manager)
    for make in (None, care_system):
        if make is not None:
            explorer_services.load_care_system(region=region, document=make(), by=system_user())
        with on(REGISTERED), pytest.raises(DecisionRefused) as refused:
            services.ask_forecast(pilot_id=pilot, by=manager)
        assert set(refused.value.problems) == {"model"}
    with on(REGISTERED), pytest.raises(DecisionRefused):
        services.freeze_pilot(
            pilot_id=pilot, choices={on_record(pilot)[0].outcome: "cost|all"}, by=manager
        )
