"""What a finished run brought."""

import math
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.explorer import overload_queries, queries, sentences, statuses
from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.science.caresystem import Forecast, Result, Sensitivity, Series, Verdict, WaitCode

from .access import CHANGE, Region, Slug
from .runs import RunNumber, run_of

router = Router(tags=["results"], by_alias=True)
Name = Annotated[str, StringConstraints(max_length=60)]


class IntervalShape(Shape):
    median: float | None
    low: float | None
    high: float | None


class HeadlineShape(Shape):
    """The finding: a number with its interval, and the sentence that says it.

    `code` says which sentence. `value` is null where the finding is not a number, or one of one
    world only: for `wait_new` and `wait_ended` `wait` holds the waiting time in the world in which
    youths start."""

    code: WaitCode
    value: float | None
    low: float | None
    high: float | None
    unit: str
    wait: IntervalShape | None
    sentence: str


class BandShape(Shape):
    median: list[float | None]
    low: list[float | None]
    high: list[float | None]


class SeriesShape(Shape):
    care_type: str
    measure: str
    unit: str
    baseline: BandShape
    scenario: BandShape | None
    difference: BandShape | None


class ShiftShape(Shape):
    """Where the scenario makes things better or worse, over the period of the headline."""

    care_type: str
    waiting_time: IntervalShape
    waiting_list: IntervalShape
    in_care: IntervalShape
    cost: IntervalShape
    verdict: Verdict


class CostTotalShape(Shape):
    """Cost in euro over all months; `share` is the difference over the cost without the scenario,
    `youths` the change of the mean number in care at once."""

    care_type: str
    baseline: IntervalShape
    scenario: IntervalShape | None
    difference: IntervalShape | None
    share: IntervalShape | None
    youths: IntervalShape | None


class ComparedShape(Shape):
    """A number without and with the scenario; the difference is taken within replications."""

    baseline: IntervalShape
    scenario: IntervalShape | None
    difference: IntervalShape | None


class FlowShape(ComparedShape):
    """Youths a year from an origin to a destination, over the period of the headline.

    Origins: `referrer:<id>`, `care:<id>` (care ended), `queue:<id>` (stopped waiting), `return`.
    Destinations: a care type, `base` or `out`."""

    origin: str
    destination: str


class MunicipalityShape(Shape):
    """Youths of one municipality at a care type or `all`, over the period of the headline."""

    code: str
    name: str
    care_type: str
    arrivals: ComparedShape
    starts: ComparedShape
    waiting_time: ComparedShape
    share_within_norm: ComparedShape
    waiting_list: ComparedShape
    in_care: ComparedShape
    cost: ComparedShape
    verdict: Verdict | None


class MunicipalityCostShape(ComparedShape):
    """Cost in euro of a municipality's youths in a year; over all months where `year` is null."""

    code: str
    name: str
    care_type: str
    year: int | None
    months: int


class WaitingShape(Shape):
    """What awaits the youth of the model at a place in a queue when the forecast starts.

    `waited` days until then, `days` from then until care starts; `leaves` is the share of the
    replications in which the youth stops waiting before, `waitsOn` in which neither happened."""

    care_type: str
    place: int
    waited: IntervalShape
    days: IntervalShape
    leaves: float
    waits_on: float


class ProviderSeriesShape(SeriesShape):
    """A measure of one provider, of the care types that have several.

    Null where a number is not one of a single provider: who waits in one queue for several."""

    provider: str
    label: dict[str, str]


class SensitivityRowShape(Shape):
    """The outcome in days with one assumption at its lowest and at its highest value; `noise` is
    how far chance alone may move it, `standsOut` whether one of both is further than that."""

    address: str
    label: dict[str, str]
    unit: str
    value: float
    low: float
    high: float
    outcome_low: float
    outcome_high: float
    noise_low: float | None
    noise_high: float | None
    stands_out: bool
    why: dict[str, str]


class SensitivityShape(Shape):
    """Which assumptions matter most, the one that moves the outcome furthest first.

    `outcome` is the waiting time of the care type in `focus` (its change by the scenario where
    `isDifference`) with every assumption at its likeliest; null where nobody starts."""

    focus: str
    is_difference: bool
    outcome: float | None
    replications: int
    assumptions: int
    tried: int
    within_noise: int
    rows: list[SensitivityRowShape]


class CheckShape(Shape):
    outcome: str
    sentence: str


class ResultShape(Shape):
    is_model_outcome: bool = True
    headline: HeadlineShape
    focus: str
    period: list[date]
    months: list[date]
    band: list[float]
    series: list[SeriesShape]
    shifts: list[ShiftShape]
    cost_totals: list[CostTotalShape]
    flows: list[FlowShape]
    municipalities: list[MunicipalityShape]
    municipality_costs: list[MunicipalityCostShape]
    waiting_today: list[WaitingShape]
    providers: list[ProviderSeriesShape]
    sensitivity: SensitivityShape
    warnings: list[str]
    checks: list[CheckShape]


class ResultQuestion(Schema):
    model_config = ConfigDict(alias_generator=to_camel)

    care_type: Name = Field("", description="only this care type, or `all` for all taken together")
    measure: Name = Field("", description="only this measure, such as waiting_time")


@router.get(
    "/regions/{slug:region}/runs/{int:number}/result",
    response={200: ResultShape, **CHANGE},
    operation_id="getResult",
)
def result(
    request: HttpRequest, region: Slug, number: RunNumber, asked: Query[ResultQuestion]
) -> dict[str, Any]:
    """Finding, series by month with bands, shifts, flows, municipalities, who waits today,
    providers, which assumptions matter most, warnings and checks. 409 while the run is not done.
    Parts that an older run does not have are empty."""
    run = run_of(request, region, number)
    _only_when_done(run)
    found = _result(queries.outcome_of(run), asked)
    return {**found, "warnings": overload_queries.warnings(run.scenario, run.months)}


def _result(outcome: Outcome, asked: ResultQuestion) -> dict[str, Any]:
    forecast = outcome.forecast
    return {
        "headline": _headline(forecast),
        "focus": forecast.focus,
        "period": forecast.period,
        "months": forecast.months,
        "band": forecast.band,
        "series": [
            _series(care_type, measure, forecast.measures[measure], series)
            for measure, by_type in forecast.series.items()
            for care_type, series in by_type.items()
            if asked.measure in {"", measure} and asked.care_type in {"", care_type}
        ],
        "shifts": forecast.water_bed,
        "cost_totals": forecast.cost_totals,
        "flows": forecast.flows,
        "municipalities": forecast.municipalities,
        "municipality_costs": forecast.municipality_costs,
        "waiting_today": forecast.queue,
        "providers": [
            {
                **_series(one.care_type, measure, forecast.measures[measure], series),
                "provider": one.provider,
                "label": one.label,
            }
            for one in forecast.providers
            for measure, series in one.series.items()
            if asked.measure in {"", measure} and asked.care_type in {"", one.care_type}
        ],
        "sensitivity": _sensitivity(outcome.sensitivity),
        "checks": [
            {"outcome": check.outcome, "sentence": sentences.check(check)}
            for check in forecast.checks
        ],
    }


@router.get(
    "/regions/{slug:region}/runs/{int:number}/result/document",
    response={200: dict[str, Any], **CHANGE},
    operation_id="getResultDocument",
)
def document(request: HttpRequest, region: Slug, number: RunNumber) -> HttpResponse:
    """Everything that the run brought, as it is kept: enough to compute it again."""
    run = run_of(request, region, number)
    _only_when_done(run)
    return HttpResponse(queries.result_text(run.pk), content_type="application/json")


def _only_when_done(run: Region) -> None:
    if run.status != statuses.Status.DONE:
        raise HttpError(409, _("This run has no result (yet): its status is %s.") % run.status)


def _headline(forecast: Forecast) -> dict[str, Any]:
    found = forecast.headline
    return {
        "code": found.code,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "unit": found.unit,
        "wait": _wait_in_one_world(found),
        "sentence": sentences.headline(forecast),
    }


def _wait_in_one_world(found: Result) -> dict[str, float | str] | None:
    if found.code not in ("wait_new", "wait_ended"):
        return None
    names = {"median": "days", "low": "low", "high": "high"}
    return {name: found.params[param] for name, param in names.items()}


def _sensitivity(found: Sensitivity) -> dict[str, Any]:
    outcome = found.outcome if math.isfinite(found.outcome) else None
    rows = [
        {**asdict(row), "stands_out": outcome is not None and row.stands_out(outcome)}
        for row in found.rows
    ]
    return {**asdict(found), "outcome": outcome, "rows": rows}


def _series(care_type: str, measure: str, unit: str, series: Series) -> dict[str, Any]:
    return {
        "care_type": care_type,
        "measure": measure,
        "unit": unit,
        "baseline": series.baseline,
        "scenario": series.scenario,
        "difference": series.difference,
    }
