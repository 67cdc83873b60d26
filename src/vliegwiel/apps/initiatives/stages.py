"""The stages of an initiative and the permitted steps between them, as a plain table.

The stages follow the loop: try small before it goes everywhere, and let only what has been proven
go on. What stopped can be opened again: a pilot that ended for lack of money may still be good.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    IDEA = "idea", _("Idea")
    PROPOSAL = "proposal", _("Proposal")
    EXPLORING = "exploring", _("Exploring")
    PILOT = "pilot", _("Pilot")
    PROVEN = "proven", _("Proven")
    SCALING = "scaling", _("Scaling up")
    EMBEDDED = "embedded", _("Embedded")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")


class Need(TextChoices):
    """What must be there before a step; the first five are read, the last two typed with it.

    A decision comes from the app of decisions, with what it rests on.
    """

    QUESTION = "question", _("the question, in the proposal")
    HYPOTHESIS = "hypothesis", _("a hypothesis with numbers")
    OUTCOMES = "outcomes", _("clear outcome criteria, in the proposal")
    PARTIES = "parties", _("the parties that take part, in the proposal")
    ETHICS = "ethics", _("an ethics review")
    DECISION = "decision", _("a decision to scale, on hard evidence")
    EVIDENCE = "evidence", _("what this rests on, and where it can be found")
    LESSON = "lesson", _("what was learned")


#: Needs that are met by what somebody types with the step.
TYPED = frozenset({Need.EVIDENCE, Need.LESSON})
#: Stages in which work is going on, in their order.
WORKING = (
    Stage.IDEA,
    Stage.PROPOSAL,
    Stage.EXPLORING,
    Stage.PILOT,
    Stage.PROVEN,
    Stage.SCALING,
)
#: Stages in which who made the initiative may still change it.
FIRST = frozenset({Stage.IDEA, Stage.PROPOSAL})

_PROPOSE, _EDIT = "initiatives.propose", "initiatives.edit"


@dataclass(frozen=True, slots=True)
class Step:
    """A permitted step: who may take it (a right), and what must be there."""

    origin: Stage
    target: Stage
    right: str
    needs: tuple[Need, ...] = ()


STEPS: tuple[Step, ...] = (
    Step(Stage.IDEA, Stage.PROPOSAL, _PROPOSE, (Need.QUESTION,)),
    Step(Stage.PROPOSAL, Stage.EXPLORING, _EDIT, (Need.QUESTION, Need.HYPOTHESIS)),
    Step(Stage.EXPLORING, Stage.PILOT, _EDIT, (Need.OUTCOMES, Need.PARTIES, Need.ETHICS)),
    Step(Stage.PILOT, Stage.PROVEN, _EDIT, (Need.EVIDENCE,)),
    Step(Stage.PROVEN, Stage.SCALING, _EDIT, (Need.DECISION, Need.EVIDENCE)),
    # Without proof only by a decision that is a recorded exception.
    Step(Stage.PILOT, Stage.SCALING, _EDIT, (Need.DECISION, Need.EVIDENCE)),
    Step(Stage.SCALING, Stage.EMBEDDED, _EDIT, (Need.EVIDENCE,)),
    # Back, when it turns out otherwise.
    Step(Stage.PROPOSAL, Stage.IDEA, _PROPOSE),
    Step(Stage.EXPLORING, Stage.PROPOSAL, _EDIT),
    Step(Stage.PILOT, Stage.EXPLORING, _EDIT),
    Step(Stage.PROVEN, Stage.PILOT, _EDIT),
    Step(Stage.SCALING, Stage.PILOT, _EDIT),
    # Out, for a while or for good; back from a pause only to where it stood.
    *(Step(stage, Stage.PAUSED, _EDIT) for stage in WORKING),
    *(Step(Stage.PAUSED, stage, _EDIT) for stage in WORKING),
    *(
        Step(stage, Stage.STOPPED, _EDIT, (Need.LESSON,))
        for stage in (*WORKING, Stage.EMBEDDED, Stage.PAUSED)
    ),
    Step(Stage.STOPPED, Stage.IDEA, _EDIT),
)


def steps_from(stage: str, *, paused_from: str = "") -> Sequence[Step]:
    """The steps that the table permits; from a pause only back to `paused_from`, or out."""
    return [
        step
        for step in STEPS
        if step.origin == stage
        and (stage != Stage.PAUSED or step.target in (paused_from, Stage.STOPPED))
    ]


def step_between(origin: str, target: str, *, paused_from: str = "") -> Step | None:
    """The step from one stage to another; None where the table has none."""
    found = steps_from(origin, paused_from=paused_from)
    return next((step for step in found if step.target == target), None)
