"""Every page that has an address, with something on it: accessible, and nothing sticks out.

Pages are found in the addresses of the site, so a new one is looked at without being named here.
With `SCREENSHOTS=folder` in the environment a picture of each page stays, wide and narrow.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, Response

from tests.full_region import FullRegion, Route, build, routes
from vliegwiel.apps.regions.rights import Role

from .conftest import AccessCheck, Visit

#: Where somebody of the region does not come, or what has tests of its own with other browsers.
_ELSEWHERE = ("api/", "account/", "beheer/", "language/", "^", "static/", "health/")
_NARROW = 320


@pytest.fixture(scope="module")
def full(database: None, django_db_blocker: Any) -> Iterator[FullRegion]:
    with django_db_blocker.unblock():
        yield build()
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)


@pytest.fixture(scope="module")
def world(full: FullRegion) -> FullRegion:
    """What the server of these tests stands on."""
    return full


def _pages() -> list[Route]:
    return [route for route in routes() if not route.pattern.startswith(_ELSEWHERE)]


def _is_page(answer: Response | None) -> bool:
    kind = answer.headers.get("content-type", "") if answer is not None else ""
    return answer is not None and answer.status == 200 and kind.startswith("text/html")


def _keep_picture(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def _overflow(page: Page) -> list[str]:
    page.set_viewport_size({"width": _NARROW, "height": 900})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [] if wide <= _NARROW else [f"{wide} pixels wide on a screen of {_NARROW}"]


def test_all_pages_are_accessible_and_fit_a_narrow_screen(
    visit: Visit, full: FullRegion, faults_of_access: AccessCheck
) -> None:
    visitors = {role: visit() for role in (Role.PROGRAMME_MANAGER, Role.ANALYST)}
    for role, visitor in visitors.items():
        visitor.log_in(full.people[role].email)
    found: dict[str, list[str]] = {}
    seen = 0
    for route in _pages():
        for visitor in visitors.values():
            # Only a page is opened: a file would be a download, and a command has no page.
            asked = visitor.page.request.get(visitor.base + full.address(route))
            if not asked.ok or not asked.headers.get("content-type", "").startswith("text/html"):
                continue
            page = visitor.page
            page.set_viewport_size({"width": 1280, "height": 900})
            assert _is_page(page.goto(asked.url)), route
            seen += 1
            _keep_picture(page, f"{route.key}-wide")
            faults = [*faults_of_access(page), *_overflow(page)]
            _keep_picture(page, f"{route.key}-narrow")
            faults += visitor.complaints
            visitor.complaints.clear()
            if faults:
                found[route.key] = faults
            break
    assert found == {}
    assert seen >= 100
