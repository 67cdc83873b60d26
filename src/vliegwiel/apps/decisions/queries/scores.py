"""Forecasts on record beside what was measured: of a pilot, of a region, of everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from django.db.models import Q, QuerySet

from vliegwiel.apps.decisions.models import Evidence, ForecastRecord, Whose
from vliegwiel.apps.figures import in_language
from vliegwiel.apps.pilots.models import PlannedOutcome
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.evidence.scoring import FrozenForecast, Said, TrackRecord, track_record

from .kept import adding, newest, span

Teller = Literal["model", "proposers"]
#: So many other regions at least, so that a record says of none of them how good it was.
_OTHERS = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What was measured at a moment, and whether it lay within the bands; None without a band."""

    at: datetime
    measured: float
    low: float | None
    high: float | None
    verdict: str
    model_inside: bool | None
    proposers_inside: bool | None


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What was said of an outcome before the start, and every look since, the oldest first.

    All on the scale that adds up; `measure` is the series of the model. `said_at` is None while
    nothing is on record.
    """

    outcome: int
    pilot: int
    pilot_title: str
    name: str
    unit: str
    per_cent: bool
    better: str
    starts_on: date | None
    model: Said | None
    measure: str
    run: int | None
    proposers: Said | None
    said_at: datetime | None
    looks: tuple[Look, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Scores:
    """How good forecasts were: of the model and of proposers, here and in all regions together."""

    model_here: TrackRecord | None
    proposers_here: TrackRecord | None
    model_everywhere: TrackRecord | None
    proposers_everywhere: TrackRecord | None


def on_record(pilot_id: int) -> Sequence[OnRecord]:
    """Every outcome of a pilot, with what was said of it and what was measured since."""
    return _on_record(PlannedOutcome.objects.filter(pilot=pilot_id))


def on_record_in(region: Region) -> Sequence[OnRecord]:
    """Every outcome in the region of which something is on record, the newest pilot first."""
    told = ForecastRecord.objects.filter(outcome__pilot__initiative__region=region)
    found = PlannedOutcome.objects.filter(pk__in=told.values("outcome"))
    return sorted(_on_record(found), key=lambda one: -one.pilot)


def scores_of(region: Region) -> Scores:
    """How good forecasts were in this region, and in all regions together.

    What is made up, or not published, counts in its own region only. Nothing is said of all regions
    together until `_OTHERS` others have forecasts to score: before that it would say of one of them
    how good it was.
    """
    here = Q(outcome__pilot__initiative__region=region)
    shown = here | Q(outcome__pilot__initiative__published_at__isnull=False)
    own, every = _scorable(here), _by_region(shown & Q(outcome__pilot__initiative__mark=""))
    return Scores(
        _record(own, "model"),
        _record(own, "proposers"),
        _together(every, region, "model"),
        _together(every, region, "proposers"),
    )


def record_of(region: Region, whose: Teller) -> TrackRecord | None:
    """How good forecasts on record were, against the newest evidence; None without any to score."""
    return _record(_scorable(Q(outcome__pilot__initiative__region=region)), whose)


def _record(found: Sequence[FrozenForecast], whose: Teller) -> TrackRecord | None:
    told = [one for one in found if getattr(one, whose) is not None]
    return track_record(told, whose) if told else None


def _together(
    found: Sequence[tuple[int | None, FrozenForecast]], region: Region, whose: Teller
) -> TrackRecord | None:
    """The record of all regions; None with too few others."""
    told = [(of, one) for of, one in found if getattr(one, whose) is not None]
    others = {of for of, _one in told} - {region.pk}
    return _record([one for _of, one in told], whose) if len(others) >= _OTHERS else None


def _scorable(chosen: Q) -> Sequence[FrozenForecast]:
    return [one for _region, one in _by_region(chosen)]


def _by_region(chosen: Q) -> Sequence[tuple[int | None, FrozenForecast]]:
    """What can be scored, with the region that it is of."""
    said = _said(chosen)
    return [
        (one.outcome.pilot.initiative.region_id, _frozen(one, said[one.outcome_id]))
        for one in newest(Q(outcome__in=said))
    ]


def _said(chosen: Q) -> dict[int, dict[str, ForecastRecord]]:
    found: dict[int, dict[str, ForecastRecord]] = {}
    for one in ForecastRecord.objects.filter(chosen):
        found.setdefault(one.outcome_id, {})[one.whose] = one
    return found


def _words(one: ForecastRecord | None) -> Said | None:
    if one is None:
        return None
    return Said(likely=one.likely, low=one.low, high=one.high, sample=tuple(one.sample))


def _frozen(one: Evidence, said: dict[str, ForecastRecord]) -> FrozenForecast:
    return FrozenForecast(
        id=str(one.outcome_id),
        measured=adding(one),
        error=one.error or 0.0,
        better=cast(Literal["higher", "lower"], one.outcome.version.better),
        model=_words(said.get(Whose.MODEL)),
        proposers=_words(said.get(Whose.PROPOSERS)),
    )


def _look(one: Evidence, said: dict[str, ForecastRecord]) -> Look:
    frozen = _frozen(one, said)
    inside: dict[Teller, bool | None] = {"model": None, "proposers": None}
    for whose in inside:
        record = _record([frozen], whose)
        inside[whose] = record.rows[0].inside if record is not None else None
    return Look(
        one.at, frozen.measured, *span(one), one.verdict, inside["model"], inside["proposers"]
    )


def _on_record(outcomes: QuerySet[PlannedOutcome]) -> Sequence[OnRecord]:
    rows = list(outcomes.select_related("pilot__initiative", "version"))
    said = _said(Q(outcome__in=[row.pk for row in rows]))
    looks: dict[int, list[Look]] = {}
    kept = Evidence.objects.filter(outcome__in=[row.pk for row in rows]).order_by("pk")
    for one in kept.select_related("outcome__version"):
        looks.setdefault(one.outcome_id, []).append(_look(one, said.get(one.outcome_id, {})))
    return [_line(row, said.get(row.pk, {}), looks.get(row.pk, [])) for row in rows]


def _line(row: PlannedOutcome, said: dict[str, ForecastRecord], looks: Sequence[Look]) -> OnRecord:
    model = said.get(Whose.MODEL)
    return OnRecord(
        outcome=row.pk,
        pilot=row.pilot_id,
        pilot_title=row.pilot.title,
        name=in_language(nl=row.version.name_nl, en=row.version.name_en or row.version.name_nl),
        unit=in_language(nl=row.version.unit_nl, en=row.version.unit_en or row.version.unit_nl),
        per_cent=row.relevant_per_cent,
        better=row.version.better,
        starts_on=row.pilot.starts_on,
        model=_words(model),
        measure=model.measure if model is not None else "",
        run=model.run if model is not None else None,
        proposers=_words(said.get(Whose.PROPOSERS)),
        said_at=min((one.at for one in said.values()), default=None),
        looks=tuple(looks),
        mark=row.pilot.initiative.mark,
    )
