"""What a programme manager and a provider come for: an agenda, and a proposal."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from vliegwiel.apps.regions.rights import Role

from .agenda_chain import (  # noqa: F401
    ELSEWHERE,
    HERE,
    Enter,
    Keyboard,
    Mouse,
    button,
    enter,
    walk,
    world,
)
from .conftest import Visit


def test_each_role_does_what_it_comes_for(
    enter: Enter,  # noqa: F811
    visit: Visit,
    assert_accessible: Callable[[Page], None],
) -> None:
    citizen = visit().go(f"{HERE}agenda/")
    expect(citizen.get_by_role("main")).to_contain_text("nog geen agenda gepubliceerd")

    # The programme manager, from observations to a published version.
    manager = enter(Role.PROGRAMME_MANAGER)
    walk(Mouse(manager.page), f"{manager.base}{HERE}", look=assert_accessible)
    manager.go(f"{HERE}agenda/concept/").get_by_role(
        "link", name="Agendapunt toevoegen"
    ).first.click()
    manager.page.get_by_label("Titel").fill("Nog niet voor iedereen")
    button(manager.page, "Opslaan").click()

    # A provider, from the palette to a proposal with a hypothesis.
    provider = enter(Role.PROJECT_LEAD)
    page = provider.go(f"{HERE}innovaties/palet/")
    page.get_by_role("link", name="Begin hiermee").filter(has_text="Grip op crisis").click()
    expect(page.get_by_label("Titel")).to_have_value("Grip op crisis")
    button(page, "Dit idee bewaren").click()
    page.get_by_role("link", name="Het voorstel wijzigen").click()
    missing = page.get_by_role("complementary", name="Wat een goed voorstel heeft")
    expect(missing).to_be_visible()
    expect(missing.get_by_text("Ontbreekt")).to_have_count(10)


def test_the_agenda_is_made_by_keyboard_alone(enter: Enter) -> None:  # noqa: F811
    manager = enter(Role.PROGRAMME_MANAGER)
    walk(Keyboard(manager.page), f"{manager.base}{ELSEWHERE}")
