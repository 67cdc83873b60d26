"""A region's page: visitors go to the login page, who has no role there may not see it."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from vliegwiel.apps.regions import NotAllowed, queries, rights
from vliegwiel.web.login.kept import to_login

if TYPE_CHECKING:
    from vliegwiel.apps.regions.models import Region, User

View = Callable[..., HttpResponse]


class RegionRequest(HttpRequest):
    """What a view under `region_page` gets: somebody who is logged in, in a region."""

    user: "User"
    region: "Region"


def region_page(
    right: str, *, change: str = "", keeps_typed: bool = False
) -> Callable[[View], View]:
    """For views `view(request, region, ...)`: finds the region of `region_slug` and asks the right.

    `right` is a key of `rights.RIGHTS`, and so is `change`, which sending a form asks instead where
    more people may read than change. The region is also put on the request, for the navigation.
    `keeps_typed` is for a form that is sent to its own address: what was typed in it survives an
    ended session, when the view makes its form with `login.kept.typed(request)`.
    """
    for name in {right, change or right} - rights.RIGHTS.keys():
        raise ValueError(f"no such right: {name}")

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, region_slug: str, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_login(request, keep=keeps_typed)
            region = queries.region_by_slug(region_slug)
            if region is None:
                raise Http404
            asked = change if change and request.method == "POST" else right
            if not rights.may(request.user, asked, region):
                raise PermissionDenied
            request.region = region  # type: ignore[attr-defined]
            try:
                return view(request, region, **kwargs)
            except NotAllowed as error:
                raise PermissionDenied from error

        return wrapped

    return decorate
