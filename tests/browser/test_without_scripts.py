"""A browser that knows no JavaScript: the agenda is made, and nothing typed is lost on the way."""

from playwright.sync_api import expect

from vliegwiel.apps.agenda.models import AgendaVersion
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.insights.models import Observation
from vliegwiel.apps.regions.rights import Role

from .agenda_chain import (  # noqa: F401
    ELSEWHERE,
    HERE,
    ITEM,
    PASSWORD,
    Enter,
    Mouse,
    button,
    enter,
    walk,
    world,
)
from .conftest import EMAIL


def test_an_agenda_is_made_and_two_editors_lose_nothing(enter: Enter) -> None:  # noqa: F811
    mine, other = (enter(Role.PROGRAMME_MANAGER, scripts=False), enter(Role.ANALYST, scripts=False))
    walk(Mouse(mine.page), f"{mine.base}{HERE}")
    # Back to the form: what was published is not asked once more.
    mine.page.go_back()
    expect(button(mine.page, "Publiceren")).to_have_count(0)
    assert AgendaVersion.objects.filter(agenda__region__slug="ijsselland").count() == 1

    for visitor in (mine, other):
        visitor.go(f"{HERE}agenda/concept/")
        visitor.page.get_by_role("link", name="Wijzigen").filter(has_text=ITEM).click()
    other.page.get_by_label("Titel").fill("Titel van de ander")
    other.page.get_by_label("Reden").fill("Reden van de ander")
    button(other.page, "Opslaan").click()
    mine.page.get_by_label("Titel").fill("Mijn titel")
    button(mine.page, "Opslaan").click()
    expect(mine.page.get_by_role("alert")).to_contain_text("Van u is niets verloren gegaan")
    expect(mine.page.get_by_label("Titel")).to_have_value("Mijn titel")
    expect(mine.page.get_by_label("Reden")).to_have_value("Reden van de ander")
    button(mine.page, "Opslaan").click()
    main = mine.page.get_by_role("main")
    expect(main).to_contain_text("Mijn titel")
    expect(main).to_contain_text("Reden van de ander")


def test_an_idea_from_the_palette_pressed_twice_is_one_idea(enter: Enter) -> None:  # noqa: F811
    provider = enter(Role.PROJECT_LEAD, scripts=False)
    page = provider.go(f"{HERE}innovaties/palet/")
    page.get_by_role("link", name="Begin hiermee").filter(has_text="Grip op crisis").click()
    button(page, "Zoek wat erop lijkt").click()
    expect(page.get_by_label("Titel")).to_have_value("Grip op crisis")
    button(page, "Dit idee bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grip op crisis")
    page.go_back()
    button(page, "Dit idee bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grip op crisis")
    assert Initiative.objects.filter(region__slug="ijsselland").count() == 1


def test_what_is_typed_outlives_the_session(enter: Enter) -> None:  # noqa: F811
    text = "Getypt terwijl de sessie afliep."
    manager = enter(Role.PROGRAMME_MANAGER, scripts=False)
    page = manager.go(f"{ELSEWHERE}begrijpen/signalen/nieuw/")
    page.get_by_label("Wat er is gehoord of gelezen").fill(text)
    page.context.clear_cookies(name="session")
    button(page, "Bewaar, volgende").click()
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    button(page, "Inloggen").click()
    expect(page.get_by_label("Wat er is gehoord of gelezen")).to_have_value(text)
    assert not Observation.objects.filter(region__slug="twente").exists()
    button(page, "Bewaar, volgende").click()
    expect(page.get_by_role("main")).to_contain_text(text)
    assert Observation.objects.filter(region__slug="twente").count() == 1
