"""What a pilot shows at this moment, from the measurements that count."""

import functools
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, cast

import numpy as np
import pandas as pd
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language

from vliegwiel.apps.pilots.analysis import Found, Measured, RegisteredOutcome, result_of
from vliegwiel.apps.pilots.errors import NotRegistered
from vliegwiel.apps.pilots.models import Delivery, Pilot, PilotGroup, PlannedOutcome
from vliegwiel.apps.pilots.sides import Side, counts_of, sides_of
from vliegwiel.apps.yardstick import Kind, Level
from vliegwiel.apps.yardstick.queries import Definition, definition
from vliegwiel.science.evidence import verdicts
from vliegwiel.science.evidence.effects import Labels
from vliegwiel.science.evidence.grading import Study
from vliegwiel.science.evidence.verdicts import Decision
from vliegwiel.science.kernel import source_hash

#: A measurement so long after the end tells whether what changed has lasted; a convention.
FOLLOW_UP = timedelta(days=182)
_KEPT_FOR = 30 * 24 * 60 * 60
_CURRENT = """
COPY (
    SELECT group_id, unit, day - DATE '1970-01-01' AS day, moment - DATE '1970-01-01' AS moment,
        value, size, baseline, COALESCE(ended::int, -1) AS ended
    FROM pilots_measurement WHERE outcome_id = %s AND current
) TO STDOUT WITH (FORMAT csv, HEADER)
"""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """What was measured in a group."""

    name: str
    treated: bool
    units: int
    measurements: int


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """The result of one outcome; `last_delivery` is the newest one that it rests on.

    `sides` is for a picture of what was measured, `groups` tells how much; `last_day` is the last
    day that was measured, None before the first. `definition` is what the indicator counts.
    """

    outcome: int
    plan: RegisteredOutcome
    found: Found
    last_delivery: int | None
    last_day: date | None
    sides: tuple[Side, ...]
    groups: tuple[GroupCount, ...]
    definition: str


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
    last = outcome.deliveries.order_by("-pk").first()
    return _computed(outcome, last.pk if last is not None else None)


def results_of(pilot_id: int) -> Sequence[OutcomeResult]:
    """What every outcome of a registered pilot shows now, the main one first; empty for a draft.

    What rests on the same measurements and the same program is computed once.
    """
    found = PlannedOutcome.objects.filter(pilot=pilot_id, pilot__registered_at__isnull=False)
    outcomes = found.select_related("pilot__initiative__region", "version").annotate(
        last_delivery=Max("deliveries__pk")
    )
    return [_remembered(outcome) for outcome in outcomes]


def studies_of(initiative_id: int) -> Sequence[Study]:
    """Each registered pilot of an initiative as a study, by its main outcome; also what showed
    nothing. Pilots without an effect yet are none.
    """
    pilots = Pilot.objects.filter(initiative=initiative_id, registered_at__isnull=False)
    found = []
    for pilot in pilots.order_by("pk"):
        for main in results_of(pilot.pk)[:1]:
            grade, decision = main.found.grade, main.found.decision
            if grade is not None and decision is not None and decision.low is not None:
                found.append(
                    Study(
                        level=grade.level,
                        shows=_shows(decision),
                        followed_up=_followed_up(main, pilot.ends_on),
                    )
                )
    return found


def _shows(decision: Decision) -> Literal["better", "worse", "nothing"]:
    if decision.low is not None and decision.low > 0:
        return "better"
    return "worse" if decision.high is not None and decision.high < 0 else "nothing"


def _followed_up(result: OutcomeResult, ends_on: date | None) -> bool:
    if ends_on is None or result.last_day is None:
        return False
    # The end may lie anywhere a calendar goes; what was measured does not.
    return result.last_day - FOLLOW_UP >= ends_on


def _remembered(outcome: PlannedOutcome) -> OutcomeResult:
    """From the shared cache; its key holds all that the result follows from."""
    last: int | None = outcome.last_delivery  # type: ignore[attr-defined]
    parts = (outcome.pk, last, outcome.pilot.fingerprint, get_language(), _source())
    key = "pilot-result:" + hashlib.sha256(repr(parts).encode()).hexdigest()
    try:
        kept = cast(OutcomeResult | None, cache.get(key))
    except DatabaseError:
        return _computed(outcome, last)
    if kept is not None:
        return kept
    made = _computed(outcome, last)
    cache.set(key, made, _KEPT_FOR)
    return made


@functools.cache
def _source() -> str:
    """The code that the result and its form follow from."""
    here = Path(__file__).parents[1]
    return source_hash(Path(str(verdicts.__file__)).parents[1]) + source_hash(here)


def _computed(outcome: PlannedOutcome, last: int | None) -> OutcomeResult:
    shown = definition(outcome.version.pk, region=outcome.pilot.initiative.region)
    assert shown is not None, "a plan uses definitions of its region only"
    plan = _registered(outcome, shown)
    groups = list(outcome.pilot.groups.all())
    measured = _measured(outcome, groups)
    found = result_of(plan, measured)
    names = {group.key: group.name for group in groups}
    return OutcomeResult(
        outcome=outcome.pk,
        plan=plan,
        found=found,
        last_delivery=last,
        last_day=cast(date, measured.day.max().astype(object)) if len(measured.day) else None,
        sides=sides_of(plan.design, measured, found.effect, persons=plan.of_persons),
        groups=tuple(
            GroupCount(names[key], treated, units, rows)
            for key, treated, units, rows in counts_of(measured)
        ),
        definition=shown.definition,
    )


def deliveries_of(outcome_id: int, *, most: int = 100) -> Sequence[DeliveryLine]:
    """The newest deliveries of an outcome."""
    return [
        DeliveryLine(one.pk, one.channel, one.name, one.added, one.corrected, one.at)
        for one in Delivery.objects.filter(outcome=outcome_id)[:most]
    ]


def _registered(outcome: PlannedOutcome, shown: Definition) -> RegisteredOutcome:
    pilot, version = outcome.pilot, outcome.version
    if pilot.registered_at is None or pilot.starts_on is None or pilot.tuning_size is None:
        raise NotRegistered
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
        ends_on=pilot.ends_on,
        is_share=version.kind == Kind.SHARE,
        of_persons=version.level == Level.YOUTH,
    )


def _measured(outcome: PlannedOutcome, groups: Sequence[PilotGroup]) -> Measured:
    """Columns straight from the database into arrays: there may be a million rows."""
    with connection.cursor() as cursor, cursor.copy(_CURRENT, [outcome.pk]) as copy:
        content = b"".join(map(bytes, copy))
    frame = pd.read_csv(
        io.BytesIO(content),
        dtype={"unit": object, **dict.fromkeys(("value", "size", "baseline"), np.float64)},
        keep_default_na=False,
        na_values={"size": [""], "baseline": [""]},
    )
    at = {group.pk: number for number, group in enumerate(groups)}
    return Measured(
        names=tuple(group.key for group in groups),
        treated=tuple(group.treated for group in groups),
        starts=tuple(group.starts_on for group in groups),
        group=frame["group_id"].map(at).to_numpy(dtype=np.int64),
        unit=Labels.of(frame["unit"].to_numpy()),
        day=frame["day"].to_numpy(dtype=np.int64).astype("datetime64[D]"),
        moment=frame["moment"].to_numpy(dtype=np.int64).astype("datetime64[D]"),
        value=frame["value"].to_numpy(),
        size=frame["size"].to_numpy(),
        baseline=frame["baseline"].to_numpy(),
        ended=frame["ended"].to_numpy(dtype=np.int64),
    )
