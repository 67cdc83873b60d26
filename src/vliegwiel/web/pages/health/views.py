"""For the machine that watches this one: is the process alive, can it do its work."""

from django.db import OperationalError
from django.http import HttpRequest, JsonResponse

from vliegwiel import __version__
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.regions import queries as regions


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok", "version": __version__})


def ready(request: HttpRequest) -> JsonResponse:
    """503 while the database is away or behind; the worker is reported, not required for pages."""
    try:
        behind = regions.unapplied_migrations()
        worker = explorer.worker_is_alive()
    except OperationalError:
        return JsonResponse({"status": "no database"}, status=503)
    body = {"migrations_to_apply": behind, "worker": "ok" if worker else "silent"}
    if behind:
        return JsonResponse({"status": "behind", **body}, status=503)
    return JsonResponse({"status": "ok", **body})
