"""Which steps an initiative may take: the table, and a walk through it."""

from typing import Any

import pytest

from vliegwiel.apps.initiatives import (
    ChangedMeanwhile,
    InitiativeRefused,
    ProposalFacts,
    StepRefused,
    queries,
    services,
)
from vliegwiel.apps.initiatives.models import Initiative, StageStep
from vliegwiel.apps.initiatives.stages import STEPS, WORKING, Stage, step_between
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import User

S = Stage


@pytest.mark.parametrize(
    ("origin", "target", "right", "needs"),
    [
        (S.IDEA, S.PROPOSAL, "propose", "question"),
        (S.PROPOSAL, S.EXPLORING, "edit", "question hypothesis"),
        (S.EXPLORING, S.PILOT, "edit", "outcomes parties ethics"),
        (S.PILOT, S.PROVEN, "edit", "evidence"),
        (S.PROVEN, S.SCALING, "edit", "decision evidence"),
        (S.PILOT, S.SCALING, "edit", "decision evidence"),
        (S.SCALING, S.EMBEDDED, "edit", "evidence"),
        (S.PROPOSAL, S.IDEA, "propose", ""),
        (S.EXPLORING, S.PROPOSAL, "edit", ""),
        (S.PILOT, S.EXPLORING, "edit", ""),
        (S.PROVEN, S.PILOT, "edit", ""),
        (S.SCALING, S.PILOT, "edit", ""),
        (S.PILOT, S.PAUSED, "edit", ""),
        (S.PILOT, S.STOPPED, "edit", "lesson"),
        (S.EMBEDDED, S.STOPPED, "edit", "lesson"),
        (S.PAUSED, S.STOPPED, "edit", "lesson"),
        (S.STOPPED, S.IDEA, "edit", ""),
    ],
)
def test_a_permitted_step(origin: Stage, target: Stage, right: str, needs: str) -> None:
    step = step_between(origin, target)
    assert step is not None
    assert (step.right, " ".join(step.needs)) == (f"initiatives.{right}", needs)


@pytest.mark.parametrize(
    ("origin", "target"),
    [
        (S.IDEA, S.PILOT),
        (S.PROPOSAL, S.PILOT),
        (S.EXPLORING, S.SCALING),
        (S.PILOT, S.EMBEDDED),
        (S.EMBEDDED, S.PAUSED),
        (S.STOPPED, S.PILOT),
        (S.STOPPED, S.STOPPED),
    ],
)
def test_a_step_that_is_none(origin: Stage, target: Stage) -> None:
    assert step_between(origin, target) is None


def test_from_a_pause_only_back_to_where_it_was() -> None:
    for stage in WORKING:
        assert step_between(S.PAUSED, stage, paused_from=stage) is not None
        assert step_between(S.PAUSED, stage, paused_from="") is None
    assert step_between(S.PAUSED, S.SCALING, paused_from=S.IDEA) is None


def test_no_step_stands_twice_in_the_table() -> None:
    pairs = [(step.origin, step.target) for step in STEPS]
    assert len(pairs) == len(set(pairs)) == 33


def _step(initiative: Initiative, by: User, target: str, **said: str) -> None:
    initiative.refresh_from_db()
    services.take_step(
        initiative_id=initiative.pk,
        origin=initiative.stage,
        target=target,
        by=by,
        **{"reason": "Zo besloten.", **said},
    )


def test_who_proposed_waits_for_the_region(
    initiative: Initiative, provider: User, manager: User, reader: User
) -> None:
    with pytest.raises(StepRefused) as refused:
        _step(initiative, provider, "proposal")
    assert refused.value.lacks == ("question",)
    texts = {"question": "Kan behandeling thuis een opname vervangen?"}
    services.save_proposal(
        initiative_id=initiative.pk,
        proposal=ProposalFacts(texts),
        seen=0,
        by=provider,
    )
    _step(initiative, provider, "proposal")
    with pytest.raises(NotAllowed):
        _step(initiative, reader, "exploring")
    with pytest.raises(NotAllowed):
        _step(initiative, provider, "exploring")
    with pytest.raises(StepRefused) as refused:
        _step(initiative, manager, "exploring")
    assert refused.value.lacks == ("hypothesis",)


def test_every_step_is_kept_and_sent_twice_is_taken_once(
    initiative: Initiative, manager: User
) -> None:
    with pytest.raises(InitiativeRefused) as refused:
        _step(initiative, manager, "stopped", reason=" ")
    assert set(refused.value.problems) == {"reason", "evidence"}
    asked: dict[str, Any] = {
        "origin": "idea",
        "target": "stopped",
        "reason": "Geen geld.",
        "by": manager,
    }
    for _again in range(2):
        services.take_step(initiative_id=initiative.pk, evidence="Begin kleiner.", **asked)
    with pytest.raises(ChangedMeanwhile):
        services.take_step(
            initiative_id=initiative.pk, **{**asked, "target": "paused"}, evidence=""
        )
    _step(initiative, manager, "idea", reason="Er is nieuw geld.")
    kept = StageStep.objects.filter(initiative=initiative).order_by("pk")
    assert [(step.origin, step.target) for step in kept] == [
        ("", "idea"),
        ("idea", "stopped"),
        ("stopped", "idea"),
    ]
    assert kept[1].evidence == "Begin kleiner."


def test_a_pause_ends_where_it_began(initiative: Initiative, manager: User) -> None:
    _step(initiative, manager, "paused")
    offered = [step.target for step in queries.next_steps(initiative.pk, manager)]
    assert offered == ["idea", "stopped"]
    with pytest.raises(StepRefused):
        _step(initiative, manager, "pilot")
