"""Pages of the agenda that everybody may read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from vliegwiel.apps.regions import queries, rights

View = Callable[..., HttpResponse]


def open_page(view: View) -> View:
    """For views `view(request, region, ...)` that visitors may see too; 404 without the region.

    Who has a role in the region gets its navigation, and `request.region`.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, region_slug: str, **kwargs: Any) -> HttpResponse:
        region = queries.region_by_slug(region_slug)
        if region is None:
            raise Http404
        if rights.may(request.user, "region.view", region):
            request.region = region  # type: ignore[attr-defined]
        return view(request, region, **kwargs)

    return wrapped
