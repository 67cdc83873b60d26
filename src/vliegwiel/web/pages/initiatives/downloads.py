"""The register as a file: what fits the choices, in the form that can be loaded."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vliegwiel.apps.initiatives import queries
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.attached import attached_table

from .finding import wanted_of


@require_safe
@region_page("region.view")
def region_csv(request: RegionRequest, region: Any) -> HttpResponse:
    """The initiatives of the region."""
    return _file(request, f"initiatieven-{region.slug}", region)


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """What may be seen, over all regions."""
    return _file(request, "initiatieven", None)


def _file(request: HttpRequest, name: str, region: Any) -> HttpResponse:
    wanted = wanted_of(request, region=region)
    columns = queries.register_columns()
    rows = (
        [row.get(column) for column in columns]
        for row in queries.register_rows(request.user, wanted, region=region)
    )
    return attached_table(f"{name}-{timezone.localdate().isoformat()}", columns, rows)
