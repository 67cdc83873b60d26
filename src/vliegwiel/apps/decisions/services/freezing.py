"""Forecasts are put on record before a pilot starts, of the model and of who proposed it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from vliegwiel.apps.decisions.errors import ForecastTooLate
from vliegwiel.apps.decisions.models import ForecastRecord, Whose
from vliegwiel.apps.pilots.models import Pilot, PlannedOutcome
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.evidence.scoring import Said

#: Per cent of everything.
_ALL = 100.0


@dataclass(frozen=True, slots=True)
class ModelSaid:
    """What the model expects of an outcome, and the run that says so.

    `measure` is the series of the model.
    """

    said: Said
    run: int
    measure: str = ""


@transaction.atomic
def freeze_forecasts(
    *, pilot_id: int, model: Mapping[int, ModelSaid] | None = None, by: User
) -> int:
    """Puts on record what is expected of every outcome; says how many forecasts are there now.

    What those who proposed it expect stands in the registered plan; `model` gives, by the number of
    the outcome, what the model expects. What is on record already stays. Of a pilot that is marked
    as made up the system itself may do so afterwards. Raises ForecastTooLate for a pilot that has
    started or is not registered, KeyError for an outcome that is not of the pilot, and NotAllowed
    without the right `pilots.register`.
    """
    found = Pilot.objects.select_for_update(of=("self",)).select_related("initiative__region")
    pilot = found.get(pk=pilot_id)
    assert pilot.initiative.region is not None, "only those of a region have pilots"
    require(by, "pilots.register", pilot.initiative.region)
    started = pilot.starts_on is None or pilot.starts_on <= timezone.localdate()
    made_up = by.is_system and pilot.initiative.mark != ""
    if pilot.registered_at is None or (started and not made_up):
        raise ForecastTooLate
    outcomes = {outcome.pk: outcome for outcome in pilot.outcomes.all()}
    records = []
    for number, one in (model or {}).items():
        words = {"likely": one.said.likely, "low": one.said.low, "high": one.said.high}
        records.append(
            ForecastRecord(
                outcome=outcomes[number],
                whose=Whose.MODEL,
                sample=list(one.said.sample),
                run=one.run,
                measure=one.measure,
                by=by,
                **words,
            )
        )
    for outcome in outcomes.values():
        said = proposers_said(outcome)
        if said is not None:
            words = {"likely": said.likely, "low": said.low, "high": said.high}
            records.append(ForecastRecord(outcome=outcome, whose=Whose.PROPOSERS, by=by, **words))
    ForecastRecord.objects.bulk_create(records, ignore_conflicts=True)
    return ForecastRecord.objects.filter(outcome__pilot=pilot).count()


def proposers_said(outcome: PlannedOutcome) -> Said | None:
    """What the plan says that those who proposed it expect, on the scale that adds up."""
    low, likely, high = outcome.expected_low, outcome.expected, outcome.expected_high
    if low is None or likely is None or high is None:
        return None
    if outcome.relevant_per_cent:
        if low <= -_ALL:
            return None
        low, likely, high = (math.log1p(number / _ALL) for number in (low, likely, high))
    return Said(likely=likely, low=low, high=high)
