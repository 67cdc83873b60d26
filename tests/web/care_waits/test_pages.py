"""Waiting times from care messages on pages, in files and by the API, for each role."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.apps.trajectories.kept import keep_crowd, make_region
from tests.science.trajectories.attack import PART_OF, uncovered
from tests.science.trajectories.crowd import KNOWN, crowd
from tests.web.answers import Enter, rows_of, text
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.trajectories import queries, services
from vliegwiel.apps.trajectories.models import Snapshot, Status
from vliegwiel.science.trajectories import (
    NORM_DAYS,
    Choices,
    Clock,
    Split,
    counted_waits,
    delivery_begin,
    derive,
    waits_of,
)
from vliegwiel.science.trajectories.published import row_of
from vliegwiel.science.trajectories.shown_counts import TOTAL, Grouped, Part, grouped

BASE = "/regio/ijsselland/wachttijden-zorg/"
API = "/api/v1/regions/ijsselland/"
COUNT = 180


@pytest.fixture(scope="module")
def kept_text() -> dict[str, str]:
    """The figures are made once: making them is tested elsewhere."""
    return {}


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def made(region: Region, kept_text: dict[str, str]) -> Region:
    """The region with its newest figures."""
    keep_crowd(region, COUNT)
    snapshot = services.refresh(region=region)
    assert snapshot is not None
    if kept_text:
        Snapshot.objects.filter(pk=snapshot.pk).update(
            status=Status.DONE, ended_at=timezone.now(), **kept_text
        )
    else:
        services.work_on_snapshot(snapshot_id=snapshot.pk)
        snapshot.refresh_from_db()
        kept = ("overview", "analysis", "months")
        kept_text.update({name: getattr(snapshot, name) for name in kept})
    return region


def truth() -> Grouped:
    """Who stands behind every row, as no reader may know."""
    records = crowd(COUNT)
    found = derive(records, known=KNOWN, choices=Choices(observed_from=delivery_begin(records)))
    items = counted_waits(found, waits_of(found, KNOWN))
    keys = {split: [row_of(split, item, KNOWN) for item in items] for split in Split}
    return grouped(items, keys, norm_days=NORM_DAYS)


def test_all_files_together_give_nobody_away(made: Region, enter: Enter) -> None:
    """The attack of somebody who has every file of every clock, and the waiting list."""
    client, behind = enter(Role.READER), truth()
    seen: dict[tuple[Split, str, Part], int] = {}
    for split in Split:
        for clock in Clock:
            asked = f"naar={split.value}&klok={clock.value}"
            for row in rows_of(client.get(f"{BASE}wachttijden.csv?{asked}")):
                cell = (split, row["row"], PART_OF[clock])
                if row["waits"]:
                    assert seen.setdefault(cell, int(row["waits"])) == int(row["waits"])
                else:
                    assert row["median"] == row["ninth"] == row["within"] == ""
                if row["within"]:
                    norm = (split, row["row"], Part.NORM)
                    seen[norm] = len(behind.members(*norm))
    last = rows_of(client.get(f"{BASE}wachtlijst.csv"))[-1]
    if last["assignments"]:
        for split in Split:
            waiting = (split, TOTAL, Part.WAITING)
            assert seen.setdefault(waiting, int(last["assignments"])) == int(last["assignments"])
    assert len(seen) > 50
    assert list(uncovered(seen, behind)) == []


def test_page_file_and_api_show_the_same(made: Region, enter: Enter) -> None:
    client = enter(Role.READER)
    asked = "naar=municipality&klok=W1"
    rows = rows_of(client.get(f"{BASE}wachttijden.csv?{asked}"))
    answer = client.get(f"{API}care-waiting-times?split=municipality&clock=W1").json()
    assert answer["known"] == KNOWN.isoformat()
    told = [answer["total"], *answer["rows"]]
    for row, line in zip(rows, told, strict=True):
        for name in ("waits", "median", "ninth", "within"):
            assert row[name] == ("" if line[name] is None else str(line[name]))
    page = text(client.get(f"{BASE}?{asked}"))
    total = rows[0]
    assert f"De helft start binnen {total['median']} dagen na het besluit" in page
    assert "W1. Van besluit tot start. Dagen van het besluit van de gemeente" in page
    assert "Zorgberichten van de regio, zoals bekend op 30 juni 2025" in page
    listed = client.get(f"{API}care-waiting-list").json()
    assert len(listed) == 13
    assert listed[-1]["on"] == KNOWN.isoformat()


def test_presumed_referrers_are_seen_to_be_so(made: Region, enter: Enter) -> None:
    page = text(enter(Role.READER).get(f"{BASE}?naar=referrer&klok=W2"))
    assert "Gemeente (vermoed)" in page
    assert "is de verwijzer vermoed, omdat geen verzoek het zegt" in page


def test_who_waits_is_shown_in_numbers(made: Region, enter: Enter) -> None:
    shown = queries.overview(queries.situation(made))
    assert shown is not None
    page = text(enter(Role.READER).get(f"{BASE}wachtlijst/"))
    assert f"{shown.now.assignments} toewijzingen wachten op 30 juni 2025 op een start" in page


def test_the_work_list_is_for_who_may_see_care_data(made: Region, enter: Enter) -> None:
    reader, analyst = enter(Role.READER), enter(Role.ANALYST)
    assert reader.get(f"{BASE}onderzoeken/").status_code == 403
    assert "Om uit te zoeken" not in text(reader.get(BASE))
    page = text(analyst.get(f"{BASE}onderzoeken/"))
    found = queries.analysis(queries.situation(made))
    assert found is not None
    assert f"{len(found.lost)} toewijzingen waarover al lang niets is gemeld" in page
    # Nobody is named, not even by the sign that stands for a person.
    assert not re.search(r"[0-9a-f]{32}", analyst.get(f"{BASE}onderzoeken/").content.decode())


def test_earlier_days_are_asked_for_stopped_and_only_for_analysts(
    made: Region, enter: Enter
) -> None:
    reader, analyst = enter(Role.READER), enter(Role.ANALYST)
    may = f"{BASE}?bekend=2025-05-31"
    assert reader.get(may).status_code == 403
    assert reader.get(f"{API}care-waiting-times?known=2025-05-31").status_code == 403
    assert "zijn nog niet berekend" in text(analyst.get(may))
    assert analyst.get(f"{API}care-waiting-times?known=2025-05-31").status_code == 404
    page = text(analyst.post(f"{BASE}berekenen/", {"bekend": "2025-05-31"}, follow=True))
    assert "Stop de berekening" in page
    page = text(analyst.post(f"{BASE}stoppen/", {"bekend": "2025-05-31"}, follow=True))
    assert "De berekening is gestopt" in page
    assert reader.post(f"{BASE}berekenen/", {"bekend": "2025-05-31"}).status_code == 403
    for wrong in ("2025-05-30", "gisteren", ""):
        assert analyst.post(f"{BASE}berekenen/", {"bekend": wrong}).status_code == 404


@pytest.mark.parametrize("wrong", ["bekend=2025-05-30", "bekend=x", "naar=bsn", "klok=W8"])
def test_what_cannot_be_asked_is_not_there(made: Region, enter: Enter, wrong: str) -> None:
    assert enter(Role.ANALYST).get(f"{BASE}?{wrong}").status_code == 404


def test_without_messages_the_page_says_what_will_be_here(region: Region, enter: Enter) -> None:
    for role in (Role.READER, Role.ANALYST):
        client = enter(role)
        assert "Er zijn nog geen wachttijden uit zorgberichten" in text(client.get(BASE))
        assert client.get(f"{BASE}wachttijden.csv").status_code == 404
        assert client.get(f"{API}care-waiting-list").status_code == 404


def test_progress_is_told_to_the_script_of_the_page(region: Region, enter: Enter) -> None:
    keep_crowd(region, 5)
    services.refresh(region=region)
    client = enter(Role.READER)
    part = client.get(BASE, headers={"HX-Request": "true"})
    assert "HX-Refresh" not in part.headers
    assert "<html" not in part.content.decode()
    assert "De berekening staat stil" in text(part)
    assert "De berekening begint zo" not in text(part)


def test_a_page_asks_the_database_as_often_whatever_there_is(made: Region, enter: Enter) -> None:
    client = enter(Role.ANALYST)
    client.get(BASE)
    asked = []
    for path in ("?naar=form", "?naar=provider&klok=W3", "?naar=period&klok=W7"):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(BASE + path).status_code == 200
        asked.append(len(seen))
    assert len(set(asked)) == 1
    assert asked[0] <= 14
