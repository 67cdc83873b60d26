"""Forecasts are put on record before a pilot starts, of the model and of who proposed it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from vliegwiel.apps.decisions.errors import ForecastTooLate
from vliegwiel.apps.decisions.models import ForecastRecord, Whose
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.evidence.scoring import Said


@dataclass(frozen=True, slots=True)
class ModelSaid:
    """What the model expects of an outcome, and the run that says so."""

    said: Said
    run: int


@transaction.atomic
def freeze_forecasts(
    *, pilot_id: int, model: Mapping[int, ModelSaid] | None = None, by: User
) -> int:
    """Puts on record what is expected of every outcome; says how many forecasts are there now.

    What those who proposed it expect stands in the registered plan; `model` gives, by the number of
    the outcome, what the model expects. What is on record already stays. Raises ForecastTooLate for
    a pilot that has started or is not registered, KeyError for an outcome that is not of the pilot,
    and NotAllowed without the right `pilots.register`.
    """
    found = Pilot.objects.select_for_update(of=("self",)).select_related("initiative__region")
    pilot = found.get(pk=pilot_id)
    assert pilot.initiative.region is not None, "only those of a region have pilots"
    require(by, "pilots.register", pilot.initiative.region)
    started = pilot.starts_on is None or pilot.starts_on <= timezone.localdate()
    if pilot.registered_at is None or started:
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
                by=by,
                **words,
            )
        )
    for outcome in outcomes.values():
        low, likely, high = outcome.expected_low, outcome.expected, outcome.expected_high
        if low is not None and likely is not None and high is not None:
            records.append(
                ForecastRecord(
                    outcome=outcome, whose=Whose.PROPOSERS, likely=likely, low=low, high=high, by=by
                )
            )
    ForecastRecord.objects.bulk_create(records, ignore_conflicts=True)
    return ForecastRecord.objects.filter(outcome__pilot=pilot).count()
