"""What went wrong, in the form of RFC 9457 (problem+json): all faults of a request at once."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from vliegwiel.apps.explorer import PrecisionRefused, SettingsRefused, StepRefused
from vliegwiel.apps.regions import NotAllowed

from .shapes import Fault, Problem

logger = structlog.get_logger("vliegwiel.api")

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: gettext_noop("The request is not right."),
    401: gettext_noop("Log in first."),
    403: gettext_noop("This is not for you."),
    404: gettext_noop("This does not exist."),
    405: gettext_noop("This cannot be done here."),
    409: gettext_noop("This cannot be done now."),
    500: gettext_noop("Something went wrong on our side."),
    503: gettext_noop("The database is away for a moment. Try again."),
}


def problem(status: int, *, detail: str = "", errors: Sequence[Fault] = ()) -> HttpResponse:
    """A problem as an answer; `errors` names every fault with its place."""
    told = Problem(
        type="about:blank",
        title=_(TITLES[status]) if status in TITLES else HTTPStatus(status).phrase,
        status=status,
        detail=detail or None,
        errors=list(errors) or None,
    )
    body = told.model_dump(by_alias=True, exclude_none=True)
    answer = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE
    )
    if status == HTTPStatus.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = 'Cookie realm="vliegwiel"'
    return answer


def handle(api: NinjaAPI) -> None:
    """Teaches `api` to answer every exception with a problem."""
    api.add_exception_handler(Http404, lambda request, error: problem(404))
    api.add_exception_handler(PermissionDenied, lambda request, error: problem(403))
    api.add_exception_handler(NotAllowed, lambda request, error: problem(403))
    api.add_exception_handler(AuthenticationError, lambda request, error: problem(401))
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(SettingsRefused, _settings)
    api.add_exception_handler(PrecisionRefused, _precision)
    api.add_exception_handler(StepRefused, lambda request, error: problem(409))
    api.add_exception_handler(OperationalError, _fault)
    api.add_exception_handler(InterfaceError, _fault)
    api.add_exception_handler(Exception, _fault)


# The library hands over an error or its class, as one type.
def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, detail=error.message)


def _fault(request: HttpRequest, error: Any) -> HttpResponse:
    away = isinstance(error, OperationalError | InterfaceError)
    logger.error("request failed", exc_info=error)
    answer = problem(503 if away else 500)
    if away:
        answer.headers["Retry-After"] = "30"
    return answer


def _settings(request: HttpRequest, error: Any) -> HttpResponse:
    faults = [
        Fault(
            in_="body",
            location={"pointer": f"#/{name}"},
            code="out_of_range",
            detail=_("must be %(low)s to %(high)s") % {"low": low, "high": high},
        )
        for name, (low, high) in error.limits.items()
    ]
    return problem(400, errors=faults)


def _precision(request: HttpRequest, error: Any) -> HttpResponse:
    """The question is right in itself, but not of this scenario."""
    place = {"pointer": "#/precision"}
    fault = Fault(in_="body", location=place, code="never_known", detail=str(error))
    return problem(409, errors=[fault])


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(400, errors=[_fault_of(found) for found in error.errors])


def _fault_of(found: Mapping[str, Any]) -> Fault:
    """A fault as pydantic tells it: where (`loc`), which kind (`type`), and a sentence (`msg`)."""
    where, *place = (str(part) for part in found["loc"])
    if where == "body":
        # The first part is the name of our argument, which nobody outside knows.
        location = {"pointer": "#/" + "/".join(place[1:])}
    else:
        location = {"name": place[-1] if place else ""}
    return Fault(in_=where, location=location, code=str(found["type"]), detail=str(found["msg"]))
