"""Where the API lives, and what it says about an address or a method that it does not have."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from .problems import problem
from .v1.description import API_VERSION, api, description

View = Callable[..., HttpResponse]


def _finished(view: View) -> View:
    """Adds what every answer carries, and gives a refused method the form of the rest."""

    def finished(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code == 405:
            allowed = answer.headers["Allow"]
            answer = problem(405)
            answer.headers["Allow"] = allowed
        answer.headers["API-Version"] = API_VERSION
        patch_vary_headers(answer, ["Accept-Language"])
        return answer

    # The library checks the token itself, for sessions.
    return csrf_exempt(finished)


@require_safe
def _openapi(request: HttpRequest, kind: str) -> HttpResponse:
    """Open to all, also to tools on other sites. JSON is YAML too."""
    media_type = "application/json" if kind == "json" else "application/yaml"
    answer = JsonResponse(description(), content_type=media_type)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _not_found(request: HttpRequest) -> HttpResponse:
    return problem(404)


def _all_finished(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _finished(pattern.callback)
    return patterns


_patterns, _app_name, _namespace = api.urls

urlpatterns = [
    path("v1/openapi.json", _finished(_openapi), {"kind": "json"}),
    path("v1/openapi.yaml", _finished(_openapi), {"kind": "yaml"}),
    path("v1/", (_all_finished(_patterns), _app_name, _namespace)),
    re_path("", _finished(_not_found)),
]
