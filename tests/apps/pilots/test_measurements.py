"""Measurements are checked at the door, whole or not at all; a correction keeps the old value."""

from datetime import date

import numpy as np
import pytest
from django.db import DatabaseError, connection, transaction

from vliegwiel.apps.pilots import MeasurementsRefused, NotRegistered, PlanFacts, services
from vliegwiel.apps.pilots.columns import checked
from vliegwiel.apps.pilots.models import Delivery, Measurement, Pilot
from vliegwiel.apps.pilots.queries import result_now
from vliegwiel.apps.pilots.services import Typed
from vliegwiel.apps.pilots.tables import Door, Rows
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import User

HEAD = "groep;eenheid;dag;waarde\n"


def outcome_of(pilot: Pilot) -> int:
    return pilot.outcomes.get().pk


def table(rows: int, *, effect: float, seed: int = 1) -> bytes:
    """Marks of youths in two arms, in the months after the start."""
    rng = np.random.default_rng(seed)
    marks = rng.normal(6.5, 1.0, rows) + effect * (np.arange(rows) % 2)
    lines = [
        f"{('zonder', 'met')[row % 2]};j{row};2026-{1 + row % 9:02d}-{10 + row % 15};{mark:.2f}"
        for row, mark in enumerate(np.clip(marks, 1, 10))
    ]
    return (HEAD + "\n".join(lines)).encode()


def test_a_file_is_taken_once(pilot: Pilot, lead: User) -> None:
    content = table(40, effect=1)
    first = services.take_file(outcome_id=outcome_of(pilot), content=content, by=lead)
    assert (first.added, first.corrected, first.unchanged) == (40, 0, 0)
    again = services.take_file(outcome_id=outcome_of(pilot), content=content, by=lead)
    assert (again.delivery, again.added, again.unchanged) == (None, 0, 40)
    assert Delivery.objects.count() == 1


def test_everything_that_is_wrong_is_said_and_nothing_is_kept(pilot: Pilot, lead: User) -> None:
    rows = (
        "met;a;2026-02-01;7",
        ";b;2026-02-01;7",
        "elders;c;2026-02-01;7",
        "met;;2026-02-01;7",
        "met;123456782;2026-02-01;7",
        "met;d;1 februari;7",
        "met;e;2126-02-01;7",
        "met;f;2025-12-01;7",
        "met;g;2026-02-01;goed",
        "met;h;2026-02-01;11",
        "met;i;2026-02-01;0",
        "met;a;2026-03-01;8",
        "zonder;a;2026-03-01;8",
    )
    with pytest.raises(MeasurementsRefused) as refused:
        services.take_file(
            outcome_id=outcome_of(pilot), content=(HEAD + "\n".join(rows)).encode(), by=lead
        )
    found = {(fault.path, fault.code) for fault in refused.value.faults}
    assert found == {
        ("line 3", "no_group"),
        ("line 4", "unknown_group"),
        ("line 5", "no_unit"),
        ("line 6", "personal_unit"),
        ("line 7", "no_day"),
        ("line 8", "future"),
        ("line 9", "before_registration"),
        ("line 10", "no_value"),
        ("line 11", "too_high"),
        ("line 12", "too_low"),
        ("line 13", "twice"),
        ("line 14", "twice"),
        ("line 14", "two_groups"),
    }
    assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable"),
        (b"\xff\xfe\x00", "unreadable"),
        (b"groep;waarde\nmet;7", "lacks_column"),
        (b"groep;eenheid;dag;waarde;naam\nmet;a;2026-02-01;7;Jan", "unknown_column"),
        (HEAD.encode(), "empty"),
    ],
)
def test_what_is_no_table_is_refused(pilot: Pilot, lead: User, content: bytes, code: str) -> None:
    with pytest.raises(MeasurementsRefused) as refused:
        services.take_file(outcome_id=outcome_of(pilot), content=content, by=lead)
    assert code in {fault.code for fault in refused.value.faults}


def test_numbers_that_nothing_can_be_computed_with_are_refused() -> None:
    door = Door(
        groups={"met": 1}, lowest=None, highest=None, whole=False, yes_or_no=False, by_month=True,
        with_end=False, starts_on=date(2026, 1, 1), registered_on=date(2025, 12, 1),
        today=date(2026, 6, 1),
    )  # fmt: skip
    one = {"group": ["met"] * 3, "unit": ["a", "b", "c"], "day": ["2026-02-01"] * 3}
    rows = Rows.of({**one, "value": ["1e12", "1e170", "7"], "baseline": ["1", "2", "-2e12"]})
    with pytest.raises(MeasurementsRefused) as refused:
        checked(rows, door)
    found = {(fault.path, fault.code) for fault in refused.value.faults}
    assert found == {("line 3", "too_large"), ("line 4", "too_large")}


def test_a_correction_is_asked_for_and_keeps_the_old_value(pilot: Pilot, lead: User) -> None:
    outcome = outcome_of(pilot)

    def typed(value: str) -> list[Typed]:
        return [Typed(group="met", unit="a", day="2026-02-01", value=value)]

    services.take_typed(outcome_id=outcome, rows=typed("7,5"), by=lead)
    with pytest.raises(MeasurementsRefused) as refused:
        services.take_typed(outcome_id=outcome, rows=typed("8"), by=lead)
    assert [fault.code for fault in refused.value.faults] == ["other_value"]
    taken = services.take_typed(outcome_id=outcome, rows=typed("8"), correct=True, by=lead)
    assert (taken.added, taken.corrected) == (0, 1)
    values = Measurement.objects.order_by("pk").values_list("value", "current")
    assert list(values) == [(7.5, False), (8.0, True)]
    other = [Typed(group="zonder", unit="a", day="2026-02-01", value="8")]
    with pytest.raises(MeasurementsRefused) as moved:
        services.take_typed(outcome_id=outcome, rows=other, correct=True, by=lead)
    assert [fault.code for fault in moved.value.faults] == ["two_groups"]


def test_the_database_keeps_what_was_measured(pilot: Pilot, lead: User) -> None:
    services.take_file(outcome_id=outcome_of(pilot), content=table(2, effect=0), by=lead)
    for statement in (
        "UPDATE pilots_measurement SET value = 9",
        "UPDATE pilots_measurement SET current = FALSE, value = 9",
        "DELETE FROM pilots_measurement",
    ):
        with (
            pytest.raises(DatabaseError, match="corrected by a new one"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_nothing_is_measured_for_a_draft(
    initiative: int, facts: PlanFacts, lead: User, reader: User
) -> None:
    draft = services.draft(initiative_id=initiative, facts=facts, by=lead)
    with pytest.raises(NotRegistered):
        services.take_file(outcome_id=outcome_of(draft), content=table(2, effect=0), by=lead)
    with pytest.raises(NotAllowed):
        services.take_file(outcome_id=outcome_of(draft), content=table(2, effect=0), by=reader)


def test_a_large_effect_is_hard_evidence(pilot: Pilot, lead: User) -> None:
    outcome = outcome_of(pilot)
    services.take_file(outcome_id=outcome, content=table(300, effect=1.0), by=lead)
    found = result_now(outcome).found
    assert found.effect is not None
    assert found.effect.design == "randomised"
    assert found.effect.estimate == pytest.approx(1.0, abs=0.3)
    assert found.monitored is not None
    assert len(found.monitored.looks) == len(found.look_days) == 9
    assert found.decision is not None
    assert found.decision.verdict == "hard"


def test_no_effect_is_not_called_one(pilot: Pilot, lead: User) -> None:
    outcome = outcome_of(pilot)
    services.take_file(outcome_id=outcome, content=table(60, effect=0.0), by=lead)
    found = result_now(outcome).found
    assert found.decision is not None
    assert found.decision.verdict == "not_yet"


def test_without_measurements_there_is_no_result(pilot: Pilot) -> None:
    found = result_now(outcome_of(pilot)).found
    assert [fault.code for fault in found.faults] == ["nothing_measured"]
    assert found.decision is None


@pytest.mark.parametrize("other", ["delivery_id", "outcome_id", "group_id"])
def test_what_was_measured_is_of_one_registered_plan(pilot: Pilot, lead: User, other: str) -> None:
    services.take_file(outcome_id=outcome_of(pilot), content=table(2, effect=0), by=lead)
    names = ("delivery_id", "outcome_id", "group_id")
    given = ", ".join(f"{name} + 1000" if name == other else name for name in names)
    with (
        pytest.raises(DatabaseError, match="of one registered plan"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO pilots_measurement "
            "(delivery_id, outcome_id, group_id, unit, day, moment, value, current) "
            f"SELECT {given}, 'other', day, moment, value, TRUE FROM pilots_measurement"
            " WHERE unit = 'j0'"
        )


def test_texts_are_kept_as_they_stood(pilot: Pilot, lead: User) -> None:
    content = 'groep;eenheid;dag;waarde;meting_voor\nmet; a\\b"c ;2026-02-01;7,25;\n'
    content += "zonder;\\N;2026-02-01;1e0;6.1\n"
    services.take_file(outcome_id=outcome_of(pilot), content=content.encode(), by=lead)
    rows = Measurement.objects.order_by("group__key").values_list("unit", "value", "baseline")
    assert list(rows) == [('a\\b"c', 7.25, None), ("\\N", 1.0, 6.1)]
