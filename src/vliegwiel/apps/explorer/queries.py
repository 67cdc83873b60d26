"""Every read of care systems, scenarios and runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.db.models import JSONField, Prefetch, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from vliegwiel.apps.explorer.fit_outcomes import FitOutcome
from vliegwiel.apps.explorer.forecasting import Outcome
from vliegwiel.apps.explorer.known import MEASURED_FIELDS, Address, MeasuredSize
from vliegwiel.apps.explorer.models import (
    CareSystemVersion,
    FitRun,
    KnownEffect,
    ScenarioVersion,
    SimulationRun,
)
from vliegwiel.apps.explorer.naming import Names
from vliegwiel.apps.explorer.statuses import ACTIVE, Status
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.caresystem import CareSystem, Scenario, Text, extended, read_care_system
from vliegwiel.science.caresystem import read_scenario as read_scenario_document
from vliegwiel.science.evidence import SmallestTest

#: A worker says that it lives three times in this period.
_ALIVE_FACTOR = 1.5


@dataclass(frozen=True, slots=True)
class ScenarioSummary:
    """A scenario at its newest version, with what is known of its forecasts."""

    version: ScenarioVersion
    scenario: Scenario
    last_done: SimulationRun | None
    under_way: SimulationRun | None
    newest_run: SimulationRun | None
    on_newest_care_system: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `seconds_left` is None until there is something to reckon with.

    `ahead` counts the runs that are done first; `waits_for_worker` is true when no worker is there
    to take up the run or go on with it.
    """

    run: SimulationRun
    done: int
    total: int
    seconds_left: float | None
    ahead: int
    waits_for_worker: bool
    cancelling: bool

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """A forecast that is done, and the title of its scenario; no document is read for it."""

    run: SimulationRun
    title: Text
    ended_at: datetime


def newest_care_system(region: Region) -> CareSystemVersion | None:
    return CareSystemVersion.objects.filter(region=region).order_by("-pk").first()


def care_system(version: CareSystemVersion) -> CareSystem:
    """The document of this version, read."""
    return _system(version.content_hash, version.document)


def scenario(version: ScenarioVersion) -> Scenario:
    """The document of this version, read against its care system."""
    base = version.care_system
    return _scenario(version.content_hash, version.document, base.content_hash, base.document)


def system_of(version: ScenarioVersion) -> CareSystem:
    """What a scenario works on: its care system, with the care types and sources it brings."""
    return extended(care_system(version.care_system), scenario(version))


@lru_cache(maxsize=32)
def _system(_content_hash: str, document: str) -> CareSystem:
    return read_care_system(document)


@lru_cache(maxsize=128)
def _scenario(_content_hash: str, document: str, system_hash: str, system: str) -> Scenario:
    return read_scenario_document(document, _system(system_hash, system))


def scenarios_of(region: Region) -> Sequence[ScenarioSummary]:
    """The newest version of each scenario of the region: shipped ones first, then the newest."""
    shipped, own = scenario_numbers(region)
    return summaries(region, [*shipped, *own])


def scenario_numbers(region: Region) -> tuple[Sequence[int], Sequence[int]]:
    """The newest version of each scenario, as a primary key: shipped ones, and the region's own.

    Both begin with the newest. For a page of a long list: `summaries` reads only what it shows.
    """
    found = _newest_versions(region).values_list("pk", "shipped")
    ordered = sorted(found, reverse=True)
    return (
        [pk for pk, shipped in ordered if shipped],
        [pk for pk, shipped in ordered if not shipped],
    )


def summaries(region: Region, numbers: Sequence[int]) -> Sequence[ScenarioSummary]:
    """The versions with these primary keys, in this order."""
    newest = newest_care_system(region)
    runs = SimulationRun.objects.filter(question="").defer("result").order_by("-pk")
    versions = (
        ScenarioVersion.objects.filter(care_system__region=region, pk__in=numbers)
        .select_related("care_system", "made_by")
        .prefetch_related(Prefetch("runs", queryset=runs, to_attr="known_runs"))
        .in_bulk()
    )
    return [_summary(versions[pk], newest) for pk in numbers if pk in versions]


def titles_of(region: Region) -> Mapping[str, Text]:
    """The title of every scenario of the region at its newest version, by identifier."""
    found = _newest_versions(region).values_list("identifier", *_title("document"))
    return {identifier: Text(nl=nl, en=en) for identifier, nl, en in found}


def care_system_title(version: CareSystemVersion) -> Text:
    """The title of this version; the document, which is large, stays in the database."""
    rows = CareSystemVersion.objects.filter(pk=version.pk)
    nl, en = rows.values_list(*_title("document")).get()
    return Text(nl=nl, en=en)


def _title(document: str) -> tuple[KeyTextTransform, KeyTextTransform]:
    """The Dutch and the English title that the database takes out of a document."""
    title = KeyTransform("title", Cast(document, JSONField()))
    return KeyTextTransform("nl", title), KeyTextTransform("en", title)


def names_beside(version: ScenarioVersion) -> Names:
    """The names that a change of this version may not get; that of its example is one of them."""
    titles = titles_of(version.care_system.region)
    return Names.of(
        title
        for identifier, title in titles.items()
        if version.shipped or identifier != version.identifier
    )


def originals_of(versions: Sequence[ScenarioVersion]) -> Mapping[int, ScenarioVersion]:
    """The shipped scenario that each version comes from, by primary key of the version.

    A version that does not come from a shipped one is left out.
    """
    regions = {version.care_system.region_id for version in versions}
    rows = ScenarioVersion.objects.filter(care_system__region__in=regions)
    made_from = {
        pk: (source, shipped)
        for pk, source, shipped in rows.values_list("pk", "copied_from_id", "shipped")
    }
    roots: dict[int, int] = {}
    for version in versions:
        source, shipped = made_from[version.pk]
        while not shipped and source is not None:
            root = source
            source, shipped = made_from[root]
            if shipped:
                roots[version.pk] = root
    found = ScenarioVersion.objects.select_related("care_system").in_bulk(set(roots.values()))
    return {pk: found[root] for pk, root in roots.items()}


def _newest_versions(region: Region) -> QuerySet[ScenarioVersion]:
    return (
        ScenarioVersion.objects.filter(care_system__region=region)
        .order_by("identifier", "-care_system_id", "-number")
        .distinct("identifier")
    )


def _summary(version: ScenarioVersion, newest: CareSystemVersion | None) -> ScenarioSummary:
    runs: list[SimulationRun] = version.known_runs  # type: ignore[attr-defined]
    return ScenarioSummary(
        version=version,
        scenario=scenario(version),
        last_done=next((run for run in runs if run.status == Status.DONE), None),
        under_way=next((run for run in runs if run.status in ACTIVE), None),
        newest_run=runs[0] if runs else None,
        on_newest_care_system=version.care_system == newest,
    )


def scenario_version(region: Region, pk: int) -> ScenarioVersion | None:
    return (
        ScenarioVersion.objects.filter(care_system__region=region, pk=pk)
        .select_related("care_system__region", "made_by", "copied_from")
        .first()
    )


def versions_of(version: ScenarioVersion) -> Sequence[ScenarioVersion]:
    """All versions with the same identifier in the region, newest first."""
    return list(
        ScenarioVersion.objects.filter(
            care_system__region=version.care_system.region, identifier=version.identifier
        )
        .select_related("made_by")
        .order_by("-care_system_id", "-number")
    )


def runs_of(version: ScenarioVersion) -> Sequence[SimulationRun]:
    """The forecasts of this version, newest first, without their results."""
    runs = version.runs.filter(question="").select_related("created_by")
    return list(runs.defer("result").order_by("-pk"))


def smallest_tests_of(version: ScenarioVersion) -> Sequence[SimulationRun]:
    """The smallest useful tests of this version, newest first, without their results."""
    runs = version.runs.exclude(question="").select_related("created_by")
    return list(runs.defer("result").order_by("-pk"))


def smallest_test_run(region: Region, pk: int) -> SimulationRun | None:
    """A run that asks for a smallest useful test."""
    return _run(region, pk).exclude(question="").first()


def smallest_test_of(run: SimulationRun) -> SmallestTest:
    """What such a run brought. Raises ValueError for one that is not done."""
    if run.status != Status.DONE or not run.question:
        raise ValueError("this run has no answer")
    return _smallest_test(run.pk, run.ended_at)


@lru_cache(maxsize=16)
def _smallest_test(pk: int, _ended_at: datetime | None) -> SmallestTest:
    return SmallestTest.from_json(result_text(pk))


def run(region: Region, pk: int) -> SimulationRun | None:
    """A run that makes a forecast."""
    return _run(region, pk).filter(question="").first()


def _run(region: Region, pk: int) -> QuerySet[SimulationRun]:
    return (
        SimulationRun.objects.filter(scenario__care_system__region=region, pk=pk)
        .select_related("scenario__care_system__region", "created_by", "cancel_requested_by")
        .defer("result")
    )


def outcome_of(run: SimulationRun) -> Outcome:
    """What a finished run brought. Raises ValueError for a run that is not done."""
    if run.status != Status.DONE:
        raise ValueError("this run has no result")
    return _outcome(run.pk, run.ended_at)


@lru_cache(maxsize=16)
def _outcome(pk: int, _ended_at: datetime | None) -> Outcome:
    return Outcome.from_json(result_text(pk))


def result_text(run_id: int) -> str:
    """The result of a run as it was kept."""
    return SimulationRun.objects.values_list("result", flat=True).get(pk=run_id)


def finished_runs(region: Region, limit: int = 60) -> Sequence[FinishedRun]:
    """What was finished last, newest first: of runs of one version with the same settings one."""
    done = (
        _done(region)
        .order_by("scenario_id", "months", "replications", "seed", "-pk")
        .distinct("scenario_id", "months", "replications", "seed")
    )
    newest = sorted(done.values_list("pk", flat=True), reverse=True)[:limit]
    return finished_runs_of(region, newest)


def finished_runs_of(region: Region, numbers: Sequence[int]) -> Sequence[FinishedRun]:
    """The runs with these primary keys that are done, in this order; others are left out.

    Results and documents stay in the database: a list of runs would read megabytes of them.
    """
    nl, en = _title("scenario__document")
    found = (
        _done(region)
        .filter(pk__in=numbers)
        .select_related("scenario__care_system__region")
        .defer("result", "scenario__document", "scenario__care_system__document")
        .annotate(title_nl=nl, title_en=en)
        .in_bulk()
    )
    return [
        FinishedRun(run, Text(nl=run.title_nl, en=run.title_en), run.ended_at)
        for run in (found[pk] for pk in dict.fromkeys(numbers) if pk in found)
        if run.ended_at is not None  # as the database promises of every run that is over
    ]


def _done(region: Region) -> QuerySet[SimulationRun]:
    """The forecasts of the region that are done."""
    return SimulationRun.objects.filter(
        scenario__care_system__region=region, status=Status.DONE, question=""
    )


def newest_forecasts(region: Region, limit: int = 3) -> Sequence[FinishedRun]:
    """The runs of the region that were finished last, the last one first."""
    newest = _done(region).order_by("-ended_at", "-pk").values_list("pk", flat=True)
    return finished_runs_of(region, list(newest[:limit]))


def progress(run: SimulationRun) -> Progress:
    """How far the run is at this moment."""
    waits = run.status in ACTIVE and not worker_is_alive()
    ahead = 0
    if run.status == Status.QUEUED:
        ahead = SimulationRun.objects.filter(status__in=ACTIVE, pk__lt=run.pk).count()
    return Progress(
        run=run,
        done=run.work_done,
        total=run.work_total,
        seconds_left=None if waits else _seconds_left(run),
        ahead=ahead,
        waits_for_worker=waits,
        cancelling=run.status == Status.RUNNING and run.cancel_requested_at is not None,
    )


def _seconds_left(run: SimulationRun) -> float | None:
    done = run.work_done - run.done_at_take_up
    if run.status != Status.RUNNING or run.taken_up_at is None or done <= 0:
        return None
    elapsed = (timezone.now() - run.taken_up_at).total_seconds()
    return elapsed / done * (run.work_total - run.work_done)


def worker_is_alive() -> bool:
    """Whether a background worker has been heard of lately."""
    since = timezone.now() - timedelta(seconds=settings.WORKER_SILENCE_SECONDS * _ALIVE_FACTOR)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()


def fits(region: Region, *, limit: int = 20) -> Sequence[FitRun]:
    """Care systems that were fitted to the messages of the region, the newest first."""
    return list(FitRun.objects.filter(region=region).defer("result")[:limit])


def fit(region: Region, pk: int) -> FitRun | None:
    """The fit with this number, if it is one of the region."""
    rows = FitRun.objects.select_related("created_by", "kept_as", "region")
    return rows.filter(region=region, pk=pk).first()


def fits_ahead(run: FitRun) -> int:
    """How many fits of other regions are done first."""
    return FitRun.objects.filter(status__in=ACTIVE, pk__lt=run.pk).count()


def fit_outcome(run: FitRun) -> FitOutcome:
    """What came of a fit that is done."""
    return FitOutcome.model_validate_json(run.result)


def known_effects(region: Region) -> Mapping[Address, MeasuredSize]:
    """The measured size that counts of each change, by what changes: the newest."""
    found = [
        MeasuredSize(
            **{name: getattr(one, name) for name in MEASURED_FIELDS},
            why=Text(nl=one.why_nl, en=one.why_en),
            evidence=tuple(one.evidence),
        )
        for one in KnownEffect.objects.filter(region=region).order_by("pk")
    ]
    return {one.address: one for one in found}
