"""Every read of decisions and what they rest on."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from django.db.models import Q

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.evidence.pooling import Pooled, pool
from vliegwiel.science.evidence.scoring import FrozenForecast, Said, TrackRecord, track_record

from .models import Adoption, Decision, Evidence, ForecastRecord, Whose

_RATIOS = frozenset({"ratio", "hazard_ratio"})


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """Kept evidence; `id` is what a decision refers to."""

    id: int
    outcome: str
    verdict: str
    estimate: float
    any_low: float | None
    any_high: float | None
    level: int
    measurements: int
    lacking: tuple[str, ...]
    at: datetime


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


@dataclass(frozen=True, slots=True)
class Expected:
    """What an initiative did elsewhere on one indicator, on the scale that adds up.

    `pooled` over regions, None with fewer than two of them.
    """

    indicator: str
    regions: tuple[str, ...]
    estimates: tuple[float, ...]
    pooled: Pooled | None


def evidence_of(initiative_id: int) -> Sequence[EvidenceLine]:
    """The newest evidence of each outcome of the initiative's pilots."""
    found = _newest(Q(outcome__pilot__initiative=initiative_id))
    return [
        EvidenceLine(
            id=one.pk,
            outcome=one.outcome.version.name_nl,
            verdict=one.verdict,
            estimate=one.estimate,
            any_low=one.any_low,
            any_high=one.any_high,
            level=one.level,
            measurements=one.measurements,
            lacking=tuple(one.lacking),
            at=one.at,
        )
        for one in found
    ]


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


def record_of(region: Region, whose: Literal["model", "proposers"]) -> TrackRecord | None:
    """How good forecasts on record were, against the newest evidence; None without any to score."""
    found = _scorable(Q(outcome__pilot__initiative__region=region))
    told = [one for one in found if getattr(one, whose) is not None]
    return track_record(told, whose) if told else None


def expected_elsewhere(initiative_id: int, indicator: str) -> Expected:
    """What the initiatives that this one was taken over from, or that took it over, did elsewhere.

    One effect a region: its newest evidence by the indicator, with a standard error. Effects on
    another scale than the first are left out: they cannot be added up.
    """
    family = _family(initiative_id)
    found = _newest(
        Q(outcome__pilot__initiative__in=family, outcome__version__indicator__key=indicator)
    )
    here = Initiative.objects.get(pk=initiative_id)
    used: dict[str, tuple[float, float]] = {}
    scale = ""
    for one in found:
        region = one.outcome.pilot.initiative.region
        if region is None or region.pk == here.region_id or one.error is None:
            continue
        scale = scale or one.scale
        if one.scale == scale and region.name not in used:
            used[region.name] = _adding(one), one.error
    estimates = tuple(estimate for estimate, _error in used.values())
    variances = [error**2 for _estimate, error in used.values()]
    pooled = pool(estimates, variances) if len(used) > 1 else None
    return Expected(indicator, tuple(used), estimates, pooled)


def _newest(chosen: Q) -> Sequence[Evidence]:
    """The newest evidence of each outcome that is chosen, the newest first."""
    each = Evidence.objects.filter(chosen).order_by("outcome_id", "-pk").distinct("outcome_id")
    return list(
        Evidence.objects.filter(pk__in=each.values("pk"))
        .select_related("outcome__version", "outcome__pilot__initiative__region")
        .order_by("-pk")
    )


def _family(initiative_id: int) -> set[int]:
    """An initiative with all that it comes from and all that came from it."""
    links = list(Adoption.objects.values_list("origin_id", "adopted_id"))
    family, size = {initiative_id}, 0
    while len(family) > size:
        size = len(family)
        family |= {one for link in links if family.intersection(link) for one in link}
    return family


def _scorable(chosen: Q) -> Sequence[FrozenForecast]:
    said: dict[int, dict[str, Said]] = {}
    for one in ForecastRecord.objects.filter(chosen):
        words = Said(likely=one.likely, low=one.low, high=one.high, sample=tuple(one.sample))
        said.setdefault(one.outcome_id, {})[one.whose] = words
    return [
        FrozenForecast(
            id=str(one.outcome_id),
            measured=_adding(one),
            error=one.error or 0.0,
            better=cast(Literal["higher", "lower"], one.outcome.version.better),
            model=said[one.outcome_id].get(Whose.MODEL),
            proposers=said[one.outcome_id].get(Whose.PROPOSERS),
        )
        for one in _newest(Q(outcome__in=said))
    ]


def _adding(one: Evidence) -> float:
    """The effect on the scale that adds up; shorter waits are a higher ratio of hazards."""
    if one.scale not in _RATIOS:
        return one.estimate
    return math.log(one.estimate) * (-1 if one.scale == "hazard_ratio" else 1)
