"""What every page needs: the theme, the place in the loop, and what the visitor may see."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from vliegwiel import __version__
from vliegwiel.apps.regions import queries


def page(request: HttpRequest) -> dict[str, Any]:
    region = getattr(request, "region", None)
    return {
        "theme": settings.THEME,
        "show_demo_logins": settings.SHOW_DEMO_LOGINS,
        "version": __version__,
        "region": region,
        "my_regions": queries.regions_of(request.user) if hasattr(request, "user") else [],
    }
