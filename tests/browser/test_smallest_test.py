"""The smallest useful test in a browser: accessible, narrow, by keyboard, without scripts."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import services
from vliegwiel.apps.explorer.models import SimulationRun
from vliegwiel.apps.explorer.pilot_work import PilotQuestion
from vliegwiel.apps.regions import services as region_services
from vliegwiel.apps.regions.models import Region, User

from .conftest import Visit

BASE = "/regio/ijsselland/verkennen/"


@pytest.fixture(scope="module")
def answered(world: User, django_db_blocker: Any) -> SimulationRun:
    """An answer about the small sample region, with two numbers of municipalities."""
    question = PilotQuestion(
        design="youths", outcome="days_in_care", care_type="ambulant", given=("0193",),
        candidates=("0150", "0166"), numbers=(1, 3), certainty=0.8, months_before=6, longest=24,
    )  # fmt: skip
    with django_db_blocker.unblock():
        region, loader = Region.objects.get(code="JZ07"), region_services.system_user()
        system = services.load_care_system(
            region=region, document=samples.as_text(samples.care_system()), by=loader
        )
        scenario = services.load_example(
            care_system=system, document=samples.as_text(samples.scenario()), by=loader
        )
        run = services.start_smallest_test(
            scenario=scenario, question=question, replications=100, seed=1, by=world
        )
        services.work_on_run(run_id=run.pk)
        run.refresh_from_db()
    return run


def test_a_question_is_asked_and_stopped_without_scripts(
    visit: Visit, answered: SimulationRun
) -> None:
    visitor = visit(scripts=False)
    visitor.log_in()
    page = visitor.go(f"{BASE}scenario/{answered.scenario_id}/kleinste-proef/")
    page.get_by_label("Voor en na, alleen in de proefgemeenten").check()
    page.get_by_label("Wat er moet veranderen").select_option("days_in_care")
    page.get_by_role("button", name="Zoek de kleinste nuttige proef").click()
    expect(page.get_by_role("heading", name="Het antwoord wordt berekend")).to_be_visible()
    page.get_by_role("button", name="Stop de berekening").click()
    expect(page.get_by_role("heading", name="De berekening is niet afgemaakt")).to_be_visible()


def test_a_fault_leads_to_its_field_by_keyboard(visit: Visit, answered: SimulationRun) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go(f"{BASE}scenario/{answered.scenario_id}/kleinste-proef/")
    page.get_by_label("Aantallen proefgemeenten om te proberen").fill("9")
    page.keyboard.press("Enter")
    link = page.get_by_role("alert").get_by_role(
        "link", name="Aantallen proefgemeenten om te proberen"
    )
    link.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name || location.hash") in {
        "numbers", "#id_numbers",
    }  # fmt: skip


def test_picture_and_table_say_the_same(visit: Visit, answered: SimulationRun) -> None:
    visitor = visit()
    visitor.log_in()
    page = visitor.go(f"{BASE}proef/{answered.pk}/")
    figure = page.locator("#power")
    expect(figure.locator(".vw-chart svg:visible")).to_have_count(1)
    figure.get_by_text("Tabel", exact=True).click()
    expect(figure.locator("tbody tr")).to_have_count(2 * 22)
