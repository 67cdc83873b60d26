"""From the registered rule and what was found to a verdict, and whether it may be rolled out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vliegwiel.science.kernel import Check, Outcome

from .registration import Findings, RegisteredPlan
from .sentences import told

#: Level of Maryland that a hard verdict asks for.
LEAST_LEVEL = 3
_SAME = 1e-9


class Verdict(StrEnum):
    """What may be said."""

    NOT_YET = "not_yet"
    INDICATION = "indication"
    HARD = "hard"
    HARD_ADVERSE = "hard_adverse"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict and why.

    ``low`` to ``high`` is the interval turned so that above 0 is better; None without one. What
    stands between this verdict and a hard one are the reasons that failed.
    """

    verdict: Verdict
    low: float | None
    high: float | None
    reasons: tuple[Check, ...]
    plan: RegisteredPlan

    @property
    def lacking(self) -> tuple[Check, ...]:
        """What keeps an effect that looks good from being hard evidence."""
        return tuple(reason for reason in self.reasons if reason.outcome is Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether an initiative may be rolled out on this evidence, and why (not)."""

    allowed: bool
    reasons: tuple[Check, ...]


def decide(plan: RegisteredPlan, found: Findings) -> Decision:
    """The verdict that follows from the registered rule; nothing else is weighed.

    Harm comes first: an interval on the bad side is a verdict of harm, whatever the design. Then
    whether the effect is too small to matter, then whether it is better, and last what is lacking
    for a hard verdict. An outcome that was not registered, or no interval, decides nothing.
    """
    if found.outcome != plan.outcome:
        other = told(
            "other_outcome", Outcome.FAILED, registered=plan.outcome, measured=found.outcome
        )
        return Decision(Verdict.NOT_YET, None, None, (other,), plan)
    if found.low is None or found.high is None:
        return Decision(Verdict.NOT_YET, None, None, (told("no_interval", Outcome.FAILED),), plan)
    low, high = _good(plan, found.low, found.high)
    span = {"low": low, "high": high}
    if high < 0:
        weak = found.maryland < LEAST_LEVEL
        reasons = [told("worse", **span)]
        reasons += [told("worse_weak_design", Outcome.WARNING)] if weak else []
        return Decision(Verdict.HARD_ADVERSE, low, high, tuple(reasons), plan)
    if max(-low, high) < plan.smallest_relevant:
        small = told("too_small", **span, relevant=plan.smallest_relevant)
        return Decision(Verdict.NOT_RELEVANT, low, high, (small,), plan)
    if low <= 0:
        return Decision(Verdict.NOT_YET, low, high, (told("zero_possible", **span),), plan)
    lacking = _lacking(plan, found, low)
    verdict = Verdict.INDICATION if lacking else Verdict.HARD
    reasons = [told("better", **span)]
    if low > plan.smallest_relevant:
        reasons.append(told("relevant_shown"))
    if not lacking and plan.reach == "other_regions":
        reasons.append(told("next_region_good"))
    return Decision(verdict, low, high, (*reasons, *lacking), plan)


def may_scale(decision: Decision) -> Permission:
    """Only hard evidence opens the way to rolling out.

    Whoever rolls out all the same makes an exception, which is recorded with its reason elsewhere:
    it never changes the verdict.
    """
    if decision.verdict is Verdict.HARD:
        here = decision.plan.reach == "own_region"
        return Permission(True, (told("hard_opens_here" if here else "hard_opens"),))
    refused = told(f"refused_{decision.verdict}", Outcome.FAILED)
    return Permission(False, (refused, *decision.reasons))


def _good(plan: RegisteredPlan, low: float, high: float) -> tuple[float, float]:
    return (low, high) if plan.better == "higher" else (-high, -low)


def _lacking(plan: RegisteredPlan, found: Findings, low: float) -> tuple[Check, ...]:
    """Every condition of a hard verdict that does not hold."""
    return (
        *_of_rule(plan, found),
        *_of_design(plan, found, low),
        *_of_next_region(plan, found),
    )


def _of_rule(plan: RegisteredPlan, found: Findings) -> list[Check]:
    reasons = []
    if found.first_measured_on is None:
        reasons.append(told("measuring_unknown", Outcome.FAILED))
    elif found.first_measured_on < plan.registered_on:
        days = {
            "registered": plan.registered_on.isoformat(),
            "measured": found.first_measured_on.isoformat(),
        }
        reasons.append(told("registered_late", Outcome.FAILED, **days))
    if found.design != plan.design:
        designs = {"registered": plan.design, "measured": found.design}
        reasons.append(told("other_design", Outcome.FAILED, **designs))
    if found.reading == "earlier_look":
        reasons.append(told("looked_early", Outcome.FAILED))
    if found.level < 1.0 - plan.alpha - _SAME:
        levels = {"level": 100 * found.level, "needed": 100 * (1 - plan.alpha)}
        reasons.append(told("less_certain", Outcome.FAILED, **levels))
    if found.reading == "any_look" and not _as_registered(plan.tuning_size, found.tuning_size):
        reasons.append(told("other_tuning", Outcome.FAILED))
    return reasons


def _of_design(plan: RegisteredPlan, found: Findings, low: float) -> list[Check]:
    reasons = []
    if found.maryland < LEAST_LEVEL:
        levels = {"level": found.maryland, "needed": LEAST_LEVEL}
        reasons.append(told("weak_design", Outcome.FAILED, **levels))
    if found.failed:
        reasons.append(told("check_failed", Outcome.FAILED))
    if plan.claim == "relevant_effect" and low <= plan.smallest_relevant:
        size = plan.smallest_relevant
        reasons.append(told("relevance_open", Outcome.FAILED, relevant=size))
    return reasons


def _of_next_region(plan: RegisteredPlan, found: Findings) -> list[Check]:
    if found.next_low is None or found.next_high is None:
        known = plan.reach == "own_region"
        return [] if known else [told("next_region_unknown", Outcome.FAILED)]
    low, high = _good(plan, found.next_low, found.next_high)
    if low > 0 or plan.reach == "own_region":
        return []
    return [told("next_region_open", Outcome.FAILED, low=low, high=high)]


def _as_registered(registered: float | None, used: float | None) -> bool:
    if registered is None or used is None:
        return False
    return abs(registered - used) <= _SAME * abs(registered)
