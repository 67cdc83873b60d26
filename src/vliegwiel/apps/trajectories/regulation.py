"""What the Youth Act regulation asks, from the care messages of a region, for who gives it on."""

import logging
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from vliegwiel.apps.intake.queries import intake_state, pseudonyms_for_others, records_of
from vliegwiel.apps.regions import rights
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.trajectories.errors import NoSuchDay
from vliegwiel.science.trajectories import (
    QuarterRow,
    RegulationRow,
    Trajectories,
    derive,
    last_quarter_end,
    quarter_rows,
    regulation_rows,
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RegulationSet:
    """Assignments as known at the end of a quarter, and who waited then. Rows are about persons."""

    quarter_end: date
    rows: Sequence[RegulationRow]
    waiting: Sequence[QuarterRow]


def regulation_set(*, region: Region, by: User, until: date | None = None) -> RegulationSet:
    """Everything as known at the end of the last quarter that is over on ``until``.

    Without a day it is the last one on which a message was written. Youths have pseudonyms of their
    own, that lead neither to a number nor to the tables of the product. That it was asked for is
    logged. Raises NoSuchDay without messages by then, and NotAllowed without the right
    `care_data.deliver`.
    """
    end, found = _known_then(region, by, until)
    return RegulationSet(end, _given(region, found), quarter_rows(found, end))


def regulation_assignments(*, region: Region, by: User, until: date) -> Sequence[RegulationRow]:
    """The rows of `regulation_set` alone, which take a small part of its time."""
    _end, found = _known_then(region, by, until)
    return _given(region, found)


def quarter_ends(days: Iterable[date]) -> Sequence[date]:
    """Those days that are the last of a quarter."""
    return [day for day in days if last_quarter_end(day) == day]


def _known_then(region: Region, by: User, until: date | None) -> tuple[date, Trajectories]:
    """The end of the quarter, and what was known by then."""
    rights.require(by, "care_data.deliver", region)
    state = intake_state(region)
    known = until or state.known_until
    if known is None or state.first is None or state.known_until is None:
        raise NoSuchDay(known or date.min)
    end = last_quarter_end(min(known, state.known_until))
    if end < state.first:
        raise NoSuchDay(end)
    with closing(records_of(region, known=end)) as rows:
        return end, derive(rows, known=end, as_delivered=True)


def _given(region: Region, found: Trajectories) -> Sequence[RegulationRow]:
    other = pseudonyms_for_others(region)
    given = [replace(row, youth=other(row.youth)) for row in regulation_rows(found)]
    _log.info("rows about persons given on for the regulation", extra={"rows": len(given)})
    # In the order of the new pseudonyms: the old order would tell something of the old ones.
    return sorted(given, key=lambda row: (row.provider, row.youth, row.decided, row.intended_start))
