"""The strongest design that a plan allows, before anything was measured.

The choice itself is that of `science.evidence.effects`: it is given the table that the plan would
fill, with values that mean nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.evidence.effects import (
    Better,
    EffectTable,
    Lot,
    Measure,
    Question,
    Role,
    choose,
    table_of,
)
from vliegwiel.science.kernel import Check, DocumentError

#: Months before the start that a plan which follows units is thought to look back.
MONTHS_BEFORE = 12
#: Months that a plan without an end is thought to take, and the most that are looked at.
_USUAL_MONTHS, _MOST_MONTHS = 12, 60
#: Persons that are thought to be measured in each group.
_PERSONS = 10


class Measuring(StrEnum):
    """Each group in every month, or each person once."""

    FOLLOWED = "followed"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    key: str
    treated: bool
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class Advice:
    """The strongest design of a way of measuring: why, and what would make it stronger."""

    measuring: Measuring
    design: str
    why: Check
    stronger: tuple[Check, ...]


def advice_for(
    groups: Sequence[PlannedGroup],
    *,
    starts_on: date | None,
    ends_on: date | None,
    lot: str,
    of_persons: bool,
    is_time: bool,
) -> Sequence[Advice]:
    """The strongest design for each way of measuring that these groups allow.

    `of_persons` says whether the main outcome is measured of youths, so that each can be measured
    once; `is_time` whether it is a time that may not have ended. Without a group that has the
    initiative, or without a start, there is nothing to advise.
    """
    if starts_on is None or not any(group.treated for group in groups):
        return []
    tables = [(Measuring.FOLLOWED, _followed(groups, starts_on, ends_on))]
    if of_persons:
        tables.append((Measuring.ONCE, _once(groups, is_time=is_time)))
    found = []
    for measuring, columns in tables:
        question = Question(
            measure=Measure(outcome="", unit="", better=Better.HIGHER),
            lot=Lot(lot),
            start=f"{starts_on:%Y-%m}" if measuring is Measuring.FOLLOWED else None,
        )
        try:
            chosen = choose(_table(columns), question)
        except DocumentError:
            # Groups with the initiative alone cannot be compared once.
            continue
        found.append(Advice(measuring, chosen.design, chosen.why, chosen.stronger))
    return found


def _table(columns: dict[Role, NDArray[Any]]) -> EffectTable:
    return table_of(columns)


def _followed(
    groups: Sequence[PlannedGroup], starts_on: date, ends_on: date | None
) -> dict[Role, NDArray[Any]]:
    """A row for each group in each month, from a year before the start."""
    first = np.datetime64(f"{starts_on:%Y-%m}")
    last = np.datetime64(f"{ends_on:%Y-%m}") if ends_on is not None else first + _USUAL_MONTHS
    last = min(max(last, first + 1), first + _MOST_MONTHS)
    months = np.datetime_as_string(np.arange(first - MONTHS_BEFORE, last + 1)).astype(object)
    units = np.array([group.key for group in groups], dtype=object)
    begun = [
        f"{group.starts_on or starts_on:%Y-%m}" if group.treated else "never" for group in groups
    ]
    unit = np.repeat(units, len(months))
    return {
        Role.UNIT: unit,
        Role.CLUSTER: unit,
        Role.PERIOD: np.tile(months, len(groups)),
        Role.START: np.repeat(np.array(begun, dtype=object), len(months)),
        Role.OUTCOME: _values(len(unit)),
    }


def _once(groups: Sequence[PlannedGroup], *, is_time: bool) -> dict[Role, NDArray[Any]]:
    """A row for each of a few persons in each group."""
    count = _PERSONS * len(groups)
    names = np.array([group.key for group in groups], dtype=object)
    columns: dict[Role, NDArray[Any]] = {
        Role.UNIT: np.arange(count).astype(str).astype(object),
        Role.TREATED: np.repeat([int(group.treated) for group in groups], _PERSONS),
    }
    if is_time:
        # Waiting times are compared person by person: what stays together is not used.
        return {**columns, Role.TIME: 1.0 + _values(count), Role.EVENT: np.arange(count) % 4 > 0}
    return {**columns, Role.CLUSTER: np.repeat(names, _PERSONS), Role.OUTCOME: _values(count)}


def _values(count: int) -> NDArray[np.float64]:
    """Numbers that differ and mean nothing."""
    return np.asarray((np.arange(count) * 7919 % 101) / 101.0, dtype=np.float64)
