"""Every read of the yardstick."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from django.db.models import OuterRef, Q, Subquery

from vliegwiel import reference
from vliegwiel.apps.figures import in_language
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.yardstick import Progress, TargetLine, progress

from .models import Indicator, IndicatorVersion, Reading, Target
from .vocabulary import LARGEST_PERCENT, LONGEST_NAME, LONGEST_TEXT, Direction, Kind, Level, Role

__all__ = [
    "LARGEST_PERCENT",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "Definition",
    "DefinitionVersion",
    "Direction",
    "IndicatorHistory",
    "Kind",
    "Level",
    "PastTarget",
    "ReadingLine",
    "Role",
    "TargetNow",
    "breakdown_choices",
    "count_targets",
    "definition",
    "history_of",
    "library",
    "targets_of",
    "versions_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A version of an indicator in the reader's language; `own` is of the region itself."""

    id: int
    key: str
    number: int
    own: bool
    role: str
    name: str
    definition: str
    kind: str
    unit: str
    better: str
    level: str
    numerator: str
    denominator: str
    lowest: float | None
    highest: float | None
    breakdowns: tuple[str, ...]
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class TargetNow:
    """A target that counts, with how far it is; `readings` are day and value, oldest first."""

    definition: Definition
    base: float
    base_on: date
    percent: float
    due_on: date
    reason: str
    readings: tuple[tuple[date, float], ...]
    progress: Progress


@dataclass(frozen=True, slots=True)
class DefinitionVersion:
    """A version of an indicator with who made it when; nobody for those that ship."""

    definition: Definition
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PastTarget:
    """A target that was set; the newest of an indicator counts."""

    percent: float
    base: float
    base_on: date
    due_on: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """What an indicator was on a day; `counts` until a later reading of that day replaces it."""

    day: date
    value: float
    found_in: str
    by: str
    at: datetime
    counts: bool


@dataclass(frozen=True, slots=True)
class IndicatorHistory:
    """An indicator with every version, its target that counts, all targets and all readings."""

    versions: tuple[DefinitionVersion, ...]
    target: TargetNow | None
    targets: tuple[PastTarget, ...]
    readings: tuple[ReadingLine, ...]

    @property
    def now(self) -> Definition:
        return self.versions[0].definition


def history_of(region: Region, key: str, *, today: date) -> IndicatorHistory | None:
    """Everything of one indicator in a region; None where the region cannot use it."""
    found = IndicatorVersion.objects.filter(indicator__key=key)
    of_region = found.filter(indicator__region=region)
    chosen = of_region if of_region.exists() else found.filter(indicator__region__isnull=True)
    versions = list(chosen.select_related("indicator", "source", "by"))
    if not versions:
        return None
    indicator = versions[0].indicator_id
    rows = Target.objects.filter(region=region, version__indicator=indicator).select_related("by")
    of_indicator = Reading.objects.filter(region=region, version__indicator=indicator)
    seen: set[tuple[int, date]] = set()
    readings = []
    for one in of_indicator.order_by("-day", "-pk").select_related("by"):
        place = (one.version_id, one.day)
        readings.append(
            ReadingLine(one.day, one.value, one.found_in, str(one.by), one.at, place not in seen)
        )
        seen.add(place)
    return IndicatorHistory(
        tuple(
            DefinitionVersion(
                _definition(one), one.at, "" if one.indicator.region_id is None else str(one.by)
            )
            for one in versions
        ),
        next(iter(_targets(region, today, key=indicator)), None),
        tuple(
            PastTarget(
                *(one.percent, one.base, one.base_on, one.due_on, one.reason, str(one.by), one.at)
            )
            for one in rows
        ),
        tuple(readings),
    )


def library(region: Region | None) -> Sequence[Definition]:
    """The newest version of every indicator that ships or is of this region, by name."""
    newest = IndicatorVersion.objects.filter(indicator=OuterRef("pk")).order_by("-number")
    usable = Indicator.objects.filter(Q(region__isnull=True) | Q(region=region))
    ids = usable.annotate(newest=Subquery(newest.values("pk")[:1])).values("newest")
    found = IndicatorVersion.objects.filter(pk__in=ids).select_related("indicator", "source")
    return sorted(map(_definition, found), key=lambda one: one.name.casefold())


def definition(version: int, *, region: Region | None) -> Definition | None:
    """One version, also an older one; None when the region cannot use it."""
    usable = Q(indicator__region__isnull=True) | Q(indicator__region=region)
    found = IndicatorVersion.objects.filter(usable, pk=version)
    one = found.select_related("indicator", "source").first()
    return _definition(one) if one is not None else None


def versions_of(key: str, *, region: Region | None) -> Sequence[Definition]:
    """Every version of an indicator, the newest first; the region's own before one that ships."""
    found = IndicatorVersion.objects.filter(indicator__key=key).select_related(
        "indicator", "source"
    )
    own = list(found.filter(indicator__region=region)) if region is not None else []
    return [_definition(one) for one in own or found.filter(indicator__region__isnull=True)]


def targets_of(region: Region, *, today: date) -> Sequence[TargetNow]:
    """The target that counts of each indicator, with its progress. Two queries."""
    return _targets(region, today)


def count_targets(region: Region) -> int:
    """How many indicators have a target in this region."""
    return Target.objects.filter(region=region).values("version__indicator").distinct().count()


def breakdown_choices() -> Sequence[tuple[str, str]]:
    """What an indicator can be broken down by: key and name."""
    return [
        (item.key, in_language(nl=item.name.nl, en=item.name.en))
        for item in reference.indicator_library().breakdowns
    ]


def _targets(region: Region, today: date, *, key: int | None = None) -> Sequence[TargetNow]:
    newest = Target.objects.filter(
        region=region, version__indicator=OuterRef("version__indicator")
    ).order_by("-pk")
    rows = Target.objects.filter(region=region, pk=Subquery(newest.values("pk")[:1]))
    if key is not None:
        rows = rows.filter(version__indicator=key)
    current = list(
        rows.select_related("version__indicator", "version__source").order_by("due_on", "pk")
    )
    read: dict[int, dict[date, float]] = {}
    versions = [target.version_id for target in current]
    for one in Reading.objects.filter(region=region, version__in=versions).order_by("pk"):
        read.setdefault(one.version_id, {})[one.day] = one.value
    return [_target(target, read.get(target.version_id, {}), today) for target in current]


def _target(target: Target, read: dict[date, float], today: date) -> TargetNow:
    line = TargetLine(
        base=target.base,
        base_on=target.base_on,
        percent=target.percent,
        due_on=target.due_on,
        better=cast(Literal["higher", "lower"], target.version.better),
    )
    readings = tuple(sorted(read.items()))
    return TargetNow(
        _definition(target.version),
        target.base,
        target.base_on,
        target.percent,
        target.due_on,
        target.reason,
        readings,
        progress(line, readings, today=today),
    )


def _definition(one: IndicatorVersion) -> Definition:
    return Definition(
        id=one.pk,
        key=one.indicator.key,
        number=one.number,
        own=one.indicator.region_id is not None,
        role=one.role,
        name=_said(one, "name"),
        definition=_said(one, "definition"),
        kind=one.kind,
        unit=_said(one, "unit"),
        better=one.better,
        level=one.level,
        numerator=_said(one, "numerator"),
        denominator=_said(one, "denominator"),
        lowest=one.lowest,
        highest=one.highest,
        breakdowns=tuple(one.breakdowns),
        source=one.source.title if one.source is not None else "",
        place=one.place,
    )


def _said(one: IndicatorVersion, name: str) -> str:
    """A text in the reader's language; Dutch where there is no English."""
    dutch = str(getattr(one, f"{name}_nl"))
    return in_language(nl=dutch, en=str(getattr(one, f"{name}_en")) or dutch)
