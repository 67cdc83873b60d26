"""Delivering care data in a browser: accessible, by keyboard, with wrong input, without scripts."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.apps.intake import messages
from tests.science.casetables import exported
from vliegwiel.apps.regions.models import User

from .conftest import ScreenCheck, Visit

BASE = "/regio/ijsselland/zorgdata/"


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One key for the module: what one test delivers, the next one finds."""
    settings.PSEUDONYM_KEY_FILE = tmp_path_factory.getbasetemp() / "care-data" / "pseudonym-key"


@pytest.fixture
def files(tmp_path: Path, world: User) -> dict[str, str]:
    """Files on a disk, as somebody has them."""
    here = exported.row(municipality="0193")
    contents = {
        "goed.zip": messages.archive(messages.many(30)),
        "fout.xml": b"<a><b></a>",
        "tabel.csv": exported.table([here]),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: str(tmp_path / name) for name in contents}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_delivery_and_a_wrong_one(visit: Visit, files: dict[str, str], scripts: bool) -> None:
    visitor = visit(scripts=scripts)
    visitor.log_in()
    page = visitor.go(BASE)
    page.get_by_role("button", name="Aanleveren", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Bestanden met zorgberichten of tabellen")
    page.get_by_label("Bestanden met zorgberichten of tabellen").set_input_files(files["fout.xml"])
    page.get_by_role("button", name="Aanleveren", exact=True).focus()
    page.keyboard.press("Enter")
    refused = page.get_by_text("Deze levering is geweigerd.").first
    look_until(page, refused, scripts)
    page.goto(visitor.base + BASE)
    field = page.get_by_label("Bestanden met zorgberichten of tabellen")
    field.set_input_files(files["goed.zip"])
    page.get_by_role("button", name="Aanleveren", exact=True).click()
    taken = page.get_by_text("Wat er in de bestanden stond").first
    look_until(page, taken, scripts)
    expect(page.get_by_text("Nieuwe berichten", exact=True)).to_be_visible()


def look_until(page: Any, wanted: Any, scripts: bool) -> None:
    """Without scripts the page of the reading is asked again by hand, as its link says."""
    for _time in range(100):
        page.wait_for_timeout(100)
        if wanted.count():
            break
        again = page.get_by_role("link", name="Opnieuw kijken")
        if not scripts and again.count():
            again.click()
    expect(wanted).to_be_visible()


def test_naming_columns_is_accessible_and_fits(
    visit: Visit, files: dict[str, str], faults_on_all_screens: ScreenCheck
) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go(f"{BASE}kolommen/")
    page.get_by_label("Tabel", exact=True).set_input_files(files["tabel.csv"])
    page.get_by_role("button", name="Deze tabel bekijken").click()
    expect(page.get_by_role("heading", name="Wat staat er in elke kolom?")).to_be_visible()
    assert faults_on_all_screens(page) == []
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults_on_all_screens(page) == []
    assert [one for one in visitor.complaints if "422" not in one] == []
