"""What the people of a region and a resident each come for, from observation to forecast."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from vliegwiel.apps.explorer import services as explorer
from vliegwiel.apps.explorer.models import SimulationRun
from vliegwiel.apps.regions.rights import Role

from .agenda_chain import (  # noqa: F401
    ELSEWHERE,
    HERE,
    ITEM,
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
    address = page.url
    page.get_by_role("link", name="Het voorstel wijzigen").click()
    missing = page.get_by_role("complementary", name="Wat een goed voorstel heeft")
    expect(missing).to_be_visible()
    before = missing.get_by_text("Ontbreekt").count()
    page.get_by_label("Wie meedoet").fill("Twee aanbieders en de Universiteit Twente.")
    button(page, "Opslaan").click()
    page.get_by_role("link", name="Het voorstel wijzigen").click()
    expect(missing.get_by_text("Ontbreekt")).to_have_count(before - 1)
    page.goto(address)
    page.get_by_role("link", name="De hypothese schrijven").click()
    page.get_by_label("Voor wie").fill("Jeugdigen in een crisis")
    page.get_by_label("Van wie dit oordeel is").fill("Drie behandelaars")
    change = page.get_by_role("group").filter(has=page.get_by_label("Wat verandert er")).first
    change.get_by_label("Wat verandert er").select_option("multiply care_types.ambulant.places")
    for label, value in (("Laagste (%)", "0"), ("Waarschijnlijk (%)", "10"), ("Hoogste (%)", "20")):
        change.get_by_label(label).fill(value)
    button(page, "Opslaan").click()
    assert_accessible(page)

    # The analyst asks for its forecast and opens it when the model has made it.
    analyst = enter(Role.ANALYST)
    analyst.page.goto(address)
    button(analyst.page, "Maak hiervan een voorspelling").click()
    # No worker runs yet, and the page says so instead of promising that it goes on.
    expect(analyst.page.get_by_role("main")).to_contain_text("staat stil")
    run = SimulationRun.objects.latest("pk")
    explorer.work_on_run(run_id=run.pk)
    analyst.page.reload()
    expect(analyst.page.locator("#headline")).to_contain_text("Met deze verandering")
    analyst.page.goto(address)
    expect(analyst.page.get_by_role("link", name="Bekijk de voorspelling")).to_be_visible()

    # A resident reads what was published, and nothing else.
    citizen.reload()
    expect(citizen.get_by_role("main")).to_contain_text(ITEM)
    expect(citizen.get_by_role("main")).not_to_contain_text("Nog niet voor iedereen")
    for path in ("agenda/concept/", "begrijpen/", "innovaties/"):
        citizen.goto(f"{manager.base}{HERE}{path}")
        assert "/account/login/" in citizen.url
    citizen.goto(f"{manager.base}/innovaties/")
    expect(citizen.get_by_role("main")).not_to_contain_text("Grip op crisis")
    assert [*manager.complaints, *provider.complaints, *analyst.complaints] == []


def test_the_agenda_is_made_by_keyboard_alone(enter: Enter) -> None:  # noqa: F811
    manager = enter(Role.PROGRAMME_MANAGER)
    walk(Keyboard(manager.page), f"{manager.base}{ELSEWHERE}")
