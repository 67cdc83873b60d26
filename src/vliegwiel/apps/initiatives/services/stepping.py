"""From one stage to the next: who, when, why, and on what it rests."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel.apps.initiatives.errors import ChangedMeanwhile, InitiativeRefused, StepRefused
from vliegwiel.apps.initiatives.models import Initiative, StageStep
from vliegwiel.apps.initiatives.stages import TYPED, Need, Stage, Step, step_between
from vliegwiel.apps.initiatives.vocabulary import LONGEST_TEXT
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require

from .allowing import locked


@transaction.atomic
def take_step(
    *,
    initiative_id: int,
    origin: str,
    target: str,
    reason: str,
    evidence: str = "",
    decided: bool = False,
    by: User,
) -> None:
    """Brings the initiative from stage `origin` to `target`; the steps before it are kept.

    `evidence` says what a step rests on, or what was learned; `decided` that a decision was
    recorded for it, which the database asks too. An initiative that already came to
    `target` that way is left alone. Raises ChangedMeanwhile when it stands elsewhere, StepRefused
    with what is lacking, InitiativeRefused with a sentence per field, and NotAllowed.
    """
    initiative = locked(initiative_id, by=by)
    last = initiative.steps.first()
    reason, evidence = reason.strip(), evidence.strip()
    if initiative.stage == target and last is not None and last.origin == origin:
        return
    if initiative.stage != origin:
        raise ChangedMeanwhile
    step = step_between(origin, target, paused_from=last.origin if last is not None else "")
    if step is None:
        raise StepRefused(origin, target)
    assert initiative.region is not None, "only those of a region may be changed"
    require(by, step.right, initiative.region)
    _refuse_untold(step, reason, evidence)
    met = TYPED | {Need.DECISION} if decided else TYPED
    lacks = [need for need in lacking(initiative, step) if need not in met]
    if lacks:
        raise StepRefused(origin, target, lacks)
    StageStep.objects.create(
        initiative=initiative, origin=origin, target=target, reason=reason, evidence=evidence, by=by
    )
    initiative.stage, initiative.stage_since = Stage(target), timezone.now()
    initiative.save(update_fields=["stage", "stage_since", "changed_at"])


def lacking(initiative: Initiative, step: Step) -> list[Need]:
    """What the step needs and the initiative does not have yet; what is typed with it included."""
    proposal = initiative.proposals.first()
    there = {
        Need.QUESTION: proposal is not None and proposal.question != "",
        Need.OUTCOMES: proposal is not None and proposal.outcome_criteria != "",
        Need.PARTIES: proposal is not None and proposal.parties != "",
    }
    if Need.HYPOTHESIS in step.needs:
        there[Need.HYPOTHESIS] = initiative.hypotheses.exists()
    if Need.ETHICS in step.needs:
        there[Need.ETHICS] = initiative.ethics_due_on is not None
    return [need for need in step.needs if not there.get(need, False)]


def _refuse_untold(step: Step, reason: str, evidence: str) -> None:
    problems = {}
    if not 0 < len(reason) <= LONGEST_TEXT:
        problems["reason"] = _("Say why, so that others can follow the choice later.")
    if len(evidence) > LONGEST_TEXT:
        problems["evidence"] = _("Use at most %(n)s characters.") % {"n": LONGEST_TEXT}
    elif not evidence and TYPED.intersection(step.needs):
        problems["evidence"] = (
            _("Say what was learned, so that nobody has to learn it again.")
            if Need.LESSON in step.needs
            else _("Say what this rests on, and where others can find it.")
        )
    if problems:
        raise InitiativeRefused(problems)
