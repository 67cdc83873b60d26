"""What an initiative did in other regions, what that is worth here, and what was learned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from vliegwiel.apps.decisions.models import Adoption, Evidence
from vliegwiel.apps.figures import in_language
from vliegwiel.apps.initiatives.models import Initiative, StageStep
from vliegwiel.apps.initiatives.queries import Stage
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.evidence.pooling import Pooled, pool

from .kept import Measured, adding, measured, newest, span


@dataclass(frozen=True, slots=True)
class Expected:
    """What an initiative did elsewhere on one indicator, on the scale that adds up.

    `pooled` over regions, None with fewer than two of them.
    """

    indicator: str
    regions: tuple[str, ...]
    estimates: tuple[float, ...]
    pooled: Pooled | None


@dataclass(frozen=True, slots=True)
class RegionEffect:
    """What one region found, on the scale that adds up; the interval holds at any look."""

    initiative: int
    region: str
    estimate: float
    error: float | None
    low: float | None
    high: float | None
    verdict: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tried:
    """An initiative with what it did on one indicator, in every region that shows it.

    Attributes:
        id, title, summary, region, stage: of the initiative that it began with, as far as it shows.
        version: number of the newest definition of the indicator among them.
        here: number of the initiative of the region that looks; None when it has none.
        effects: one a region, the oldest first; `pooled` with two regions or more.
        mark: "generated" or "example" for what is made up, else empty.
    """

    id: int
    title: str
    summary: str
    region: str
    stage: str
    indicator: str
    version: int
    outcome: str
    unit: str
    per_cent: bool
    better: str
    here: int | None
    effects: tuple[RegionEffect, ...]
    pooled: Pooled | None
    mark: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned from an initiative that stopped."""

    initiative: int
    title: str
    region: str
    lesson: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an initiative comes from, or that of a region that took it over."""

    initiative: int
    title: str
    region: str
    changes: str
    at: datetime


def expected_elsewhere(initiative_id: int, indicator: str) -> Expected:
    """What the initiatives that this one was taken over from, or that took it over, did elsewhere.

    One effect a region: its newest evidence by the indicator, with a standard error. Where the key
    means more than one thing (see `kept.measured`), the thing that most regions measured. Effects
    on another scale than the first are left out: they cannot be added up.
    """
    here = Initiative.objects.get(pk=initiative_id)
    found = [
        one
        for one in evidence_of_family(initiative_id, here.region_id)
        if one.outcome.version.indicator.key == indicator
        and one.outcome.pilot.initiative.region_id != here.region_id
    ]
    alike: dict[Measured, list[Evidence]] = {}
    for one in found:
        alike.setdefault(measured(one), []).append(one)
    kept = max((_one_a_region(same) for same in alike.values()), key=len, default=())
    return Expected(
        indicator,
        tuple(one.region for one in kept),
        tuple(one.estimate for one in kept),
        _pooled(kept),
    )


def tried(region: Region) -> Sequence[Tried]:
    """Every initiative with evidence that the region may see, with all regions that tried it.

    What is hard evidence somewhere stands first, then what was tried in most regions. The number of
    queries does not depend on how many there are.
    """
    seen = newest(Q(outcome__pilot__initiative__in=_visible(region.pk).values("pk")))
    family = _families(Adoption.objects.values_list("origin_id", "adopted_id"))
    groups: dict[tuple[int, str, Measured], list[Evidence]] = {}
    for one in seen:
        row = one.outcome.pilot.initiative
        key = (family.get(row.pk, row.pk), row.mark, measured(one))
        groups.setdefault(key, []).append(one)
    lines = [_tried(found, region) for found in groups.values()]
    hard = {line.id for line in lines if any(one.verdict == "hard" for one in line.effects)}
    return sorted(lines, key=lambda one: (one.id not in hard, -len(one.effects), one.title))


def lessons(region: Region, *, most: int = 50) -> Sequence[Lesson]:
    """What was learned from initiatives that stopped: published ones, and those of the region."""
    stopped = _visible(region.pk).filter(stage=Stage.STOPPED)
    steps = StageStep.objects.filter(initiative__in=stopped.values("pk"), target=Stage.STOPPED)
    found = steps.order_by("initiative_id", "-pk").distinct("initiative_id")
    lines = [
        Lesson(
            one.initiative_id,
            _title(one.initiative),
            one.initiative.region.name if one.initiative.region is not None else "",
            one.evidence or one.reason,
            one.at,
        )
        for one in found.select_related("initiative__region")
    ]
    return sorted(lines, key=lambda one: one.at, reverse=True)[:most]


def came_from(initiative_id: int) -> Origin | None:
    """What an initiative was taken over from; None for one that began here."""
    found = Adoption.objects.select_related("origin__region").filter(adopted=initiative_id).first()
    return None if found is None else _origin(found, found.origin)


def taken_over_by(initiative_id: int) -> Sequence[Origin]:
    """The regions that took an initiative over, the newest first."""
    rows = Adoption.objects.select_related("adopted__region").filter(origin=initiative_id)
    return [_origin(one, one.adopted) for one in rows]


def adopted_here(origin_id: int, region: Region) -> int | None:
    """The initiative of the region that was taken over from `origin_id`; None when it was not."""
    found = Adoption.objects.filter(origin=origin_id, region=region).first()
    return None if found is None else found.adopted_id


def evidence_of_family(initiative_id: int, region_id: int | None) -> Sequence[Evidence]:
    """The newest evidence of an initiative, of what it comes from and of what came from it.

    Only what is published or of the region that asks: others did not open it. What is made up
    counts nowhere but in its own region.
    """
    family = _family(initiative_id)
    visible = _visible(region_id).filter(pk__in=family).values("pk")
    return newest(Q(outcome__pilot__initiative__in=visible))


def _visible(region_id: int | None) -> QuerySet[Initiative]:
    found = Initiative.objects.filter(region__isnull=False)
    return found.filter(Q(published_at__isnull=False, mark="") | Q(region=region_id))


def _family(initiative_id: int) -> set[int]:
    """An initiative with all that it comes from and all that came from it."""
    links = list(Adoption.objects.values_list("origin_id", "adopted_id"))
    family = _families(links)
    root = family.get(initiative_id, initiative_id)
    return {initiative_id} | {one for one, of in family.items() if of == root}


def _families(links: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    """The first of its family, by number of every initiative that is linked to another."""
    above: dict[int, int] = {}

    def top(one: int) -> int:
        while above.get(one, one) != one:
            one = above[one]
        return one

    for origin, adopted in links:
        first, second = sorted((top(origin), top(adopted)))
        above[first], above[second] = first, first
    return {one: top(one) for one in above}


def _tried(found: Sequence[Evidence], region: Region) -> Tried:
    rows = [one.outcome.pilot.initiative for one in found]
    first = min(rows, key=lambda one: one.pk)
    own = [one.pk for one in rows if one.region_id == region.pk]
    version = found[0].outcome.version
    effects = _one_a_region(found)
    return Tried(
        id=first.pk,
        title=_title(first),
        summary=in_language(nl=first.summary_nl, en=first.summary_en or first.summary_nl),
        region=first.region.name if first.region is not None else "",
        stage=first.get_stage_display(),
        indicator=version.indicator.key,
        version=version.pk,
        outcome=in_language(nl=version.name_nl, en=version.name_en or version.name_nl),
        unit=in_language(nl=version.unit_nl, en=version.unit_en or version.unit_nl),
        per_cent=found[0].outcome.relevant_per_cent,
        better=version.better,
        here=own[0] if own else None,
        effects=effects,
        pooled=_pooled(effects),
        mark=first.mark,
    )


def _one_a_region(found: Sequence[Evidence]) -> tuple[RegionEffect, ...]:
    """The newest of each region, on the scale of the newest of all; the oldest first."""
    used: dict[int, RegionEffect] = {}
    scale = ""
    for one in found:
        row = one.outcome.pilot.initiative
        if row.region is None or one.error is None:
            continue
        scale = scale or one.scale
        if one.scale == scale and row.region.pk not in used:
            effect = RegionEffect(
                *(row.pk, row.region.name, adding(one), one.error),
                *(*span(one), one.verdict, one.at),
            )
            used[row.region.pk] = effect
    return tuple(sorted(used.values(), key=lambda one: one.at))


def _pooled(effects: Sequence[RegionEffect]) -> Pooled | None:
    told = [(one.estimate, one.error**2) for one in effects if one.error]
    if len(told) < 2:
        return None
    return pool([effect for effect, _v in told], [variance for _e, variance in told])


def _title(row: Initiative) -> str:
    return in_language(nl=row.title_nl, en=row.title_en or row.title_nl)


def _origin(one: Adoption, other: Initiative) -> Origin:
    region = other.region.name if other.region is not None else ""
    return Origin(other.pk, _title(other), region, one.changes, one.at)
