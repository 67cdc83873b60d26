"""What a pilot shows at this moment, from the measurements that count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

import numpy as np
from django.db import connection
from django.utils import timezone

from vliegwiel.apps.pilots.analysis import Found, Measured, RegisteredOutcome, result_of
from vliegwiel.apps.pilots.errors import NotRegistered
from vliegwiel.apps.pilots.models import Delivery, PilotGroup, PlannedOutcome
from vliegwiel.apps.yardstick.queries import definition

_CURRENT = """
SELECT group_id, unit, day, moment, value, size, baseline, ended
FROM pilots_measurement WHERE outcome_id = %s AND current
"""


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """The result of one outcome; `last_delivery` is the newest one that it rests on."""

    outcome: int
    plan: RegisteredOutcome
    found: Found
    last_delivery: int | None


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery as a list shows it."""

    id: int
    channel: str
    name: str
    added: int
    corrected: int
    at: datetime


def result_now(outcome_id: int) -> OutcomeResult:
    """The effect, the sequence and the verdict of an outcome, computed from what is current.

    Raises NotRegistered for a draft, and PlannedOutcome.DoesNotExist.
    """
    found = PlannedOutcome.objects.select_related("pilot__initiative__region", "version")
    outcome = found.get(pk=outcome_id)
    plan = _registered(outcome)
    last = outcome.deliveries.order_by("-pk").first()
    measured = _measured(outcome, list(outcome.pilot.groups.all()))
    return OutcomeResult(
        outcome.pk, plan, result_of(plan, measured), last.pk if last is not None else None
    )


def deliveries_of(outcome_id: int, *, most: int = 100) -> Sequence[DeliveryLine]:
    """The newest deliveries of an outcome."""
    return [
        DeliveryLine(one.pk, one.channel, one.name, one.added, one.corrected, one.at)
        for one in Delivery.objects.filter(outcome=outcome_id)[:most]
    ]


def _registered(outcome: PlannedOutcome) -> RegisteredOutcome:
    pilot, version = outcome.pilot, outcome.version
    if pilot.registered_at is None or pilot.starts_on is None or pilot.tuning_size is None:
        raise NotRegistered
    shown = definition(version.pk, region=pilot.initiative.region)
    assert shown is not None, "a plan uses definitions of its region only"
    return RegisteredOutcome(
        name=shown.name,
        unit=shown.unit,
        better=cast(Literal["higher", "lower"], version.better),
        smallest_relevant=outcome.smallest_relevant,
        relevant_per_cent=outcome.relevant_per_cent,
        claim=cast(Literal["any_effect", "relevant_effect"], outcome.claim),
        design=pilot.design,
        lot=pilot.lot,
        alpha=pilot.alpha,
        tuning_size=pilot.tuning_size,
        reach=cast(Literal["own_region", "other_regions"], pilot.reach),
        registered_on=timezone.localdate(pilot.registered_at),
        starts_on=pilot.starts_on,
    )


def _measured(outcome: PlannedOutcome, groups: Sequence[PilotGroup]) -> Measured:
    """Rows straight from the database into arrays: there may be a million of them."""
    at = {group.pk: number for number, group in enumerate(groups)}
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [outcome.pk])
        rows = cursor.fetchall()
    parts: Sequence[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * 8
    group, unit, day, moment, value, size, baseline, ended = parts
    return Measured(
        names=tuple(group.key for group in groups),
        treated=tuple(group.treated for group in groups),
        starts=tuple(group.starts_on for group in groups),
        group=np.array([at[cast(int, one)] for one in group], dtype=np.int64),
        unit=np.array(unit, dtype=object),
        day=_days(day),
        moment=_days(moment),
        value=np.array(value, dtype=np.float64),
        size=np.array(size, dtype=np.float64),
        baseline=np.array(baseline, dtype=np.float64),
        ended=np.array([-1 if one is None else int(bool(one)) for one in ended], dtype=np.int64),
    )


def _days(values: Sequence[object]) -> "np.ndarray[tuple[int], np.dtype[np.datetime64]]":
    return np.array(cast(Sequence[date], values), dtype="datetime64[D]")
