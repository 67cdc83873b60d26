"""Offers of help in a browser: accessible, narrow, and found without scripts."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.apps.offers.offer_files import csv_of, row, without_wait
from vliegwiel.apps.offers import services
from vliegwiel.apps.offers.models import Offer
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user

from .conftest import Visit

BASE = "/regio/ijsselland/aanbod/"


@pytest.fixture(scope="module")
def offered(world: User, django_db_blocker: Any) -> int:
    """A register with a few offers; gives the number of one."""
    with django_db_blocker.unblock():
        rows = [
            row(),
            row(offer_code="b", offer="Opname", care_form="secure", free="no"),
            without_wait(offer_code="c", offer="Crisisbed", care_form="crisis"),
        ]
        region = Region.objects.get(code="JZ07")
        services.load_offers(
            region=region, name="aanbod.csv", content=csv_of(rows), by=system_user()
        )
        return Offer.objects.get(region=region, code="amb").pk


def test_what_fits_is_found_without_scripts(visit: Visit, offered: int) -> None:
    visitor = visit(scripts=False)
    visitor.log_in()
    page = visitor.go("/regio/ijsselland/zien/")
    page.get_by_role("link", name="Aanbod van hulp").click()
    page.get_by_label("Leeftijd").fill("9")
    page.get_by_label("Alleen vrij inzetbaar").check()
    page.locator("#content").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("heading", name="2 aanbiedingen passen")).to_be_visible()
    expect(page.get_by_text("42 dagen (6 weken)")).to_be_visible()
    expect(page.get_by_text("Opname")).not_to_be_attached()
