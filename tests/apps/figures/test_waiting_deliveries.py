"""Files of published waiting times that are taken, and what is kept of them."""

import json
from pathlib import Path
from statistics import median

import pytest

from vliegwiel import reference
from vliegwiel.apps.figures.models import StatedWait, WaitingTimeDelivery, WaitingTimeStatement
from vliegwiel.apps.figures.published_waiting import read_delivery
from vliegwiel.apps.figures.queries import latest_delivery
from vliegwiel.apps.figures.services import deliver_waiting_times, load_shipped_waiting_times
from vliegwiel.apps.figures.vocabulary import Observation
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User

from .waiting_files import content, row


def test_a_delivery_keeps_every_row_and_both_clocks(twente: Region, system: User) -> None:
    rows = [row(i=8, b=0), row(l="Almelo", d="Volwassenen", c="Zorgverzekering")]
    outcome = deliver_waiting_times(
        region=twente, name="wacht.json", content=content(*rows), by=system
    )
    assert (outcome.was_new, outcome.rows, outcome.rows_for_youth) == (True, 2, 1)
    kept = WaitingTimeStatement.objects.order_by("position")
    assert [statement.is_for_youth for statement in kept] == [True, False]
    waits = {wait.clock: wait for wait in kept[0].waits.all()}
    assert (waits["to_intake"].kind, waits["to_intake"].low_weeks) == ("weeks", 8)
    assert waits["to_treatment"].kind == "no_wait"
    assert waits["to_intake"].raw_number == "8"


def test_the_same_file_again_changes_nothing(twente: Region, system: User) -> None:
    first = deliver_waiting_times(region=twente, name="a.json", content=content(), by=system)
    again = deliver_waiting_times(region=twente, name="b.json", content=content(), by=system)
    assert (again.was_new, again.delivery_id) == (False, first.delivery_id)
    assert WaitingTimeDelivery.objects.get().name == "a.json"
    assert StatedWait.objects.count() == 2


def test_regions_do_not_share_deliveries(twente: Region, ijsselland: Region, system: User) -> None:
    deliver_waiting_times(region=twente, name="a.json", content=content(), by=system)
    assert latest_delivery(ijsselland) is None


def test_who_may_only_read_delivers_nothing(twente: Region, reader: User) -> None:
    with pytest.raises(NotAllowed):
        deliver_waiting_times(region=twente, name="a.json", content=content(), by=reader)
    assert not WaitingTimeDelivery.objects.exists()


def test_warnings_are_kept_with_the_delivery(twente: Region, system: User) -> None:
    file = content(row(i=30.4, iText="9 mnd"))
    deliver_waiting_times(region=twente, name="a.json", content=file, by=system)
    delivery = latest_delivery(twente)
    assert delivery is not None
    assert [(finding.path, finding.code) for finding in delivery.findings] == [
        ("rows[0].i", "number_differs")
    ]
    assert "30.4" in delivery.findings[0].message


@pytest.mark.parametrize(
    ("changed", "observation"),
    [
        ({"refreshState": "updated", "live": True}, Observation.OBSERVED),
        ({"refreshState": "updated", "live": False, "checked": False}, Observation.OBSERVED),
        ({"refreshState": "checked", "live": False}, Observation.KEPT),
        ({"refreshState": 0, "live": False, "checked": True}, Observation.KEPT),
        ({"refreshState": "embedded", "live": False, "checked": False}, Observation.DEFAULT),
        ({"refreshState": ..., "live": ..., "checked": ...}, Observation.DEFAULT),
    ],
)
def test_only_what_was_read_that_day_is_an_observation(
    changed: dict[str, object], observation: Observation
) -> None:
    delivery, _findings = read_delivery(content(row(**changed)), name="w", region_code="JZ14")
    assert delivery is not None
    assert delivery.statements[0].observation is observation


def test_a_month_stands_for_its_first_day() -> None:
    delivery, _findings = read_delivery(content(row(date="2026-05")), name="w", region_code="JZ14")
    assert delivery is not None
    statement = delivery.statements[0]
    assert (statement.stated_on.isoformat(), statement.month_only) == ("2026-05-01", True)


def test_what_ships_for_twente(twente: Region, system: User) -> None:
    first, second = load_shipped_waiting_times(region=twente, by=system)
    assert (first.rows, second.rows, second.rows_for_youth) == (120, 151, 130)
    assert {finding.code for finding in second.findings} == {
        "explanation_differs",
        "funding_not_youth",
        "other_clock",
    }
    again = load_shipped_waiting_times(region=twente, by=system)
    assert not any(outcome.was_new for outcome in again)
    delivery = latest_delivery(twente)
    assert delivery is not None
    assert (delivery.observed, delivery.kept, delivery.default) == (42, 106, 3)


def test_nothing_ships_for_a_region_without_published_waiting_times(
    ijsselland: Region, system: User
) -> None:
    assert load_shipped_waiting_times(region=ijsselland, by=system) == []


def test_the_shipped_numbers_are_those_of_the_source() -> None:
    """Counted by hand on the raw file, without the reading under test."""
    rows = json.loads(reference.published_waiting_time_files("twente")[-1].content)["rows"]
    youth = [item for item in rows if "Jeugd" in item["d"]]
    intake = [item["i"] for item in youth if item.get("i") is not None]
    treatment = [item["b"] for item in youth if item.get("b") is not None]
    assert (len(intake), round(median(intake), 1), max(intake)) == (44, 8.3, 39.105)
    assert (len(treatment), median(treatment), max(treatment)) == (56, 7, 26)


@pytest.mark.parametrize(
    ("version", "rows"),
    [
        ("2026-08-06_1158Z", 91),
        ("2026-08-06_1301Z", 114),
        ("2026-08-06_1338Z", 120),
        ("2026-08-07", 120),
        ("2026-08-08", 120),
        ("2026-08-09", 120),
        ("2026-08-10", 120),
        ("2026-08-11_0521Z", 120),
        ("2026-08-11_1947Z", 124),
        ("2026-08-11_2003Z", 145),
        ("2026-08-11_2014Z", 156),
        ("2026-08-12_0545Z", 156),
        ("2026-08-12_1457Z", 151),
        ("2026-08-12_1505Z", 151),
        ("2026-08-13", 151),
        ("2026-08-14", 151),
    ],
)
def test_every_version_of_the_source_is_taken_whole(
    shared: Path, version: str, rows: int, twente: Region, system: User
) -> None:
    file = shared / "reference" / "waiting" / "twente" / f"{version}.json"
    outcome = deliver_waiting_times(
        region=twente, name=file.name, content=file.read_bytes(), by=system
    )
    assert (outcome.was_new, outcome.rows) == (True, rows)
    assert WaitingTimeStatement.objects.count() == rows
    assert StatedWait.objects.count() == 2 * rows
