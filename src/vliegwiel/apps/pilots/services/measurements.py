"""Measurements in: typed rows or a file, checked at the door, taken whole or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from vliegwiel.apps.pilots.columns import Checked, checked
from vliegwiel.apps.pilots.errors import MeasurementsRefused, NotRegistered
from vliegwiel.apps.pilots.models import Delivery, Pilot, PlannedOutcome
from vliegwiel.apps.pilots.tables import (
    Door,
    Rows,
    read_rows,
    read_sheet,
    rejected,
)
from vliegwiel.apps.pilots.vocabulary import ASKS, Channel, DesignId
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require
from vliegwiel.apps.yardstick import Kind, Level

#: How an Excel file begins.
SHEET = b"PK\x03\x04"
#: What came in and is not yet what counts; the same columns as `_COPIED` writes.
_ARRIVED = """
CREATE TEMPORARY TABLE pilots_arrived (
    line bigint, group_id bigint, unit text COLLATE "C", day date, moment date,
    value double precision, size double precision, baseline double precision, ended boolean
) ON COMMIT DROP
"""
_COPIED = "COPY pilots_arrived FROM STDIN"
_SAME = """
DELETE FROM pilots_arrived AS a USING pilots_measurement AS m
WHERE m.outcome_id = %(outcome)s AND m.current AND m.unit = a.unit AND m.moment = a.moment
  AND (m.group_id, m.day, m.value, m.size, m.baseline, m.ended)
      IS NOT DISTINCT FROM (a.group_id, a.day, a.value, a.size, a.baseline, a.ended)
"""
_MOVED = """
SELECT a.line, a.unit FROM pilots_arrived AS a
WHERE EXISTS (SELECT FROM pilots_measurement AS m JOIN pilots_plannedoutcome AS o
              ON o.id = m.outcome_id WHERE o.pilot_id = %(pilot)s AND m.outcome_id = %(outcome)s
              AND m.current AND m.unit = a.unit AND m.group_id <> a.group_id)
ORDER BY a.line
"""
_OTHER = """
SELECT a.line, a.unit FROM pilots_arrived AS a JOIN pilots_measurement AS m
  ON m.outcome_id = %(outcome)s AND m.current AND m.unit = a.unit AND m.moment = a.moment
ORDER BY a.line
"""
_REPLACED = """
UPDATE pilots_measurement AS m SET current = FALSE FROM pilots_arrived AS a
WHERE m.outcome_id = %(outcome)s AND m.current AND m.unit = a.unit AND m.moment = a.moment
"""
_ADDED = """
INSERT INTO pilots_measurement
    (delivery_id, outcome_id, group_id, unit, day, moment, value, size, baseline, ended, current)
SELECT %(delivery)s, %(outcome)s, group_id, unit, day, moment, value, size, baseline, ended, TRUE
FROM pilots_arrived ORDER BY unit, moment
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a delivery; without rows that are new there is none."""

    delivery: int | None
    added: int
    corrected: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One measurement as somebody types it; `group` is the name of a group in files."""

    group: str
    unit: str
    day: str
    value: str
    size: str = ""
    baseline: str = ""
    ended: str = ""


def take_file(
    *,
    outcome_id: int,
    content: bytes,
    name: str = "",
    channel: str = Channel.FILE,
    correct: bool = False,
    by: User,
) -> Taken:
    """Takes a table of measurements (CSV or Excel; columns group, unit, day, value; size, baseline,
    ended).

    A million rows take some fifteen times as long as a bare COPY of them, so tables of more than
    `LONG_ROWS` go through `begin_upload`. The same file twice changes nothing. A value that
    differs from what stands there is a correction: it is refused unless `correct`, and then the old
    value stays readable. Raises MeasurementsRefused with every fault, NotRegistered, NotAllowed
    without the right `measurements.add`, and PlannedOutcome.DoesNotExist.
    """
    outcome = measurable(outcome_id, by=by)
    table = look(outcome, content)
    return keep(outcome, table, content, (channel, name), correct=correct, by=by)


def take_typed(
    *,
    outcome_id: int,
    rows: Sequence[Typed],
    name: str = "",
    channel: str = Channel.TYPED,
    correct: bool = False,
    by: User,
) -> Taken:
    """Takes measurements that somebody typed or another system sent; else as `take_file`."""
    outcome = measurable(outcome_id, by=by)
    content, table = repr(list(rows)).encode(), look_at(outcome, rows)
    return keep(outcome, table, content, (channel, name), correct=correct, by=by)


def measurable(outcome_id: int, *, by: User) -> PlannedOutcome:
    """An outcome of a registered plan, for who may bring measurements.

    Raises NotRegistered, NotAllowed, and PlannedOutcome.DoesNotExist.
    """
    found = PlannedOutcome.objects.select_related("pilot__initiative__region", "version")
    outcome = found.get(pk=outcome_id)
    region = outcome.pilot.initiative.region
    assert region is not None, "only those of a region have pilots"
    require(by, "measurements.add", region)
    if outcome.pilot.registered_at is None:
        raise NotRegistered
    return outcome


def look(outcome: PlannedOutcome, content: bytes) -> Checked:
    """What a file holds, checked. Raises MeasurementsRefused with every fault."""
    rows = read_sheet(content) if content.startswith(SHEET) else read_rows(content)
    return checked(rows, _door(outcome))


def look_at(outcome: PlannedOutcome, rows: Sequence[Typed]) -> Checked:
    """Typed rows, checked; the first stands on line 2. Raises MeasurementsRefused."""
    names = tuple(Typed.__dataclass_fields__)
    columns = {column: [getattr(row, column) for row in rows] for column in names}
    found = Rows.of({column: texts for column, texts in columns.items() if any(texts)})
    return checked(found, _door(outcome))


@transaction.atomic
def keep(
    outcome: PlannedOutcome,
    table: Checked,
    content: bytes,
    came: tuple[str, str],
    *,
    correct: bool,
    by: User,
) -> Taken:
    """Compares a checked table with what counts and takes it whole.

    Raises MeasurementsRefused for what contradicts that.
    """
    # One delivery of a pilot at a time: two at once could each take the same unit.
    Pilot.objects.select_for_update().get(pk=outcome.pilot_id)
    numbers = {"outcome": outcome.pk, "pilot": outcome.pilot_id}
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVED)
        with connection.wrap_database_errors, cursor.copy(_COPIED) as copy:
            for piece in table.written():
                copy.write(piece)
        cursor.execute("ANALYZE pilots_arrived (unit, moment)")
        cursor.execute(_SAME, numbers)
        unchanged = cursor.rowcount
        cursor.execute(_MOVED, numbers)
        faults = rejected(cursor.fetchall(), "two_groups")
        cursor.execute(_OTHER, numbers)
        others = cursor.fetchall()
        if not correct:
            faults += rejected(others, "other_value")
        if faults:
            raise MeasurementsRefused(faults)
        added = len(table) - unchanged
        if added == 0:
            cursor.execute("DROP TABLE pilots_arrived")
            return Taken(None, 0, 0, unchanged)
        delivery = Delivery.objects.create(
            outcome=outcome,
            channel=came[0],
            name=came[1][:200],
            fingerprint=hashlib.sha256(content).hexdigest(),
            added=added - len(others),
            corrected=len(others),
            by=by,
        )
        cursor.execute(_REPLACED, numbers)
        cursor.execute(_ADDED, {**numbers, "delivery": delivery.pk})
        cursor.execute("DROP TABLE pilots_arrived")
    return Taken(delivery.pk, added - len(others), len(others), unchanged)


def _door(outcome: PlannedOutcome) -> Door:
    """Follows from the plan, which never changes any more."""
    pilot = outcome.pilot
    assert pilot.registered_at is not None, "asked before"
    assert pilot.starts_on is not None, "a registered plan has a start"
    version, asks = outcome.version, ASKS[DesignId(pilot.design)]
    return Door(
        groups={group.key: group.pk for group in pilot.groups.all()},
        lowest=version.lowest,
        highest=version.highest,
        whole=version.kind == Kind.COUNT,
        yes_or_no=version.kind == Kind.SHARE and version.level == Level.YOUTH,
        by_month=asks.by_month,
        with_end=pilot.design == DesignId.SURVIVAL,
        starts_on=pilot.starts_on,
        registered_on=timezone.localdate(pilot.registered_at),
        today=timezone.localdate(),
    )
