"""One initiative with what belongs to it, and its history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.figures.queries import SourceInfo, source_info
from vliegwiel.apps.initiatives.facts import KEY_FIELDS, Facts
from vliegwiel.apps.initiatives.models import FactsVersion, Initiative, StageStep
from vliegwiel.apps.initiatives.stages import Stage
from vliegwiel.apps.initiatives.words import Label, labels, programme_labels
from vliegwiel.apps.insights.queries import InsightRef

from .register import InitiativeLine, line_of

#: Facets that a page lists with their words; programmes and weight are shown by themselves.
_SHOWN = ("themes", "questions", "actors", "cooperation", "financing", "trends")


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step that was taken. `origin_label` is empty for the first."""

    origin_label: str
    target: str
    target_label: str
    reason: str
    evidence: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PastVersion:
    """Who changed the facts when, and the words for what became otherwise."""

    number: int
    title: str
    changed: Sequence[str]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InitiativeDetail:
    """`facets` maps a facet to its words; chances are used, barriers are in the way."""

    line: InitiativeLine
    facets: Mapping[str, Sequence[Label]]
    chances: Sequence[Label]
    barriers: Sequence[Label]
    programmes: Sequence[Label]
    programmes_note: str
    insights: Sequence[InsightRef]
    steps: Sequence[StepTaken]
    versions: Sequence[PastVersion]
    source: SourceInfo | None
    place: str
    palette_key: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class FactsNow:
    """What counts now, with the version to name when it is changed."""

    facts: Facts
    version: int


def detail_of(line: InitiativeLine) -> InitiativeDetail:
    """All that is public about an initiative, for whoever got its line."""
    row = Initiative.objects.select_related("region", "source").get(pk=line.id)
    factors = labels("factors", row.factors)
    return InitiativeDetail(
        line=line_of(row),
        facets={name: labels(name, getattr(row, name)) for name in _SHOWN},
        chances=[label for label in factors if label.key.startswith("chance_")],
        barriers=[label for label in factors if label.key.startswith("barrier_")],
        programmes=programme_labels(line.region_slug, row.programmes),
        programmes_note=row.programmes_note,
        insights=[
            InsightRef(
                link.insight_id,
                link.insight.number,
                in_language(nl=link.insight.title_nl, en=link.insight.title_en),
            )
            for link in row.insight_links.select_related("insight")
        ],
        steps=[_step(step) for step in row.steps.select_related("by")],
        versions=_versions(list(row.facts_versions.select_related("by"))),
        source=source_info(row.source) if row.source else None,
        place=row.place,
        palette_key=row.palette_key,
        made_at=row.made_at,
    )


def facts_now(pk: int) -> FactsNow | None:
    """What a form is filled with."""
    row = Initiative.objects.filter(pk=pk).first()
    if row is None:
        return None
    numbers = row.insight_links.values_list("insight__number", flat=True)
    return FactsNow(facts_of(row, numbers), row.version)


def facts_of(row: Initiative, insights: Iterable[int]) -> Facts:
    """The facts of an initiative that answers the insights with these numbers."""
    given = {name: tuple(getattr(row, name)) for name in KEY_FIELDS}
    return Facts(
        title=row.title_nl,
        summary=row.summary_nl,
        programmes_note=row.programmes_note,
        weight=row.weight,
        insights=tuple(insights),
        **given,
    )


def _step(step: StageStep) -> StepTaken:
    return StepTaken(
        origin_label=str(Stage(step.origin).label) if step.origin else "",
        target=step.target,
        target_label=str(Stage(step.target).label),
        reason=step.reason,
        evidence=step.evidence,
        by=str(step.by),
        at=step.at,
    )


def _versions(rows: Sequence[FactsVersion]) -> Sequence[PastVersion]:
    # The first version has none before it; what ships has no versions at all.
    before = [*rows[1:], None][: len(rows)]
    return [
        PastVersion(
            number=row.number,
            title=str(row.facts.get("title", "")),
            changed=[
                name
                for name in row.facts
                if old is not None and old.facts.get(name) != row.facts[name]
            ],
            by=str(row.by),
            at=row.at,
        )
        for row, old in zip(rows, before, strict=True)
    ]
