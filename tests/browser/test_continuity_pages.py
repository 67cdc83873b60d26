"""Pages of continuity in a browser: accessible, narrow, and worked through by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.apps.continuity.conftest import CRISIS, keep_stories, search
from tests.apps.trajectories.kept import keep_crowd
from vliegwiel.apps.continuity import queries, services
from vliegwiel.apps.continuity.reviewing import QUESTIONS
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.trajectories import services as trajectories

from .conftest import AccessCheck, Visit

BASE = "/regio/ijsselland/continuiteit/"


@pytest.fixture(scope="module")
def searched(world: User, django_db_blocker: Any) -> int:
    """A small delivered region with gaps after a crisis and a checklist; gives the id of a gap."""
    with django_db_blocker.unblock():
        region = Region.objects.get(code="JZ07")
        keep_crowd(region, 60)
        keep_stories(
            region, *(CRISIS.format(f"{900 + n:032x}") for n in range(12)), name="crisis.xml"
        )
        search(region)
        snapshot = trajectories.refresh(region=region)
        assert snapshot is not None
        trajectories.work_on_snapshot(snapshot_id=snapshot.pk)
        services.load_checklist(region=region, by=system_user())
        found = queries.gaps(region, queries.last_search(region), kind="after_crisis")
        return found[0].id


def test_a_gap_is_answered_by_keyboard(visit: Visit, searched: int) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go(f"{BASE}werklijst/{searched}/")
    page.get_by_role("radio", name="Open").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Wordt uitgezocht")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Dit opschrijven")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Wordt uitgezocht")).to_be_visible()


def test_a_lesson_with_a_name_is_refused_and_the_answers_stay(
    visit: Visit, faults_of_access: AccessCheck, searched: int
) -> None:
    visitor = visit(width=320)
    visitor.log_in()
    page = visitor.go(f"{BASE}wachtlijstonderzoek/casus/")
    page.locator("[name=municipality]").select_option(index=1)
    page.locator("[name=month]").fill("2026-05")
    for question in QUESTIONS:
        page.locator(f"[name={question.key}]").first.check()
    page.get_by_label("Wat leren we ervan?").fill("Sanne wacht al lang")
    page.get_by_role("button", name="Dit onderzoek bewaren").click()
    expect(page.get_by_text("Sanne", exact=False).first).to_be_visible()
    expect(page.locator("[aria-invalid=true]")).to_have_value("Sanne wacht al lang")
    expect(page.locator(f"[name={QUESTIONS[0].key}]").first).to_be_checked()
    expect(page.locator("[name=month]")).to_have_value("2026-05")
    assert faults_of_access(page, ("aria-valid-attr-value", "label")) == []
