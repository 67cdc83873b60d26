"""Regions and their municipalities."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from ninja import Router

from vliegwiel.api.shapes import Shape
from vliegwiel.apps.regions import queries

from .access import READ, Slug, region_of

router = Router(tags=["regions"], by_alias=True)


class RegionShape(Shape):
    slug: str
    code: str
    name: str


class MunicipalityShape(Shape):
    code: str
    name: str


class RegionDetail(RegionShape):
    municipalities: list[MunicipalityShape]


@router.get("/regions", response={200: list[RegionShape], **READ}, operation_id="listRegions")
def regions(request: HttpRequest) -> Sequence[Any]:
    """The regions in which you have a role."""
    return queries.regions_of(request.user)


@router.get(
    "/regions/{slug:region}", response={200: RegionDetail, **READ}, operation_id="getRegion"
)
def region(request: HttpRequest, region: Slug) -> dict[str, Any]:
    """A region with the municipalities that now belong to it."""
    found = region_of(request, region)
    return {
        "slug": found.slug,
        "code": found.code,
        "name": found.name,
        "municipalities": queries.municipalities_of(found),
    }
