"""Indicators, their versions, targets and readings through the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.web.answers import text
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.yardstick import TargetFacts, queries, services
from vliegwiel.apps.yardstick.models import Indicator, IndicatorVersion, Target

HOME = "/regio/ijsselland/meetlat/"
MARK = f"{HOME}tevredenheid/"


def definition(**changed: Any) -> dict[str, Any]:
    return {
        "name": "Tevredenheid",
        "definition": "Cijfer van jeugdigen en ouders.",
        "role": "outcome",
        "kind": "mean",
        "unit": "cijfer",
        "better": "higher",
        "level": "youth",
        "numerator": "som van cijfers",
        "denominator": "jeugdigen",
        "lowest": "1",
        "highest": "10",
        "seen": "1",
        **changed,
    }


@pytest.fixture
def aimed(region: Region, mark: IndicatorVersion, manager: User) -> IndicatorVersion:
    """A target of a tenth better in two years, of which one is gone; nothing changed since."""
    today = timezone.localdate()
    facts = TargetFacts(
        version=mark.pk,
        base=7.0,
        base_on=today - timedelta(days=365),
        percent=10.0,
        due_on=today + timedelta(days=365),
        reason="Afgesproken.",
    )
    services.set_target(region=region, facts=facts, by=manager)
    for days in (300, 200, 100):
        day = today - timedelta(days=days)
        services.read_off(
            region=region, version=mark.pk, day=day, value=7.0, found_in="Peiling", by=manager
        )
    return mark


def test_the_library_shows_what_ships_and_what_is_own(
    as_manager: Client, mark: IndicatorVersion
) -> None:
    figures.load_sources(by=system_user())
    services.load_library(by=system_user())
    page = as_manager.get(HOME)
    assert "Wachttijd" in text(page)
    assert "Tevredenheid" in text(page)
    every = page.context["page"].paginator.count
    own = as_manager.get(f"{HOME}?eigen=own").context["page"]
    assert [one.key for one in own] == [mark.indicator.key]
    assert as_manager.get(f"{HOME}?eigen=shared").context["page"].paginator.count == every - 1
    one = text(as_manager.get(f"{HOME}waiting-time/"))
    assert "Gedeeld door alle regio's" in one
    refused = as_manager.post(f"{HOME}nieuw/", definition(name="Waiting time"))
    assert list(refused.context["form"].errors) == ["name"]


def test_a_target_off_course_gives_a_signal_with_chart_and_table(
    as_manager: Client, aimed: IndicatorVersion
) -> None:
    page = as_manager.get(MARK)
    assert "Loopt niet goed: de verkeerde kant op" in text(page)
    assert "<svg" in page.content.decode()
    rows = [row.header for row in page.context["figure"].table.body]
    assert len(rows) == 5
    assert "Peiling" in text(page)
    assert "Loopt niet goed" in text(as_manager.get(HOME))


def test_targets_take_the_same_queries_with_many(
    as_manager: Client, region: Region, aimed: IndicatorVersion, manager: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert as_manager.get(HOME).status_code == 200
        return len(found)

    few = asked()
    base = Target.objects.get()
    for number in range(20):
        other = IndicatorVersion.objects.get(pk=aimed.pk)
        other.pk, other.indicator = None, Indicator.objects.create(region=region, key=f"k{number}")
        other.save()
        base.pk, base.version = None, other
        base.save()
    assert asked() == few


def test_a_target_is_set_and_the_one_before_stays(
    as_manager: Client, aimed: IndicatorVersion
) -> None:
    sent = {
        "base": "7,0",
        "base_on": "2026-01-01",
        "percent": "5",
        "due_on": "2030-01-01",
        "reason": "Tien bleek te veel.",
    }
    for _again in range(2):
        assert as_manager.post(f"{MARK}streefwaarde/", sent).status_code == 302
    assert Target.objects.count() == 2
    page = text(as_manager.get(MARK))
    assert "Tien bleek te veel." in page
    assert "Afgesproken." in page
    refused = as_manager.post(f"{MARK}streefwaarde/", {**sent, "percent": "90"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["percent"]
    assert 'value="90"' in refused.content.decode()


def test_a_reading_is_checked_and_a_correction_keeps_the_old_one(
    as_manager: Client, region: Region, aimed: IndicatorVersion
) -> None:
    day = (timezone.localdate() - timedelta(days=100)).isoformat()
    refused = as_manager.post(MARK, {"day": day, "value": "11", "found_in": "Peiling"})
    assert list(refused.context["form"].errors) == ["value"]
    assert as_manager.post(MARK, {"day": day, "value": "7,4", "found_in": "x"}).status_code == 302
    history = queries.history_of(region, "tevredenheid", today=timezone.localdate())
    assert history is not None
    assert [one.value for one in history.readings if one.counts] == [7.4, 7.0, 7.0]
    assert len(history.readings) == 4


def test_a_sharper_definition_is_a_version_and_two_editors_lose_nothing(
    as_manager: Client, mark: IndicatorVersion
) -> None:
    assert as_manager.post(f"{MARK}wijzigen/", definition()).status_code == 302
    late = as_manager.post(f"{MARK}wijzigen/", definition(definition="Iets anders."))
    assert late.status_code == 422
    assert "Iets anders." in late.content.decode()
    page = text(as_manager.get(MARK))
    assert "Cijfer van jeugdigen en ouders." in page
    assert "Cijfer van jongeren." in page


def test_who_may_do_what(
    client: Client, as_lead: Client, reader: User, mark: IndicatorVersion
) -> None:
    client.force_login(reader)
    reading = {"day": "2026-01-01", "value": "7", "found_in": "x"}
    for browser, expected in ((client, (200, 403, 403, 403)), (as_lead, (200, 403, 403, 403))):
        pages = (MARK, f"{MARK}wijzigen/", f"{MARK}streefwaarde/", f"{HOME}nieuw/")
        assert tuple(browser.get(page).status_code for page in pages) == expected
    assert client.post(MARK, reading).status_code == 403
    assert as_lead.post(MARK, reading).status_code == 302
    assert client.get(f"{HOME}onzin/").status_code == 404
