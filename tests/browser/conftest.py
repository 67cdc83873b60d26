"""A real browser on a real server, with the shipped regions in the database.

The browser is Chromium as the machine has it; without one these tests are skipped.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.full_region import shipped_regions
from vliegwiel.apps.agenda import services as agenda
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.insights import services as insights
from vliegwiel.apps.regions import services
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import Role

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
BUILT = ROOT / "src/vliegwiel/web/static/dist/main.css"
PASSWORD = "an honest long password"
EMAIL = "programma@gemeente.example"
# The first page after a start draws its charts; a busy machine takes its time for that.
expect.set_options(timeout=30_000)
# The shell is Chromium without what a person needs around a page: the same pages, a third quicker.
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
# What of WCAG 2.2 AA a program can judge, and the advice that goes with it.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What can differ with the colours, and with the width.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
OF_WIDTH = ["color-contrast", "target-size", "scrollable-region-focusable"]
WIDE, NARROW = 1280, 320


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    assert BUILT.is_file(), "the front end is not built: run python tools/frontend.py"
    # Playwright runs a loop of its own in this thread; Django must not take that for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
        # Within Playwright's loop Django keeps connections of their own; left open, they would hold
        # the test database when it is thrown away after this.
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Visitor:
    """A browser window on the site. `complaints` holds what the browser objected to."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def log_in(self, email: str = EMAIL) -> None:
        """Enters by the cookie of a session that stands in the database: no form, no waiting."""
        client = Client()
        user = User.objects.get(email=email)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        kept = {"name": cookie.key, "value": cookie.value, "url": self.base, "httpOnly": True}
        self.page.context.add_cookies([kept])


def load_world() -> User:
    """IJsselland with figures and insights, Twente with waits, and somebody who works in both."""
    system = services.system_user()
    ijsselland, twente = shipped_regions(by=system)
    figures.load_sources(by=system)
    figures.load_shipped_figures(region=ijsselland, by=system)
    figures.load_shipped_waiting_times(region=twente, by=system)
    insights.load_shipped(region=ijsselland, by=system)
    agenda.load_example_versions(region=ijsselland, by=system)
    return services.make_user(
        email=EMAIL,
        name="Pim Gramma",
        password=PASSWORD,
        roles=[(ijsselland, Role.PROGRAMME_MANAGER), (twente, Role.PROGRAMME_MANAGER)],
    )


@pytest.fixture(scope="session")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of the test run.

    pytest-django makes one only when a collected test carries its mark. Ours do not: the mark would
    put each test in a transaction, which the server and the worker cannot look into.
    """
    if connection.settings_dict["NAME"].startswith("test_"):
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def world(database: None, django_db_blocker: Any) -> Iterator[User]:
    """The regions, loaded once a module: the tests of a module share what stands in the database.

    A module's fixtures end before another module begins, so nothing of it reaches other tests.
    """
    with django_db_blocker.unblock():
        yield load_world()
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)


@pytest.fixture(scope="module")
def site(world: User) -> Iterator[str]:
    """The address of a server on the same database."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Visit]:
    """`visit(width=320, scheme="dark", scripts=False)` opens a window of its own."""
    contexts: list[BrowserContext] = []

    def open_window(
        *, width: int = 1280, scheme: Any = "light", scripts: bool = True, language: str = "nl-NL"
    ) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            locale=language,
            reduced_motion="reduce",
        )
        contexts.append(context)
        visitor = Visitor(context.new_page(), site)
        # What the security policy blocks, and what fails in a script, comes in here.
        visitor.page.on(
            "console",
            lambda message: (
                visitor.complaints.append(message.text) if message.type == "error" else None
            ),
        )
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        return visitor

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


AccessCheck = Callable[..., list[str]]


@pytest.fixture
def faults_of_access(axe: str) -> AccessCheck:
    """What axe finds on a page: one line a fault, with the rule and the place.

    `rules` names single rules, for what can differ with the width or the colours only.
    """

    def examine(page: Page, rules: Sequence[str] = ()) -> list[str]:
        # Evaluated by the debugger, which the page's security policy does not concern.
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(axe)
        chosen = (
            {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
        )
        # What passed is not asked for: writing that down takes as long as looking.
        options = {"runOnly": chosen, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return examine


ScreenCheck = Callable[[Page], list[str]]


@pytest.fixture
def faults_on_all_screens(faults_of_access: AccessCheck) -> ScreenCheck:
    """What is wrong on a page with every fold open: wide, in the dark, and narrow; also its title.

    A title that another page of the same test has is a fault too: tabs would look the same.
    """
    titles: dict[str, str] = {}

    def examine(page: Page) -> list[str]:
        page.set_viewport_size({"width": WIDE, "height": 900})
        page.emulate_media(color_scheme="light")
        page.evaluate("document.querySelectorAll('main details').forEach(e => e.open = true)")
        faults = [*faults_of_access(page), *faults_of_fit(page, WIDE)]
        page.emulate_media(color_scheme="dark")
        faults += [f"dark: {one}" for one in faults_of_access(page, OF_COLOURS)]
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": NARROW, "height": 900})
        faults += [f"narrow: {one}" for one in faults_of_access(page, OF_WIDTH)]
        faults += faults_of_fit(page, NARROW)
        headings = page.locator("h1").count()
        faults += [] if headings == 1 else [f"{headings} headings of the first level"]
        path = page.url.split("?")[0]
        twin = titles.setdefault(page.title(), path)
        return faults if twin == path else [*faults, f"the title of {twin}: {page.title()}"]

    return examine


def faults_of_fit(page: Page, width: int) -> list[str]:
    """Whether something sticks out of a screen of this width, so that people scroll sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [] if wide <= width else [f"{wide} pixels wide on a screen of {width}"]


@pytest.fixture
def assert_accessible(faults_of_access: AccessCheck) -> Callable[[Page], None]:
    def check(page: Page) -> None:
        assert faults_of_access(page) == [], page.url

    return check
