"""Every page that has an address, with something on it: accessible, and nothing sticks out.

With every fold open, wide and narrow, in light and in dark colours.
Pages are found in the addresses of the site, so a new one is looked at without being named here.
With `SCREENSHOTS=folder` in the environment a picture of each page stays, wide and narrow.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from tests.full_region import FullRegion, Route, build, routes
from vliegwiel.apps.regions.rights import Role

from .conftest import NARROW, WIDE, ScreenCheck, Visit, Visitor

#: Where somebody of the region does not come, or what has tests of its own with other browsers.
_ELSEWHERE = ("api/", "account/", "beheer/", "language/", "^", "static/", "health/")
_OPEN = ("/", "/over/", "/toegankelijkheid/", "/account/login/", "/bestaat-niet/")
_OWN = ("/", "/bestaat-niet/", "/account/2fa/", "/account/password/change/")
_OF_ANOTHER_REGION = (
    "/regio/twente/",
    "/regio/twente/zien/wachttijden/",
    "/regio/twente/zien/wachttijden/inlezen/",
)


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


def _keep_pictures(page: Page, name: str) -> None:
    folder = os.environ.get("SCREENSHOTS")
    for shape, width in (("wide", WIDE), ("narrow", NARROW)) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder or "", f"{name}-{shape}.png"), full_page=True)


def _opened(visitor: Visitor, path: str) -> bool:
    """Shows what is answered, if it is a page: a file would be a download, a command has none."""
    answer = visitor.page.request.get(visitor.base + path)
    if not answer.ok or not answer.headers.get("content-type", "").startswith("text/html"):
        return False
    # The answer that came is shown: asking again would make the page twice.
    visitor.page.route(answer.url, lambda route: route.fulfill(response=answer), times=1)
    visitor.page.goto(answer.url)
    return True


def test_all_pages_are_accessible_and_fit_a_narrow_screen(
    visit: Visit, full: FullRegion, faults_on_all_screens: ScreenCheck
) -> None:
    visitors = [_visitor(visit, full, role) for role in (Role.PROGRAMME_MANAGER, Role.ANALYST)]
    found: list[str] = []
    seen = 0
    for route in _pages():
        path = full.address(route)
        visitor = next((one for one in visitors if _opened(one, path)), None)
        if visitor is None:
            continue
        seen += 1
        _keep_pictures(visitor.page, route.key)
        faults = [*faults_on_all_screens(visitor.page), *visitor.complaints]
        visitor.complaints.clear()
        found += [f"{route.key}: {fault}" for fault in faults]
    assert found == [], "\n".join(found)
    assert seen >= 100


@pytest.mark.parametrize(
    ("role", "paths"),
    [(None, _OPEN), (Role.PROGRAMME_MANAGER, _OWN), ("stranger", _OF_ANOTHER_REGION)],
)
def test_pages_outside_the_region_too(
    visit: Visit,
    full: FullRegion,
    faults_on_all_screens: ScreenCheck,
    role: str | None,
    paths: tuple[str, ...],
) -> None:
    visitor = _visitor(visit, full, role)
    found = [
        f"{path}: {fault}" for path in paths for fault in faults_on_all_screens(visitor.go(path))
    ]
    assert found == [], "\n".join(found)
    complaints = [text for text in visitor.complaints if "404 (Not Found)" not in text]
    assert complaints == []


def _visitor(visit: Visit, full: FullRegion, role: str | None) -> Visitor:
    visitor = visit()
    if role is not None:
        visitor.log_in(full.people[role].email)
    return visitor
