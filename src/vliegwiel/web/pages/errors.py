"""Pages for when something is wrong: what happened and what to do, without the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "300"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault, or a database that is away for a moment: then trying again helps."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = _plain("503.html", 503)
        response.headers["Retry-After"] = "30"
        return response
    return _plain("500.html", 500)


def _plain(template: str, status: int) -> HttpResponse:
    """Without the request: who it is, and in which region, cannot be asked now."""
    return HttpResponse(render_to_string(template), status=status)
