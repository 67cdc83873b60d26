"""Waiting times from care messages in a browser: accessible, narrow, and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.apps.trajectories.kept import keep_crowd
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.trajectories import services

from .conftest import Visit

BASE = "/regio/ijsselland/wachttijden-zorg/"


@pytest.fixture(scope="module")
def made(world: User, django_db_blocker: Any) -> None:
    """The figures of a small delivered region."""
    with django_db_blocker.unblock():
        region = Region.objects.get(code="JZ07")
        keep_crowd(region, 180)
        snapshot = services.refresh(region=region)
        assert snapshot is not None
        services.work_on_snapshot(snapshot_id=snapshot.pk)


def test_the_clock_is_switched_without_scripts(visit: Visit, made: None) -> None:
    visitor = visit(scripts=False)
    visitor.log_in()
    page = visitor.go(BASE)
    expect(page.get_by_text("Dagen van het besluit van de gemeente").first).to_be_visible()
    page.get_by_label("Klok", exact=True).select_option("W7")
    page.get_by_label("Uitgesplitst naar").select_option("municipality")
    page.get_by_role("button", name="Tonen").click()
    sentence = "Dagen van het besluit tot nu, van wie nog wacht."
    expect(page.get_by_text(sentence).first).to_be_visible()
    expect(page.locator("#waits th", has_text="Zwolle")).to_be_attached()
