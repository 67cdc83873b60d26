"""Evidence as it was kept, and the decisions on it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from vliegwiel.apps.decisions.gate import shut_because
from vliegwiel.apps.decisions.models import Decision, Evidence, VerdictId
from vliegwiel.apps.figures import in_language

#: An indicator, with the unit, the kind of number and the direction of the version.
Measured = tuple[int, str, str, str]

_RATIOS = frozenset({"ratio", "hazard_ratio"})


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """Kept evidence; `id` is what a decision refers to.

    `estimate` and `low` to `high`, which holds at any look, are on the scale that adds up; of a
    time above 0 means longer. `measured_since` says that newer measurements are not in it, `shut`
    why it does not open the way to scaling although it is hard; empty where that is not so.
    """

    id: int
    pilot: int
    pilot_title: str
    outcome: str
    unit: str
    per_cent: bool
    better: str
    smallest_relevant: float
    verdict: str
    estimate: float
    low: float | None
    high: float | None
    level: int
    measurements: int
    lacking: tuple[str, ...]
    at: datetime
    measured_since: bool
    shut: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision as it was recorded."""

    id: int
    kind: str
    reason: str
    decided_by: str
    decided_on: date
    evidence: int | None
    verdict: str
    exception_reason: str
    exception_by: str


def evidence_of(initiative_id: int) -> Sequence[EvidenceLine]:
    """The newest evidence of each outcome of the initiative's pilots, the main outcome first."""
    found = newest(Q(outcome__pilot__initiative=initiative_id))
    ordered = sorted(found, key=lambda one: (-one.outcome.pilot_id, one.outcome.position))
    harm = any(one.verdict == VerdictId.HARD_ADVERSE for one in found)
    return [_line(one, harm=harm) for one in ordered]


def decisions_of(initiative_id: int) -> Sequence[DecisionLine]:
    """Every decision about an initiative, the newest first."""
    found = Decision.objects.filter(initiative=initiative_id).select_related("evidence")
    return [
        DecisionLine(
            *(one.pk, one.kind, one.reason, one.decided_by, one.decided_on, one.evidence_id),
            one.evidence.verdict if one.evidence is not None else "",
            *(one.exception_reason, one.exception_by),
        )
        for one in found
    ]


def newest(chosen: Q) -> Sequence[Evidence]:
    """The newest evidence of each outcome that is chosen, the newest first."""
    each = Evidence.objects.filter(chosen).order_by("outcome_id", "-pk").distinct("outcome_id")
    return list(
        Evidence.objects.filter(pk__in=each.values("pk"))
        .select_related(
            "outcome__version__indicator", "outcome__pilot__initiative__region", "delivery"
        )
        .prefetch_related("outcome__deliveries")
        .order_by("-pk")
    )


def adding(one: Evidence) -> float:
    """The effect on the scale that adds up; shorter waits are a higher ratio of hazards."""
    if one.scale not in _RATIOS:
        return one.estimate
    return math.log(one.estimate) * _sign(one)


def measured(one: Evidence) -> Measured:
    """What an effect is of; effects are laid beside each other only where this is equal.

    An indicator of a region's own is never that of another, whatever it is called, and another
    version may count in another unit or direction.
    """
    version = one.outcome.version
    return version.indicator_id, version.unit_nl, version.kind, version.better


def span(one: Evidence) -> tuple[float | None, float | None]:
    """The interval that holds at any look, on the same scale."""
    if one.any_low is None or one.any_high is None:
        return None, None
    low, high = sorted((one.any_low * _sign(one), one.any_high * _sign(one)))
    return low, high


def _sign(one: Evidence) -> int:
    return -1 if one.scale == "hazard_ratio" else 1


def _line(one: Evidence, *, harm: bool) -> EvidenceLine:
    outcome, pilot = one.outcome, one.outcome.pilot
    version = outcome.version
    low, high = span(one)
    hard = one.verdict == VerdictId.HARD
    return EvidenceLine(
        id=one.pk,
        pilot=pilot.pk,
        pilot_title=pilot.title,
        outcome=in_language(nl=version.name_nl, en=version.name_en or version.name_nl),
        unit=in_language(nl=version.unit_nl, en=version.unit_en or version.unit_nl),
        per_cent=outcome.relevant_per_cent,
        better=version.better,
        smallest_relevant=outcome.smallest_relevant,
        verdict=one.verdict,
        estimate=adding(one),
        low=low,
        high=high,
        level=one.level,
        measurements=one.measurements,
        lacking=tuple(one.lacking),
        at=one.at,
        measured_since=any(made.pk > one.delivery_id for made in outcome.deliveries.all()),
        shut=shut_because(position=outcome.position, harm=harm) if hard else "",
    )
