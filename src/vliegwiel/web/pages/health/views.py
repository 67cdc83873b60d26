"""Is the process alive, and can it do its work."""

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from vliegwiel import __version__
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.regions import queries as regions


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    return _answer(200, status="ok", version=__version__)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """503 while the database is away or behind; the worker is reported, not required for pages."""
    try:
        behind = regions.unapplied_migrations()
        if behind:
            return _answer(503, status="behind", migrations_to_apply=behind)
        worker = "ok" if explorer.worker_is_alive() else "silent"
    except Error:
        return _answer(503, status="no database")
    return _answer(200, status="ok", migrations_to_apply=0, worker=worker)


def _answer(code: int, **body: str | int) -> JsonResponse:
    return JsonResponse(body, status=code, headers={"Cache-Control": "no-store"})
