"""Measurements of a pilot: brought by another system, and what came in before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Router
from ninja.responses import Status
from pydantic import Field

from vliegwiel.api.problems import problem
from vliegwiel.api.shapes import Fault, Question, Shape
from vliegwiel.apps.decisions import services as decisions
from vliegwiel.apps.pilots import MeasurementsRefused, NotRegistered, queries, services
from vliegwiel.apps.pilots.queries import Channel
from vliegwiel.apps.pilots.services import Typed

from .access import CHANGE, READ, Slug, region_of
from .pilots import Words

router = Router(tags=["measurements"], by_alias=True)
#: What one question holds; a file through the page or the command holds more.
MOST_ROWS = 10_000
_LARGEST_NUMBER = 2**63 - 1
PilotNumber = Annotated[int, Path(description="the number of the pilot", le=_LARGEST_NUMBER)]
OutcomeNumber = Annotated[int, Path(description="the number of the outcome", le=_LARGEST_NUMBER)]


class MeasurementQuestion(Question):
    group: str = Field(max_length=60, description="the name in files of a group of the plan")
    unit: str = Field(max_length=60, description="a number of its own; never a BSN")
    day: str = Field(max_length=30, description="as 2026-11-23")
    value: float
    size: float | None = Field(None, description="of how many youths the value is")
    baseline: float | None = Field(None, description="the value of the same unit before the start")
    ended: bool | None = Field(None, description="of a waiting time: whether its end was seen")


class DeliveryQuestion(Question):
    rows: list[MeasurementQuestion] = Field(min_length=1, max_length=MOST_ROWS)
    correct: bool = Field(
        default=False, description="replace values that differ; else they are refused"
    )
    name: Words = Field("", description="which system or table it comes from")


class TakenShape(Shape):
    """`delivery` is null when nothing was new."""

    delivery: int | None
    added: int
    corrected: int
    unchanged: int


class MeasurementDeliveryShape(Shape):
    id: int
    channel: str
    name: str
    added: int
    corrected: int
    at: datetime


_ADDRESS = "/regions/{slug:region}/pilots/{int:pilot}/outcomes/{int:outcome}"


@router.get(
    f"{_ADDRESS}/deliveries",
    response={200: list[MeasurementDeliveryShape], **READ},
    operation_id="listMeasurementDeliveries",
)
def deliveries(
    request: HttpRequest, region: Slug, pilot: PilotNumber, outcome: OutcomeNumber
) -> Sequence[queries.DeliveryRow]:
    """What came in of an outcome, the newest first, at most fifty."""
    return queries.delivery_rows(_outcome(request, region, pilot, outcome, "region.view").id)


@router.post(
    f"{_ADDRESS}/measurements",
    response={200: TakenShape, **CHANGE},
    operation_id="bringMeasurements",
)
def bring(
    request: HttpRequest,
    region: Slug,
    pilot: PilotNumber,
    outcome: OutcomeNumber,
    asked: DeliveryQuestion,
) -> Status[services.Taken] | HttpResponse:
    """Takes these measurements whole or not at all. The same twice changes nothing."""
    found = _outcome(request, region, pilot, outcome, "measurements.add")
    by: Any = request.user
    try:
        taken = services.take_typed(
            outcome_id=found.id,
            rows=list(map(_typed, asked.rows)),
            name=asked.name,
            channel=Channel.API,
            correct=asked.correct,
            by=by,
        )
    except NotRegistered:
        return problem(409)
    except MeasurementsRefused as refused:
        return problem(400, errors=[_fault(one) for one in refused.faults])
    _keep_evidence(found.id, taken, by)
    return Status(200, taken)


def _keep_evidence(outcome: int, taken: services.Taken, by: Any) -> None:
    if taken.delivery is not None:
        decisions.keep_evidence(outcome_id=outcome, by=by)


def _outcome(
    request: HttpRequest, slug: str, pilot: int, outcome: int, right: str
) -> queries.Outcome:
    found = queries.outcome_of(region_of(request, slug, right), pilot, outcome)
    if found is None:
        raise Http404
    return found


def _typed(row: MeasurementQuestion) -> Typed:
    return Typed(
        group=row.group,
        unit=row.unit,
        day=row.day,
        value=repr(row.value),
        size="" if row.size is None else repr(row.size),
        baseline="" if row.baseline is None else repr(row.baseline),
        ended="" if row.ended is None else str(int(row.ended)),
    )


def _fault(found: Any) -> Fault:
    """A fault at its place in what was sent; the first row stood on line 2 of a table."""
    _word, _space, line = found.path.partition("line ")
    row = f"/{int(line) - 2}" if line.isdigit() and int(line) > 1 else ""
    column = queries.column_of(found)
    pointer = f"#/rows{row}/{column}" if row and column else f"#/rows{row}"
    return Fault(in_="body", location={"pointer": pointer}, code=found.code, detail=found.message)
