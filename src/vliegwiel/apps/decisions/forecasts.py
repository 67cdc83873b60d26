"""What the model of the region expects of the outcomes of a pilot, from the run made for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer.models import SimulationRun
from vliegwiel.apps.explorer.statuses import ACTIVE, Status
from vliegwiel.apps.pilots.models import Pilot, PlannedOutcome
from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    Forecast,
    document_hash,
    read_scenario,
    write_document,
)
from vliegwiel.science.evidence.scoring import Said

from .asked import scenario_for, settings_for
from .errors import DecisionRefused
from .expecting import ADDS_UP, SAME_AS, Wanted, choices_for, said_of


@dataclass(frozen=True, slots=True)
class Option:
    """A series of the model that an outcome can be held against, and what it says.

    `label` is the care type, by language.
    """

    measure: str
    care_type: str
    label: Mapping[str, str]
    said: Said


@dataclass(frozen=True, slots=True)
class ModelExpects:
    """A finished run for a pilot; `options` by outcome, the one that is the same thing first.

    `suggested` are outcomes whose first option is the very thing that is measured.
    """

    run: int
    ended_at: datetime
    options: Mapping[int, Sequence[Option]]
    suggested: frozenset[int]


def run_under_way(pilot_id: int) -> int | None:
    """The run for this pilot that is waiting or being calculated."""
    found = _runs(pilot_id).filter(status__in=ACTIVE).order_by("-pk").first()
    return found.pk if found is not None else None


def model_expects(pilot_id: int) -> ModelExpects | None:
    """What the newest finished run for this pilot says of its outcomes; None without one."""
    run = _runs(pilot_id).filter(status=Status.DONE).order_by("-pk").first()
    pilot = Pilot.objects.get(pk=pilot_id)
    if run is None or run.ended_at is None:
        return None
    forecast = explorer.outcome_of(run).forecast
    system = explorer.system_of(run.scenario)
    outcomes = list(pilot.outcomes.select_related("version__indicator"))
    options = {one.pk: _options(pilot, one, forecast, system) for one in outcomes}
    same = {
        one.pk for one in outcomes if options[one.pk] and options[one.pk][0].measure == _same(one)
    }
    return ModelExpects(run.pk, run.ended_at, options, frozenset(same))


def _runs(pilot_id: int) -> QuerySet[SimulationRun]:
    """Runs of the very question that is asked for the pilot now, whoever made the scenario.

    An edited scenario keeps its identifier, and says what its editor expects.
    """
    pilot = Pilot.objects.select_related("initiative__region").get(pk=pilot_id)
    region = pilot.initiative.region
    version = explorer.newest_care_system(region) if region is not None else None
    if region is None or version is None:
        return SimulationRun.objects.none()
    system = explorer.care_system(version)
    try:
        document = write_document(scenario_for(pilot, region, system))
        content = document_hash(read_scenario(document, system))
        asked = settings_for(pilot, system)
    except (DecisionRefused, DocumentError):
        return SimulationRun.objects.none()
    return SimulationRun.objects.filter(
        scenario__care_system=version, scenario__content_hash=content, question="", **asked
    ).select_related("scenario__care_system")


def _same(outcome: PlannedOutcome) -> str:
    return SAME_AS.get(outcome.version.indicator.key, "")


def _options(
    pilot: Pilot, outcome: PlannedOutcome, forecast: Forecast, system: CareSystem
) -> Sequence[Option]:
    if pilot.starts_on is None or pilot.ends_on is None:
        return []
    found = []
    same = _same(outcome)
    ordered = sorted(choices_for(outcome.version.kind, forecast), key=lambda one: one[0] != same)
    for measure, care_type in ordered:
        part = _part(pilot, system) if measure in ADDS_UP else 1.0
        if part is None and not outcome.relevant_per_cent:
            continue
        wanted = Wanted(
            measure=measure,
            care_type=care_type,
            first=pilot.starts_on.replace(day=1),
            last=pilot.ends_on,
            per_cent=outcome.relevant_per_cent,
            part=part or 1.0,
        )
        said = said_of(forecast, wanted)
        if said is not None:
            found.append(Option(measure, care_type, forecast.labels[care_type], said))
    return found


def _part(pilot: Pilot, system: CareSystem) -> float | None:
    """Of what adds up over the region, the part of one measured place; None when not known."""
    codes = [group.municipality for group in pilot.groups.all() if group.treated]
    shares = {place.code: place.share.value for place in system.municipalities}
    if not codes or any(code not in shares for code in codes):
        return None
    return sum(shares[code] for code in codes) / len(codes)
