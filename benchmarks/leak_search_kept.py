"""The side of the product of a search for leaks: its addresses, its work, and a planted person.

Imported once Django is set up, by ``benchmarks.leak_search``.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from tests.web.addresses import addresses
from vliegwiel.apps.continuity.models import ContinuityCheck
from vliegwiel.apps.offers.models import Provider
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.trajectories.models import Snapshot
from vliegwiel.cli.shipped_messages import OPTIONS as SHIPPED

__all__ = ["SHIPPED", "figures_made", "page_with", "places", "planted", "written"]


def figures_made(until: float) -> None:
    """Returns when the worker has made the figures of the newest messages.

    Raises TimeoutError when it takes too long.
    """
    while time.monotonic() < until:
        states = [*Snapshot.objects.values_list("status", flat=True),
                  *ContinuityCheck.objects.values_list("status", flat=True)]  # fmt: skip
        if states and all(str(state).lower() == "done" for state in states):
            return
        time.sleep(2)
    raise TimeoutError(f"the worker did not make the figures: {states}")


def places(region: str) -> Sequence[str]:
    """Every address that can be asked for in a region, the first two of what has a number."""
    found = []
    for address in sorted(set(addresses(get_resolver("vliegwiel.site.urls"), region))):
        if "<" in address or "account" in address or "logout" in address:
            continue
        numbers = ("1", "2") if "{number}" in address else ("",)
        found += [address.replace("{number}", number) for number in numbers]
    return found


def planted(region: str, text: str) -> None:
    """Puts a text into the database past every check, where a page shows it."""
    Provider.objects.create(
        region=Region.objects.get(slug=region), code="00000000", title=text,
        recorded_by=system_user(),
    )  # fmt: skip


def page_with(region: str, email: str) -> bytes:
    """The page of the names of providers, as somebody sees it."""
    visitor = Client(SERVER_NAME="127.0.0.1")
    visitor.force_login(get_user_model().objects.get(email=email))
    return bytes(visitor.get(reverse("offer_providers", args=[region])).content)


def written() -> None:
    """Has the server write to its files what it still has in memory."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
