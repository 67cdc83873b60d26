"""From the front page to one's own forecast, as a newcomer goes: with a mouse, by keyboard alone,
and without scripts. A real worker makes the forecast."""

import csv
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.worker_process import worker
from vliegwiel import reference
from vliegwiel.apps.explorer import services as explorer
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions import services as region_services

from .conftest import EMAIL, PASSWORD, Visit

# A forecast of the real region, small enough to wait for.
SMALL = {"Maanden vooruit": "24", "Herhalingen": "20"}
SETTINGS = "Pas aan hoe ver en hoe precies"
WHERE = "Pas aan waar en wanneer"
MINUTES = 60_000
# A card shows the focus of its link around the whole card, so look a few levels up as well.
FOCUS_IS_VISIBLE = """element => {
  for (let e = element, level = 0; e && level < 3; e = e.parentElement, level++) {
    if (getComputedStyle(e).outlineStyle !== "none") return true
  }
  return false
}"""


@pytest.fixture
def model(world: object) -> None:
    """The care system of IJsselland and its three scenarios, as they ship."""
    by = region_services.system_user()
    region, file = regions.region_by_slug("ijsselland"), reference.care_system_file("ijsselland")
    assert region is not None
    assert file is not None
    version = explorer.load_care_system(region=region, document=file.content, by=by)
    for scenario in reference.scenario_files(version.identifier):
        explorer.load_example(care_system=version, document=scenario.content, by=by)


@pytest.fixture
def running_worker(model: None) -> Iterator[None]:
    with worker():
        yield


def tab_to(page: Page, target: Locator, most: int = 250) -> Locator:
    """Presses Tab until `target` has the focus, as somebody without a mouse does."""
    element = target.element_handle()
    for _press in range(most):
        page.keyboard.press("Tab")
        if element is not None and element.evaluate("e => e === document.activeElement"):
            outline = element.evaluate(FOCUS_IS_VISIBLE)
            assert outline, "the focus cannot be seen"
            return target
    pytest.fail(f"{target} cannot be reached with the Tab key")


def shipped_scenario(page: Page) -> Locator:
    """The example of Vliegwiel: copies that earlier tests kept have names of their own."""
    return page.get_by_role("link", name="Een zorgtraject eindig maken", exact=True)


def fold(page: Page, name: str) -> Locator:
    """What opens a part of the form that is folded away."""
    return page.locator("summary").filter(has_text=name)


def small_forecast(page: Page) -> None:
    fold(page, SETTINGS).click()
    for label, value in SMALL.items():
        page.get_by_label(label).fill(value)


def rows_of(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";"))


def test_newcomer_reaches_an_own_forecast(
    visit: Visit, running_worker: None, assert_accessible: Callable[[Page], None], tmp_path: Path
) -> None:
    visitor = visit()
    page = visitor.go("/")
    page.set_default_timeout(2 * MINUTES)
    page.get_by_role("main").get_by_role("link", name="Inloggen").click()
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()

    page.wait_for_url(lambda url: "/account/" not in url)
    if "/regio/" not in page.url:
        page.get_by_role("link", name="IJsselland").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regio IJsselland")

    loop = page.get_by_role("navigation", name="Stappen van de lus")
    loop.get_by_role("link", name="Zien").click()
    expect(page.get_by_role("main")).to_contain_text("145.420")

    loop.get_by_role("link", name="Begrijpen").click()
    page.get_by_role("link", name="Kaart").click()
    expect(page.get_by_role("main").locator("svg").first).to_be_visible()
    assert_accessible(page)

    loop.get_by_role("link", name="Verkennen").click()
    assert_accessible(page)
    shipped_scenario(page).click()
    assert_accessible(page)

    # One number, the places, a name: all that a programme manager wants to change.
    chances = page.get_by_role("group", name="Kans op verlenging")
    chances.get_by_label("Ambulante jeugdhulp", exact=True).fill("35")
    expect(page.get_by_role("checkbox", name="Zwolle", exact=True)).to_be_hidden()
    fold(page, WHERE).click()
    page.get_by_role("checkbox", name="Zwolle", exact=True).check()
    small_forecast(page)
    expect(page.get_by_role("main")).to_contain_text("Iedereen met een rol in regio IJsselland")
    name = page.get_by_label("Naam van uw scenario")
    expect(name).to_have_value("Een zorgtraject eindig maken, eigen versie 1")
    name.fill("Korter verlengen in Zwolle")
    for summary in page.locator("main summary").all():
        if not summary.evaluate("e => e.parentElement.open"):
            summary.click()
    assert_accessible(page)
    page.get_by_role("button", name="Bewaren en berekenen").click()

    expect(page.get_by_role("main")).to_contain_text("de marge schoof mee")
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert_accessible(page)
    headline = page.locator("#headline")
    expect(headline).to_contain_text("Met deze verandering wachten jeugdigen", timeout=3 * MINUTES)
    assert_accessible(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Korter verlengen in Zwolle")
    for heading in (
        "Maand voor maand",
        "Waar het probleem heen schuift",
        "Wat het kost en bespaart",
        "Welke aannames het meeste uitmaken",
        "Wat is aangenomen",
    ):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()

    with page.expect_download() as started:
        page.locator("#download ~ ul").get_by_text("CSV voor Nederlands Excel", exact=True).click()
    saved = tmp_path / "uitkomst.csv"
    started.value.save_as(saved)
    rows = rows_of(saved)
    assert len({row["Maand"] for row in rows}) == 24
    assert {row["Soort getal"] for row in rows} == {"uitkomst van een model"}
    for figure in ("difference", "through-time", "costs", "cost-reasons"):
        expect(page.locator(f"#{figure} svg").first).to_be_attached()
    expect(page.locator("#scope")).to_contain_text("11 gemeenten van regio IJsselland")
    page.get_by_text("Voor onderzoekers").click()
    expect(page.get_by_text("Wet van Little", exact=True)).to_be_visible()
    assert_accessible(page)

    loop.get_by_role("link", name="Verkennen").click()
    mine = page.get_by_role("listitem").filter(has_text="Korter verlengen in Zwolle")
    expect(mine).to_contain_text("van Pim Gramma")
    expect(mine).to_contain_text("Gemaakt van “Een zorgtraject eindig maken”")
    expect(mine).to_contain_text("35% kleiner (was 25% kleiner)")
    expect(mine).to_contain_text("Met deze verandering")
    assert_accessible(page)
    assert visitor.complaints == []


def test_the_same_path_by_keyboard_alone(visit: Visit, running_worker: None) -> None:
    page = visit().go("/")
    page.set_default_timeout(2 * MINUTES)
    press = page.keyboard

    tab_to(page, page.get_by_role("main").get_by_role("link", name="Inloggen"))
    press.press("Enter")
    tab_to(page, page.get_by_label("E-mail"))
    press.type(EMAIL)
    tab_to(page, page.get_by_label("Wachtwoord", exact=True))
    press.type(PASSWORD)
    press.press("Enter")
    page.wait_for_url(lambda url: "/account/" not in url)
    if "/regio/" not in page.url:
        tab_to(page, page.get_by_role("link", name="IJsselland").first)
        press.press("Enter")

    loop = page.get_by_role("navigation", name="Stappen van de lus")
    for step, found in (("Zien", "145.420"), ("Begrijpen", "Bewust in zorg komen")):
        tab_to(page, loop.get_by_role("link", name=step))
        press.press("Enter")
        expect(page.get_by_role("main")).to_contain_text(found)
    tab_to(page, page.get_by_role("link", name="Kaart"))
    press.press("Enter")
    expect(page.get_by_role("main").locator("svg").first).to_be_visible()

    tab_to(page, loop.get_by_role("link", name="Verkennen"))
    press.press("Enter")
    tab_to(page, shipped_scenario(page))
    press.press("Enter")
    tab_to(page, page.get_by_label("Daghulp", exact=True))
    press.type("30")
    tab_to(page, fold(page, WHERE))
    press.press("Enter")
    tab_to(page, page.get_by_role("checkbox", name="Raalte", exact=True))
    press.press("Space")
    tab_to(page, fold(page, SETTINGS))
    press.press("Enter")
    for label, value in SMALL.items():
        tab_to(page, page.get_by_label(label))
        press.press("ControlOrMeta+a")
        press.type(value)
    tab_to(page, page.get_by_role("button", name="Bewaren en berekenen"))
    press.press("Enter")

    expect(page.locator("#headline")).to_contain_text("Met deze verandering", timeout=3 * MINUTES)
    tab_to(page, page.get_by_role("link", name="CSV voor Nederlands Excel", exact=True).last)
    with page.expect_download() as started:
        press.press("Enter")
    assert started.value.suggested_filename.endswith(".csv")


def test_the_path_works_without_scripts(visit: Visit, running_worker: None) -> None:
    visitor = visit(scripts=False)
    visitor.log_in()
    page = visitor.go("/regio/ijsselland/verkennen/")
    shipped_scenario(page).click()
    small_forecast(page)
    page.get_by_label("Startgetal").fill("7")
    page.get_by_role("button", name="Bewaren en berekenen").click()
    deadline = time.monotonic() + 180
    while page.locator("#headline").count() == 0:
        assert time.monotonic() < deadline, "the forecast does not get ready"
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator("#headline")).to_contain_text("Met deze verandering")


def test_a_running_forecast_can_be_cancelled(visit: Visit, running_worker: None) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go("/regio/ijsselland/verkennen/")
    shipped_scenario(page).click()
    fold(page, SETTINGS).click()
    page.get_by_label("Herhalingen").fill("1000")
    page.get_by_role("button", name="Bewaren en berekenen").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("main")).to_contain_text("niet afgemaakt", timeout=MINUTES)


def test_wrong_input_comes_back_with_what_to_do(visit: Visit, model: None) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go("/regio/ijsselland/verkennen/")
    shipped_scenario(page).click()
    fold(page, SETTINGS).click()
    page.get_by_label("Maanden vooruit").fill("6")
    page.get_by_label("Herhalingen").fill("heel veel")
    page.get_by_role("button", name="Bewaren en berekenen").click()
    for label in ("Maanden vooruit", "Herhalingen"):
        field = page.get_by_label(label)
        expect(field).to_be_visible()
        expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Herhalingen")).to_have_value("heel veel")


def test_exploring_fits_a_telephone_with_every_fold_open(
    visit: Visit, model: None, assert_accessible: Callable[[Page], None]
) -> None:
    visitor = visit(width=320)
    visitor.log_in()
    page = visitor.go("/regio/ijsselland/verkennen/")
    addresses = [page.url, f"{page.url}zorgstelsel/"]
    addresses.append(str(shipped_scenario(page).evaluate("e => e.href")))
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(e => e.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert_accessible(page)
    assert visitor.complaints == []
