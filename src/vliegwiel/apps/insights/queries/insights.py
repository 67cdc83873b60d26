"""Reads of insights. The layout of the map is drawn elsewhere; here are nodes and edges."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.figures.queries import SourceInfo, source_info
from vliegwiel.apps.insights.models import (
    Consultation,
    EarlierInsight,
    Insight,
    InsightMap,
    InsightRelation,
    InsightSource,
    Observation,
    Priority,
    Support,
)
from vliegwiel.apps.insights.vocabulary import PriorityLevel, has_number, numbered
from vliegwiel.apps.regions.models import Region


class _Named:
    """How readers call an insight: a published one has a number, the region's own has none."""

    __slots__ = ()
    number: int
    title: str

    @property
    def name(self) -> str:
        return numbered(self.number, self.title)

    @property
    def short(self) -> str:
        """Its number alone; the title of one that has none."""
        return str(self.number) if has_number(self.number) else self.title


@dataclass(frozen=True, slots=True)
class InsightRef(_Named):
    """Enough of an insight to point to it."""

    id: int
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class PriorityInfo:
    """A decision about an insight. `replaced_at` is None for the one in force."""

    level: str
    level_label: str
    basis_for_all_projects: bool
    reason: str
    decided_by: str
    decided_on: date
    source: SourceInfo | None
    place: str
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChanceInfo:
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class ObservationInfo:
    """Something heard or read. `cited_as` is the document's own source for it, unchecked."""

    id: int
    text: str
    cited_as: str
    cited_source: SourceInfo | None
    kind_label: str
    role_label: str
    heard_on: date | None


@dataclass(frozen=True, slots=True)
class SourcePlace:
    source: SourceInfo
    place: str


@dataclass(frozen=True, slots=True)
class InsightDetail(_Named):
    """An insight with all that belongs to it.

    `relates_to` is what is printed with this insight, `related_from` are the insights that name
    it. The notes say why a list is empty, where the source is the reason. One that the region made
    itself (`is_own`) can be changed here, as it stands at `version`.
    """

    id: int
    number: int
    title: str
    summary: str
    observations: Sequence[ObservationInfo]
    chances: Sequence[ChanceInfo]
    chances_note: str
    initiatives_note: str
    relates_to: Sequence[InsightRef]
    related_from: Sequence[InsightRef]
    priority: PriorityInfo | None
    earlier_priorities: Sequence[PriorityInfo]
    sources: Sequence[SourcePlace]
    is_own: bool
    version: int
    stands_in: Sequence[str]


@dataclass(frozen=True, slots=True)
class EarlierInsightInfo:
    """What an insight said before."""

    title: str
    summary: str
    chances: str
    stands_in: str
    replaced_by: str
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class InsightNode(_Named):
    """An insight on the map. `out_degree` counts what it names, `in_degree` who names it."""

    id: int
    number: int
    title: str
    level: str
    level_label: str
    basis_for_all_projects: bool
    out_degree: int
    in_degree: int


@dataclass(frozen=True, slots=True)
class InsightEdge:
    """From one insight's number to another's, as printed; `is_mutual` when also printed back."""

    origin: int
    target: int
    is_mutual: bool


@dataclass(frozen=True, slots=True)
class InsightMapData:
    """The map of a region: nodes by number, edges as printed (a mutual pair gives two)."""

    nodes: Sequence[InsightNode]
    edges: Sequence[InsightEdge]
    method: str
    relations_note: str
    source: SourceInfo | None


@dataclass(frozen=True, slots=True)
class ConsultationInfo:
    """`source` is None for one that somebody recorded here; `earlier` is how it was told before."""

    id: int
    start: date
    end: date
    group: str
    result: str
    reason: str
    source: SourceInfo | None
    place: str
    recorded_by: str
    recorded_at: datetime | None
    earlier: Sequence["ConsultationInfo"] = ()


def insight_map(region: Region) -> InsightMapData:
    """The map; without nodes for a region that has no insights yet."""
    details = insight_list(region)
    pairs = [(detail.number, ref.number) for detail in details for ref in detail.relates_to]
    about = InsightMap.objects.filter(region=region).select_related("source").first()
    return InsightMapData(
        nodes=[_node(detail) for detail in details],
        edges=[InsightEdge(origin, target, (target, origin) in pairs) for origin, target in pairs],
        method=in_language(nl=about.method_nl, en=about.method_en) if about else "",
        relations_note=(
            in_language(nl=about.relations_note_nl, en=about.relations_note_en) if about else ""
        ),
        source=source_info(about.source) if about else None,
    )


def insight_list(region: Region) -> Sequence[InsightDetail]:
    """All insights of a region by number: the list form of the map."""
    return [_detail(insight) for insight in _insights(region)]


def insight_detail(region: Region, number: int) -> InsightDetail | None:
    insight = _insights(region).filter(number=number).first()
    return _detail(insight) if insight else None


def earlier_insights(insight_id: int) -> Sequence[EarlierInsightInfo]:
    """What an insight said before, the newest first."""
    rows = EarlierInsight.objects.filter(insight=insight_id).select_related("replaced_by")
    return [
        EarlierInsightInfo(
            *(row.title, row.summary, row.chances, row.stands_in),
            *(str(row.replaced_by), row.replaced_at),
        )
        for row in rows
    ]


def chances_as_text(detail: InsightDetail) -> str:
    """The chances as somebody types them: one a line, what explains it after a colon."""
    return "\n".join(": ".join(filter(None, (one.title, one.summary))) for one in detail.chances)


def priority_levels() -> Sequence[tuple[str, str]]:
    """Every priority that an insight can get, with its label, the most urgent first."""
    return [(str(level), str(level.label)) for level in PriorityLevel]


def focus_insights(region: Region) -> Sequence[InsightDetail]:
    """The insights that have focus now."""
    return [
        detail
        for detail in insight_list(region)
        if detail.priority and detail.priority.level == PriorityLevel.FOCUS
    ]


def consultations(region: Region) -> Sequence[ConsultationInfo]:
    """The groups that the insights were put to, oldest first, each with how it was told before."""
    rows = list(
        Consultation.objects.filter(region=region)
        .select_related("source", "recorded_by")
        .order_by("start", "-pk")
    )
    earlier: dict[str, list[ConsultationInfo]] = {}
    for held in rows:
        if held.replaced_at is not None:
            earlier.setdefault(held.key, []).append(_consultation(held))
    return [
        _consultation(held, earlier.get(held.key, ())) for held in rows if held.replaced_at is None
    ]


def consultation(region: Region, pk: int) -> ConsultationInfo | None:
    """A consultation that was recorded here and stands; None for any other."""
    return next(
        (held for held in consultations(region) if held.id == pk and held.source is None), None
    )


def _consultation(held: Consultation, earlier: Sequence[ConsultationInfo] = ()) -> ConsultationInfo:
    return ConsultationInfo(
        id=held.pk,
        start=held.start,
        end=held.end,
        group=in_language(nl=held.group_nl, en=held.group_en),
        result=in_language(nl=held.result_nl, en=held.result_en),
        reason=held.reason,
        source=source_info(held.source) if held.source else None,
        place=held.place,
        recorded_by=str(held.recorded_by) if held.recorded_by else "",
        recorded_at=held.recorded_at,
        earlier=earlier,
    )


def _insights(region: Region) -> QuerySet[Insight]:
    return Insight.objects.filter(region=region).prefetch_related(
        "chances",
        Prefetch(
            "supports",
            Support.objects.filter(ended_at__isnull=True).select_related(
                "observation__cited_source"
            ),
        ),
        Prefetch("relations", InsightRelation.objects.select_related("target")),
        Prefetch("related_from", InsightRelation.objects.select_related("origin")),
        Prefetch("priorities", Priority.objects.select_related("source")),
        Prefetch("sources", InsightSource.objects.select_related("source")),
    )


def _detail(insight: Insight) -> InsightDetail:
    priorities = [_priority(priority) for priority in insight.priorities.all()]
    return InsightDetail(
        id=insight.pk,
        number=insight.number,
        title=in_language(nl=insight.title_nl, en=insight.title_en),
        summary=in_language(nl=insight.summary_nl, en=insight.summary_en),
        observations=[_heard(support.observation) for support in insight.supports.all()],
        chances=[
            ChanceInfo(
                title=in_language(nl=chance.title_nl, en=chance.title_en),
                summary=in_language(nl=chance.summary_nl, en=chance.summary_en),
            )
            for chance in insight.chances.all()
        ],
        chances_note=in_language(nl=insight.chances_note_nl, en=insight.chances_note_en),
        initiatives_note=in_language(
            nl=insight.initiatives_note_nl, en=insight.initiatives_note_en
        ),
        relates_to=_sorted_refs(relation.target for relation in insight.relations.all()),
        related_from=_sorted_refs(relation.origin for relation in insight.related_from.all()),
        priority=next((item for item in priorities if item.replaced_at is None), None),
        earlier_priorities=[item for item in priorities if item.replaced_at is not None],
        sources=[
            SourcePlace(source_info(link.source), link.place) for link in insight.sources.all()
        ],
        is_own=insight.is_own,
        version=insight.version,
        stands_in=insight.stands_in.splitlines(),
    )


def _heard(heard: Observation) -> ObservationInfo:
    return ObservationInfo(
        id=heard.pk,
        text=in_language(nl=heard.text_nl, en=heard.text_en or heard.text_nl),
        cited_as=heard.cited_as,
        cited_source=source_info(heard.cited_source) if heard.cited_source else None,
        kind_label=heard.get_kind_display(),
        role_label=heard.get_role_display() if heard.role else "",
        heard_on=heard.heard_on,
    )


def _sorted_refs(insights: Iterable[Insight]) -> Sequence[InsightRef]:
    return [
        InsightRef(
            insight.pk, insight.number, in_language(nl=insight.title_nl, en=insight.title_en)
        )
        for insight in sorted(insights, key=lambda insight: insight.number)
    ]


def _priority(priority: Priority) -> PriorityInfo:
    return PriorityInfo(
        level=priority.level,
        level_label=priority.get_level_display(),
        basis_for_all_projects=priority.basis_for_all_projects,
        reason=in_language(nl=priority.reason_nl, en=priority.reason_en or priority.reason_nl),
        decided_by=in_language(
            nl=priority.decided_by_nl, en=priority.decided_by_en or priority.decided_by_nl
        ),
        decided_on=priority.decided_on,
        source=source_info(priority.source) if priority.source else None,
        place=priority.place,
        replaced_at=priority.replaced_at,
    )


def _node(detail: InsightDetail) -> InsightNode:
    priority = detail.priority
    return InsightNode(
        id=detail.id,
        number=detail.number,
        title=detail.title,
        level=priority.level if priority else "",
        level_label=priority.level_label if priority else "",
        basis_for_all_projects=bool(priority and priority.basis_for_all_projects),
        out_degree=len(detail.relates_to),
        in_degree=len(detail.related_from),
    )
