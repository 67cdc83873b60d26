"""The shared yardstick: indicators, and the targets of a region with how they go."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Path, Router
from pydantic import Field

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.yardstick import queries
from vliegwiel.science.yardstick import Course

from .access import READ, Slug, region_of

router = Router(tags=["yardstick"], by_alias=True)
Number = Annotated[int, Path(description="the id of a version", ge=1, le=2**63 - 1)]


class IndicatorShape(Shape):
    """One version of an indicator; measurements refer to its `id`."""

    id: int
    key: str
    number: int = Field(description="the number of the version")
    own: bool = Field(description="of the region itself; else shared by all regions")
    role: queries.Role
    name: str
    definition: str
    # Initiatives have kinds too, and in a description each named type has its own name.
    kind: str = Field(json_schema_extra={"enum": list(queries.Kind.values)})
    unit: str
    better: queries.Direction
    level: queries.Level
    numerator: str
    denominator: str
    lowest: float | None
    highest: float | None
    breakdowns: list[str]
    source: str
    place: str


class ReadingShape(Shape):
    day: date
    value: float


class ProgressShape(Shape):
    course: Course
    goal: float
    done: float | None = Field(description="part of the way that is gone; 1 is reached")
    expected: float = Field(description="part of the way by a straight line")
    projected: float | None
    projected_low: float | None
    projected_high: float | None


class TargetShape(Shape):
    definition: IndicatorShape
    base: float
    base_on: date
    percent: float
    due_on: date
    reason: str
    readings: list[ReadingShape]
    progress: ProgressShape

    @staticmethod
    def resolve_readings(target: queries.TargetNow) -> list[dict[str, Any]]:
        return [{"day": day, "value": value} for day, value in target.readings]


@router.get(
    "/regions/{slug:region}/indicators",
    response={200: list[IndicatorShape], **READ},
    operation_id="listIndicators",
)
def indicators(request: HttpRequest, region: Slug) -> Sequence[Any]:
    """The newest version of every indicator that the region can use, by name."""
    return queries.library(region_of(request, region))


@router.get(
    "/regions/{slug:region}/indicators/{int:number}",
    response={200: IndicatorShape, **READ},
    operation_id="getIndicator",
)
def indicator(request: HttpRequest, region: Slug, number: Number) -> Any:
    """One version, also an earlier one."""
    found = queries.definition(number, region=region_of(request, region))
    if found is None:
        raise Http404
    return found


@router.get(
    "/regions/{slug:region}/targets",
    response={200: list[TargetShape], **READ},
    operation_id="listTargets",
)
def targets(request: HttpRequest, region: Slug) -> Sequence[Any]:
    """The target that counts of each indicator, with its readings and how it goes."""
    return queries.targets_of(region_of(request, region), today=timezone.localdate())
