"""What a draft still lacks, which design fits it best, and the draft as somebody typed it."""

from collections.abc import Mapping, Sequence
from datetime import date

from vliegwiel.apps.pilots.advising import Advice, Measuring, PlannedGroup, advice_for
from vliegwiel.apps.pilots.facts import GroupFacts, OutcomeFacts, PlanFacts
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.pilots.services.checking_plans import registration_problems
from vliegwiel.apps.pilots.vocabulary import ASKS, DesignId
from vliegwiel.apps.yardstick import Kind, Level

from .detail import OutcomeLine, Plan


def lacking(pilot_id: int, *, today: date) -> Mapping[str, str]:
    """What keeps a draft from being registered today: field -> sentence. Raises DoesNotExist."""
    return registration_problems(Pilot.objects.get(pk=pilot_id), today=today)


def advice_of(plan: Plan) -> Sequence[Advice]:
    """The strongest designs that the groups, the draw and the main outcome of a plan allow."""
    main = plan.outcomes[0] if plan.outcomes else None
    return advice_for(
        [PlannedGroup(one.key, one.treated, one.starts_on) for one in plan.groups],
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        lot=plan.lot,
        of_persons=main is None or main.level == Level.YOUTH,
        is_time=main is not None and main.kind == Kind.TIME,
    )


def better_design(plan: Plan, advised: Sequence[Advice]) -> Advice | None:
    """The advice for the way of measuring of a plan, where the plan chose another design."""
    if not plan.design:
        return None
    followed = ASKS[DesignId(plan.design)].by_month
    way = Measuring.FOLLOWED if followed else Measuring.ONCE
    of_way = (one for one in advised if one.measuring is way)
    return next((one for one in of_way if one.design != plan.design), None)


def plan_facts(plan: Plan) -> PlanFacts:
    """A plan as what somebody types of it."""
    return PlanFacts(
        title=plan.title,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        design=plan.design,
        lot=plan.lot,
        alpha=plan.alpha,
        tuning_size=plan.tuning_size,
        reach=plan.reach,
        analysis=plan.analysis,
        stop_rule=plan.stop_rule,
        groups=tuple(
            GroupFacts(
                key=one.key,
                name=one.name,
                treated=one.treated,
                municipality=one.municipality,
                starts_on=one.starts_on,
            )
            for one in plan.groups
        ),
        outcomes=tuple(map(_outcome_facts, plan.outcomes)),
    )


def _outcome_facts(one: OutcomeLine) -> OutcomeFacts:
    low, likely, high = one.expected or (None, None, None)
    return OutcomeFacts(
        version=one.version,
        smallest_relevant=one.smallest_relevant,
        relevant_per_cent=one.relevant_per_cent,
        claim=one.claim,
        expected_low=low,
        expected=likely,
        expected_high=high,
    )
