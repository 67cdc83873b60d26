"""The care system of a region: the document, and every number with where it comes from."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.explorer import descriptions, queries
from vliegwiel.science.caresystem import CareType, NumberOrigin, quantities

from .access import READ, Region, Slug, region_of

router = Router(tags=["care system"], by_alias=True)


class CareTypeShape(Shape):
    id: str
    label: str
    group: str


class NumberShape(Shape):
    """A number of the care system; `origin` is printed, derived or assumed."""

    address: str
    label: str
    value: float
    unit: str
    origin: str


class CareSystemShape(Shape):
    id: str
    version: str
    title: str
    content_hash: str
    loaded_at: datetime
    start: date
    care_types: list[CareTypeShape]
    numbers: list[NumberShape]


def _care_type(care_type: CareType) -> dict[str, Any]:
    return {
        "id": care_type.id,
        "label": descriptions.in_language(care_type.label),
        "group": care_type.group,
    }


def _number(number: NumberOrigin) -> dict[str, Any]:
    return {
        "address": number.address,
        "label": descriptions.in_language(number.label),
        "value": number.value,
        "unit": number.unit,
        "origin": number.kind,
    }


def _newest(request: HttpRequest, slug: str) -> Region:
    version = queries.newest_care_system(region_of(request, slug))
    if version is None:
        raise Http404
    return version


@router.get(
    "/regions/{slug:region}/care-system",
    response={200: CareSystemShape, **READ},
    operation_id="getCareSystem",
)
def care_system(request: HttpRequest, region: Slug) -> dict[str, Any]:
    """The newest care system; 404 where a region has none."""
    version = _newest(request, region)
    system = queries.care_system(version)
    return {
        "id": system.id,
        "version": system.version,
        "title": descriptions.in_language(system.title),
        "content_hash": version.content_hash,
        "loaded_at": version.loaded_at,
        "start": system.start,
        "care_types": [_care_type(care_type) for care_type in system.care_types],
        "numbers": [_number(number) for number in quantities(system)],
    }


@router.get(
    "/regions/{slug:region}/care-system/document",
    response={200: dict[str, Any], **READ},
    operation_id="getCareSystemDocument",
)
def document(request: HttpRequest, region: Slug) -> HttpResponse:
    """The document itself (schema `vliegwiel.care-system/1`), to the letter; hashed."""
    return HttpResponse(_newest(request, region).document, content_type="application/json")
