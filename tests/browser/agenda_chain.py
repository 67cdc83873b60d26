"""Two regions without an agenda, and the way to one: with a mouse or with the keyboard."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from tests.full_region import shipped_regions
from tests.science.caresystem import samples
from vliegwiel.apps.explorer import services as explorer
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.regions import services as regions
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import Role

from .conftest import EMAIL, PASSWORD, Visit, Visitor

HERE = "/regio/ijsselland/"
ELSEWHERE = "/regio/twente/"
HEARD = ("De wachtlijst voor hulp thuis groeit.", "Ouders wachten en horen niets.")
UNDERSTOOD = "Wie wacht weet niet waarop"
ITEM = "Eén vast gezicht voor wie wacht"
_MOST_STOPS = 150
EMAILS = {
    Role.PROGRAMME_MANAGER: EMAIL,
    Role.PROJECT_LEAD: "aanbieder@example.nl",
    Role.ANALYST: "analist@example.nl",
}
Enter = Callable[..., Visitor]


@pytest.fixture(scope="module")
def world(database: None, django_db_blocker: Any) -> Iterator[User]:
    """Two regions without an agenda, with people and the small model of one of them."""
    with django_db_blocker.unblock():
        by = regions.system_user()
        both = shipped_regions(by=by)
        figures.load_sources(by=by)
        document = samples.as_text(samples.care_system())
        explorer.load_care_system(region=both[0], document=document, by=by)
        for role, email in EMAILS.items():
            roles = [(region, role) for region in both]
            made = regions.make_user(email=email, name=str(role), password=PASSWORD, roles=roles)
        yield made
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)


@pytest.fixture
def enter(visit: Visit) -> Enter:
    """A window in which somebody with this role is logged in."""

    def as_role(role: Role, **kind: Any) -> Visitor:
        visitor = visit(**kind)
        visitor.log_in(EMAILS[role])
        return visitor

    return as_role


class Mouse:
    """Presses, types and ticks the usual way."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        what.click()

    def type(self, what: Locator, text: str) -> None:
        what.fill(text)

    def tick(self, what: Locator) -> None:
        what.check()


class Keyboard(Mouse):
    """Reaches everything with the Tab key, as who cannot use a mouse does."""

    def press(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Enter")

    def type(self, what: Locator, text: str) -> None:
        self._reach(what)
        self.page.keyboard.type(text)

    def tick(self, what: Locator) -> None:
        self._reach(what)
        self.page.keyboard.press("Space")

    def _reach(self, what: Locator) -> None:
        element = what.element_handle()
        assert element is not None
        for _stop in range(_MOST_STOPS):
            if element.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{what} cannot be reached with the Tab key")


def button(page: Page, name: str) -> Locator:
    """A button of the content, not of the header."""
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


def walk(hands: Mouse, home: str, *, look: Callable[[Page], None] = lambda _page: None) -> None:
    """From nothing to version 1 of the agenda of the region with this address.

    `look` is given every page on the way. The page of `hands` belongs to a programme manager.
    """
    page = hands.page

    def link(name: str) -> Locator:
        return page.get_by_role("main").get_by_role("link", name=name, exact=True)

    page.goto(f"{home}begrijpen/signalen/")
    look(page)
    hands.press(link("Schrijf een signaal op"))
    for text in HEARD:
        look(page)
        hands.type(page.get_by_label("Wat er is gehoord of gelezen"), text)
        hands.press(button(page, "Bewaar, volgende"))
        expect(page.get_by_text(f"“{text}”")).to_be_visible()
    hands.press(link("Alle signalen"))
    for text in HEARD:
        hands.tick(page.get_by_label(f"Kiezen: {text}"))
    hands.press(button(page, "Maak een inzicht van wat is aangevinkt"))
    look(page)
    hands.type(page.get_by_label("Wat u nu begrijpt, in één zin"), UNDERSTOOD)
    hands.type(page.get_by_label("Uitleg"), "Niemand vertelt wat er gebeurt.")
    hands.press(button(page, "Maak het inzicht"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(UNDERSTOOD)
    expect(page.get_by_text(HEARD[1])).to_be_visible()
    look(page)

    page.goto(f"{home}agenda/concept/")
    look(page)
    hands.press(link("Begin met een titel"))
    look(page)
    hands.type(page.get_by_label("Titel"), "Agenda van de regio")
    hands.press(button(page, "Opslaan"))
    hands.press(link("Agendapunt toevoegen").first)
    look(page)
    hands.type(page.get_by_label("Titel"), ITEM)
    hands.tick(page.get_by_label(UNDERSTOOD))
    hands.press(button(page, "Opslaan"))
    hands.press(link("Wijzigingen bekijken en publiceren"))
    look(page)
    hands.press(button(page, "Publiceren"))
    expect(page.get_by_role("main")).to_contain_text("Versie 1, gepubliceerd")
    expect(page.get_by_role("main")).to_contain_text(ITEM)
    look(page)
