"""Who asks, and whether it is his region."""

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Path
from ninja.security import SessionAuth

from vliegwiel.api.shapes import Problem
from vliegwiel.apps.regions import queries, rights

# The same session as the pages, with the same second factor; changes need the CSRF token.
session = SessionAuth()

Region = Any  # What `queries.region_by_slug` gives: doors do not import models.
Slug = Annotated[str, Path(description="the region's name in addresses, such as ijsselland")]

READ = {400: Problem, 401: Problem, 403: Problem, 404: Problem}
CHANGE = {**READ, 409: Problem}


def region_of(request: HttpRequest, slug: str, right: str = "region.view") -> Region:
    """The region of the address; Http404 without one, PermissionDenied without `right` there."""
    region = queries.region_by_slug(slug)
    if region is None:
        raise Http404
    if not rights.may(request.user, right, region):
        raise PermissionDenied
    request.region = region  # type: ignore[attr-defined]
    return region
