"""For the machine that watches this one. It asks by address and without a session, so these
answers stand before the checks on host, HTTPS and login."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import views

ADDRESSES = {"/healthz": views.alive, "/readyz": views.ready}


class Probes:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = ADDRESSES.get(request.path)
        if view is None:
            return self.get_response(request)
        request.is_probe = True  # type: ignore[attr-defined]
        return view(request)
