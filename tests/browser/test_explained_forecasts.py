"""A forecast that is explained, and forecasts beside each other: wide, narrow, by keyboard alone
and without scripts."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.explorer_world import kept_run, outcome, sized
from tests.science.caresystem import samples
from vliegwiel.apps.explorer import services
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions import services as region_services

from .conftest import Visit, Visitor
from .test_newcomer_path import tab_to

BASE = "/regio/ijsselland/verkennen/"


@pytest.fixture(scope="module")
def runs(world: Any, django_db_blocker: Any) -> list[int]:
    """Three finished forecasts of the small sample, made once for all tests here."""
    with django_db_blocker.unblock():
        by, region = region_services.system_user(), regions.region_by_slug("ijsselland")
        assert region is not None
        version = services.load_care_system(
            region=region, document=samples.as_text(samples.care_system()), by=by
        )
        made = []
        for name, size in (("Korter", 0.2), ("Half", 0.5), ("Bijna niets", 0.9)):
            document = sized(size, id=f"size-{len(made)}", title=samples.text(name))
            scenario = services.load_scenario(
                care_system=version, document=samples.as_text(document), by=by
            )
            made.append(kept_run(scenario, outcome(size), by=world).pk)
    return made


def logged_in(visit: Visit, **window: Any) -> Visitor:
    visitor = visit(**window)
    visitor.log_in()
    return visitor


def test_forecasts_are_ticked_and_compared_by_keyboard_alone(visit: Visit, runs: list[int]) -> None:
    page = logged_in(visit).go(BASE)
    press = page.keyboard
    for name in ("Korter", "Bijna niets"):
        tab_to(page, page.get_by_role("checkbox", name=f"Vergelijk deze voorspelling ({name})"))
        press.press("Space")
    tab_to(page, page.get_by_role("button", name="Vergelijk", exact=True))
    press.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Scenario’s vergelijken")
    cards = page.locator(".vw-side")
    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text("Met deze verandering")
    tab_to(page, page.get_by_label("Bekijk"))
    press.type("Kosten")
    tab_to(page, page.get_by_role("button", name="Tonen"))
    press.press("Enter")
    page.wait_for_url("**measure=cost**")
    expect(page.locator("#lines svg:visible")).to_have_count(1)
    fold = page.locator("#everything ~ details summary").nth(1)
    tab_to(page, fold)
    press.press("Enter")
    expect(page.locator("#everything ~ details").nth(1).locator("table")).to_be_visible()


def test_everything_works_without_scripts(visit: Visit, runs: list[int], tmp_path: Path) -> None:
    visitor = logged_in(visit, scripts=False)
    page = visitor.go(f"{BASE}berekening/{runs[0]}/")
    page.get_by_role("link", name="Vergelijk met andere scenario’s").click()
    expect(page.get_by_role("main")).to_contain_text("minstens twee")
    page.get_by_role("checkbox", name="Half").check()
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    expect(page.locator(".vw-side")).to_have_count(2)
    assert f"run={runs[0]}" in page.url
    with page.expect_download() as started:
        page.locator("#download").locator("..").get_by_text("Tabel: CSV voor Nederlands").click()
    saved = tmp_path / "vergelijking.csv"
    started.value.save_as(saved)
    rows = csv.DictReader(io.StringIO(saved.read_text(encoding="utf-8-sig")), delimiter=";")
    assert {row["Scenario"] for row in rows} == {"Korter", "Half"}

    page = visitor.go(f"{BASE}berekening/{runs[0]}/")
    page.get_by_role("link", name="Verschil", exact=True).click()
    assert page.url.endswith("flows=difference#flow")
    expect(page.locator("#flows .vw-chart svg:visible")).to_have_count(1)
    page.locator("#flows").get_by_text("Tabel", exact=True).click()
    expect(page.locator("#flows table")).to_be_visible()
    page.get_by_text("Wie er bij de start wacht", exact=True).click()
    page.get_by_label("In de rij voor").select_option("residential")
    page.locator("#today-fold").get_by_role("button", name="Tonen").click()
    assert "queue=residential" in page.url
    expect(page.locator("#today")).to_be_visible()
