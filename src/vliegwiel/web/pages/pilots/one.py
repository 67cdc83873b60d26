"""What stands above every page of one pilot: its name, where it stands, the links to its parts."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel.apps.pilots import queries
from vliegwiel.apps.pilots.queries import PilotRow, Plan
from vliegwiel.web.pages.access import RegionRequest

from .parts import parts_of


def pilot_in(region: Any, pilot: int) -> PilotRow:
    """Raises Http404 where the region has no such pilot."""
    found = queries.region_pilot(region, pilot, today=timezone.localdate())
    if found is None:
        raise Http404
    return found


def plan_in(region: Any, pilot: int) -> Plan:
    """The plan of a pilot of the region; raises Http404 without one."""
    pilot_in(region, pilot)
    plan = queries.plan_of(pilot)
    assert plan is not None, "asked before"
    return plan


def head_of(request: RegionRequest, region: Any, pilot: int, *, here: str = "") -> dict[str, Any]:
    """What `pilots/head.html` shows; `here` names a page that is no part of its own.

    Raises Http404 where the region has no such pilot.
    """
    found = pilot_in(region, pilot)
    crumbs = [
        (_("Pilots"), reverse("pilots", args=[region.slug])),
        (found.title, reverse("pilot", args=[region.slug, pilot]) if here else ""),
    ]
    return {
        "pilot": found,
        "crumbs": [*crumbs, (here, "")] if here else crumbs,
        "parts": parts_of(request, region, pilot),
    }
