"""Helpers for the loop that closes: a clock to set, a pilot of waits, and what it measures."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from types import ModuleType

import numpy as np
import pytest
from django.utils import timezone

from tests.explored import explored
from tests.science.caresystem import samples
from vliegwiel.apps.decisions import DecisionFacts, services
from vliegwiel.apps.decisions.queries import (
    evidence_of,
    model_expects,
    on_record,
    run_under_way,
)
from vliegwiel.apps.explorer import forecasting as pieces
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.pilots import GroupFacts, OutcomeFacts, PlanFacts
from vliegwiel.apps.pilots import services as pilots
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.yardstick import IndicatorFacts
from vliegwiel.apps.yardstick.services import define

REGISTERED = date(2026, 1, 5)
STARTS = date(2026, 2, 1)
LATER = date(2027, 3, 1)
TARGET = "care_types.ambulant.stay.mean"


@contextmanager
def on(day: date) -> Iterator[None]:
    """The clock of the product stands on a day."""
    zone = timezone.get_current_timezone()
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(timezone, "now", lambda: moment)
        yield


def rough(patch: pytest.MonkeyPatch, *modules: ModuleType) -> None:
    """Forecasts that are asked by these modules are rough, so that they take a moment."""
    for module in modules:
        patch.setattr(module, "DEFAULTS", {"months": 60, "replications": 20, "seed": 1})
    patch.setattr(pieces, "FOLLOWED", 8)
    patch.setattr(pieces, "SENSITIVITY_REPLICATIONS", 1)


def care_system() -> str:
    document = samples.care_system()
    document["start"] = "2026-01-01"
    return samples.as_text(document)


def waiting(youths: int, *, ratio: float, seed: int, starts: date = STARTS) -> bytes:
    """A year of waits of a generated region: `ratio` times as short with the initiative."""
    rng = np.random.default_rng(seed)
    lines = ["groep;eenheid;dag;waarde;einde_gezien"]
    for number in range(youths):
        treated = number % 2
        wait = rng.exponential(60 / (ratio if treated else 1.0))
        day = starts + timedelta(days=15 + 28 * (number % 12))
        lines.append(f"{('zonder', 'met')[treated]};j{number};{day};{max(wait, 1):.0f};1")
    return "\n".join(lines).encode()


def waits(region: Region, by: User) -> int:
    """An indicator of the region's own: waiting times."""
    definition = IndicatorFacts(
        name="Wachttijd",
        definition="Dagen tot de hulp begint.",
        kind="time",
        unit="dagen",
        better="lower",
        level="youth",
        numerator="dagen",
    )
    return define(region=region, facts=definition, by=by).pk


def registered(
    initiative_id: int,
    region: Region,
    by: User,
    *,
    version: int | None = None,
    starts: date = STARTS,
) -> int:
    """A pilot of waits of a year, registered four weeks before its start; gives its number."""
    plan = PlanFacts(
        title="Proef",
        starts_on=starts,
        ends_on=starts + timedelta(days=364),
        design="survival",
        lot="persons",
        tuning_size=400,
        analysis="Wachttijden naast elkaar.",
        stop_rule="Stop bij aantoonbare schade.",
        groups=(
            GroupFacts(key="met", name="Met", treated=True),
            GroupFacts(key="zonder", name="Zonder", treated=False),
        ),
        outcomes=(
            OutcomeFacts(
                version=version or waits(region, by),
                smallest_relevant=5,
                expected_low=-40,
                expected=-30,
                expected_high=-20,
            ),
        ),
    )
    pilot = pilots.draft(initiative_id=explored(initiative_id), facts=plan, by=by)
    with on(starts - timedelta(weeks=4)):
        pilots.register(pilot_id=pilot.pk, by=by)
    return pilot.pk


def forecast(pilot: int, by: User, *, day: date = REGISTERED + timedelta(days=1)) -> None:
    """Asks the model and puts what it says on record."""
    with on(day):
        run = services.ask_forecast(pilot_id=pilot, by=by)
        assert run_under_way(pilot) == run.pk
        assert services.ask_forecast(pilot_id=pilot, by=by) == run
        explorer_services.work_on_run(run_id=run.pk)
        expects = model_expects(pilot)
        assert expects is not None
        (outcome,) = expects.options
        choice = "waiting_time|ambulant"
        assert choice in {f"{one.measure}|{one.care_type}" for one in expects.options[outcome]}
        assert services.freeze_pilot(pilot_id=pilot, choices={outcome: choice}, by=by) == 2


def measured(pilot: int, by: User, *, ratio: float, seed: int = 1, starts: date = STARTS) -> None:
    """Twelve months of waits come in after the end, and what they show is kept."""
    (record,) = on_record(pilot)
    with on(starts + timedelta(days=393)):
        content = waiting(600, ratio=ratio, seed=seed, starts=starts)
        pilots.take_file(outcome_id=record.outcome, content=content, by=by)
        services.keep_evidence(outcome_id=record.outcome, by=by)


def decision(initiative: int) -> DecisionFacts:
    (evidence,) = evidence_of(initiative)
    return DecisionFacts(
        kind="scale",
        reason="Het werkt.",
        decided_by="Stuurgroep",
        decided_on=LATER,
        evidence=evidence.id,
    )
