"""One line a request, and the number by which its other lines are found."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = structlog.get_logger("vliegwiel.web.requests")

HEADER = "X-Request-ID"


class RequestLog:
    """Numbers a request, writes its line when it is answered, and gives the number back.

    The line names the route, not the address, which may hold a token or a search for a name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = _number(request)
        request.request_id = number  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=number)
        start = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers[HEADER] = number
            self._write(request, response, time.perf_counter() - start)
            return response
        finally:
            structlog.contextvars.clear_contextvars()

    def _write(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        route = _route(request)
        if route is None:
            return
        write = logger.error if response.status_code >= 500 else logger.info
        # Who it was only when the request asked: logging itself never reads the session.
        user = getattr(request, "_cached_user", None)
        about = {
            "user_id": getattr(user, "pk", None),
            "region": getattr(getattr(request, "region", None), "code", None),
        }
        write(
            "request",
            method=request.method if request.method in _METHODS else "other",
            route=route,
            status=response.status_code,
            milliseconds=round(seconds * 1000),
            **{key: value for key, value in about.items() if value is not None},
        )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _number(request: HttpRequest) -> str:
    """The number that a trusted proxy gave, when it is one; otherwise a new one."""
    if settings.BEHIND_PROXY:
        try:
            return str(uuid.UUID(request.headers.get(HEADER, "")))
        except ValueError:
            pass
    return str(uuid.uuid4())


def _route(request: HttpRequest) -> str | None:
    """The pattern of the address; None for what is not worth a line (files, a watching machine)."""
    if request.resolver_match is not None:
        return f"/{request.resolver_match.route}"
    if request.path.startswith(settings.STATIC_URL) or getattr(request, "is_probe", False):
        return None
    return "(no such page)"
