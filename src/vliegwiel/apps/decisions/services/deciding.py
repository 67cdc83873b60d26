"""Evidence is kept as it stands; a decision rests on it and moves the initiative."""

import json
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel.apps.decisions.errors import DecisionRefused, ProvisionalEvidence
from vliegwiel.apps.decisions.facts import DecisionFacts
from vliegwiel.apps.decisions.gate import shut_because
from vliegwiel.apps.decisions.models import Decision, Evidence, Kind, VerdictId
from vliegwiel.apps.decisions.queries.kept import newest
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.queries import Stage
from vliegwiel.apps.pilots.models import PlannedOutcome
from vliegwiel.apps.pilots.queries import OutcomeResult, result_now
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.evidence import verdicts
from vliegwiel.science.kernel import source_hash

_LONGEST_NAME, _LONGEST_TEXT = 200, 4000


@transaction.atomic
def keep_evidence(*, outcome_id: int, by: User) -> Evidence | None:
    """Computes what an outcome shows now and keeps it; None while there is no effect to keep.

    Nothing new since the last time gives what was kept then. Raises PlannedOutcome.DoesNotExist,
    pilots.NotRegistered, and NotAllowed without the right `measurements.add`.
    """
    found = PlannedOutcome.objects.select_related("pilot__initiative__region")
    outcome = found.select_for_update(of=("self",)).get(pk=outcome_id)
    region = outcome.pilot.initiative.region
    assert region is not None, "only those of a region have pilots"
    require(by, "measurements.add", region)
    code, last = _code(), outcome.evidence.first()
    newest = outcome.deliveries.order_by("-pk").first()
    known = last is not None and newest is not None and last.delivery_id == newest.pk
    if last is not None and known and last.code == code:
        return last
    result = result_now(outcome_id)
    if result.found.effect is None or result.last_delivery is None:
        return None
    return _kept(outcome, result, code=code, by=by)


@transaction.atomic
def decide(*, initiative_id: int, facts: DecisionFacts, by: User) -> Decision:
    """Records a decision and brings the initiative to its stage.

    To scale asks for hard evidence that is the newest of the main outcome of a plan, while no
    outcome of the initiative shows harm; on anything else only with an exception that has a reason
    and a name, which stays readable for ever. The database refuses the
    same. The same decision sent twice is recorded once. Raises DecisionRefused with a sentence per
    field, ProvisionalEvidence, initiatives.StepRefused when the stage does not allow it, and
    NotAllowed without the right `decisions.take`.
    """
    initiative = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative_id)
    if initiative.region is None:
        raise NotAllowed("decisions.take", "")
    require(by, "decisions.take", initiative.region)
    problems = _problems(facts)
    evidence = _evidence(initiative, facts)
    if facts.evidence is not None and evidence is None:
        problems["evidence"] = _("Choose evidence of this initiative.")
    if facts.kind == Kind.SCALE and evidence is None:
        problems.setdefault("evidence", _("Scaling up rests on evidence of a pilot."))
    if problems:
        raise DecisionRefused(problems)
    if facts.kind == Kind.SCALE and evidence is not None and not facts.exception_reason.strip():
        _refuse_outdated(evidence, initiative)
        _refuse_provisional(evidence)
        _refuse_shut(evidence, initiative)
    given = {
        "kind": facts.kind,
        "evidence": evidence,
        "reason": facts.reason.strip(),
        "decided_by": facts.decided_by.strip(),
        "decided_on": facts.decided_on,
        "exception_reason": facts.exception_reason.strip(),
        "exception_by": facts.exception_by.strip(),
    }
    last = initiative.decisions.first()
    if last is not None and all(getattr(last, name) == value for name, value in given.items()):
        return last
    decision = Decision.objects.create(initiative=initiative, by=by, **given)
    _move(initiative, decision, by=by)
    return decision


def _kept(outcome: PlannedOutcome, result: OutcomeResult, *, code: str, by: User) -> Evidence:
    found = result.found
    effect, grade, decision = found.effect, found.grade, found.decision
    assert effect is not None, "asked before"
    assert grade is not None, "every effect has a grade"
    assert result.last_delivery is not None, "measurements came with a delivery"
    look = found.monitored.latest if found.monitored is not None else None
    return Evidence.objects.create(
        outcome=outcome,
        delivery_id=result.last_delivery,
        verdict=decision.verdict if decision is not None else VerdictId.NOT_YET,
        design=effect.design,
        scale=effect.scale,
        estimate=effect.estimate,
        error=effect.error,
        low=effect.low,
        high=effect.high,
        any_low=look.low if look is not None else None,
        any_high=look.high if look is not None else None,
        level=grade.level,
        measurements=found.since,
        lacking=[check.code for check in decision.lacking] if decision is not None else [],
        effect=json.loads(effect.to_json()),
        plan=outcome.pilot.fingerprint,
        code=code,
        by=by,
    )


def _code() -> str:
    """What computed it: the source of effects, sequences and verdicts together."""
    return source_hash(Path(str(verdicts.__file__)).parents[1])


def _evidence(initiative: Initiative, facts: DecisionFacts) -> Evidence | None:
    if facts.evidence is None:
        return None
    of_initiative = Evidence.objects.filter(outcome__pilot__initiative=initiative)
    return of_initiative.filter(pk=facts.evidence).first()


def _refuse_outdated(evidence: Evidence, initiative: Initiative) -> None:
    """What was measured later may say something else; of another outcome it may show harm."""
    kept = [evidence, *newest(Q(outcome__pilot__initiative=initiative))]
    since = any(one.outcome.deliveries.filter(pk__gt=one.delivery_id).exists() for one in kept)
    unkept = PlannedOutcome.objects.filter(
        pilot__initiative=initiative, deliveries__isnull=False, evidence=None
    ).distinct()
    if since or any(result_now(one.pk).found.effect is not None for one in unkept):
        words = _("Measurements came in since. Record first what they show together.")
        raise DecisionRefused({"evidence": words})


def _refuse_provisional(evidence: Evidence) -> None:
    """Only the newest says what is known: hard evidence that later fell apart opens nothing."""
    newest = Evidence.objects.filter(outcome=evidence.outcome_id)[:1].get()
    for one in (evidence, newest):
        if one.verdict != VerdictId.HARD:
            raise ProvisionalEvidence(one.verdict, one.lacking)


def _refuse_shut(evidence: Evidence, initiative: Initiative) -> None:
    """One good outcome does not make up for a main outcome that is open, nor for harm."""
    found = newest(Q(outcome__pilot__initiative=initiative))
    harm = any(one.verdict == VerdictId.HARD_ADVERSE for one in found)
    words = shut_because(position=evidence.outcome.position, harm=harm)
    if words:
        raise DecisionRefused({"evidence": words})


def _move(initiative: Initiative, decision: Decision, *, by: User) -> None:
    """The steps that follow from a decision; to adjust or continue moves nothing."""
    rests_on = _("Decision %(number)s") % {"number": decision.pk}
    proven = decision.exception_reason == ""
    targets: list[Stage] = []
    if decision.kind == Kind.STOP:
        targets = [Stage.STOPPED]
    elif decision.kind == Kind.SCALE and initiative.stage != Stage.SCALING:
        through = proven and initiative.stage == Stage.PILOT
        targets = [Stage.PROVEN, Stage.SCALING] if through else [Stage.SCALING]
    origin = initiative.stage
    for target in targets:
        initiatives.take_step(
            initiative_id=initiative.pk,
            origin=origin,
            target=target,
            reason=decision.reason,
            evidence=rests_on if target != Stage.STOPPED else decision.reason,
            decided=True,
            by=by,
        )
        origin = target


def _problems(facts: DecisionFacts) -> dict[str, str]:
    problems = {}
    if facts.kind not in Kind.values:
        problems["kind"] = _("Choose from the list.")
    if not 0 < len(facts.reason.strip()) <= _LONGEST_TEXT:
        problems["reason"] = _("Say why, so that others can follow the choice later.")
    if not 0 < len(facts.decided_by.strip()) <= _LONGEST_NAME:
        problems["decided_by"] = _("Say who decided.")
    if facts.decided_on > timezone.localdate():
        problems["decided_on"] = _("This day has not come yet.")
    reason, name = facts.exception_reason.strip(), facts.exception_by.strip()
    if bool(reason) is not bool(name):
        problems["exception_by"] = _(
            "An exception has a reason and the name of who answers for it."
        )
    elif reason and facts.kind != Kind.SCALE:
        problems["exception_reason"] = _("Only scaling up knows exceptions.")
    elif len(reason) > _LONGEST_TEXT or len(name) > _LONGEST_NAME:
        problems["exception_reason"] = _("Use at most %(n)s characters.") % {"n": _LONGEST_TEXT}
    return problems
