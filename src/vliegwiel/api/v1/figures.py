"""Published figures of a region beside the national ones."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.figures import queries

from .access import READ, Slug, region_of

router = Router(tags=["figures"], by_alias=True)


class SourceShape(Shape):
    key: str
    title: str
    publisher: str
    year: int | None
    address: str
    note: str


class FigureShape(Shape):
    """One published number: `value` is shown with `decimals` decimals, as it was printed.

    `table` is the one of CBS that it was fetched from, `modified_on` the day of its state.
    """

    measure: str
    measure_label: str
    area: str
    period: str
    sex: str
    age_band: str
    care_form: str
    care_form_label: str
    referrer: str
    referrer_label: str
    value: float
    decimals: int
    unit: str
    unit_label: str
    status: str
    status_label: str
    is_interpreted: bool
    source: SourceShape
    place: str
    note: str
    table: str
    modified_on: date | None
    fetched_on: date | None


@router.get(
    "/regions/{slug:region}/figures",
    response={200: list[FigureShape], **READ},
    operation_id="listFigures",
)
def figures(request: HttpRequest, region: Slug) -> Sequence[Any]:
    """Every published figure, regional and national, with its source and its reservation."""
    return queries.all_figures(region_of(request, region))
