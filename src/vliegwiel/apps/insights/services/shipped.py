"""Loading insights that a document holds: what ships, or a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.insights.documents import read_insights
from vliegwiel.apps.insights.models import (
    Chance,
    Consultation,
    Insight,
    InsightMap,
    InsightRelation,
    InsightSource,
    Observation,
    Priority,
    Support,
)
from vliegwiel.apps.insights.vocabulary import ObservationKind
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require


@dataclass(frozen=True, slots=True)
class InsightsLoaded:
    """What a load brought; `changed` is False where this version stood there already."""

    changed: bool
    insights: int
    relations: int


@transaction.atomic
def load_shipped(*, region: Region, by: User) -> InsightsLoaded:
    """Loads the insights that ship for `region`; none ship for most regions.

    A version that was loaded before changes nothing, a newer one renews the texts. Priorities are
    set where an insight has none: what a region decided itself is never touched. The bibliography
    must be loaded. Raises NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    shipped = reference.insights_of(region.slug)
    if shipped is None:
        return InsightsLoaded(False, 0, 0)
    return _load(shipped, region=region, by=by)


@transaction.atomic
def load_insights(*, region: Region, document: bytes, by: User) -> InsightsLoaded:
    """Loads a document of insights about `region`, whole or not at all, as `load_shipped` does.

    Raises InsightsRefused with all faults, NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    known = frozenset(Source.objects.values_list("key", flat=True))
    found = read_insights(document, region=region.code, sources=known)
    return _load(found, region=region, by=by)


def _load(found: reference.ShippedInsights, *, region: Region, by: User) -> InsightsLoaded:
    # Two loads at once wait for each other.
    Region.objects.select_for_update().get(pk=region.pk)
    kept = InsightMap.objects.filter(region=region).first()
    relations = sum(len(insight.related_to) for insight in found.insights)
    if kept is not None and kept.version >= found.version:
        return InsightsLoaded(False, len(found.insights), relations)
    sources = {source.key: source for source in Source.objects.all()}
    _keep_map(found, region=region, sources=sources)
    _make_room(found.insights, region)
    numbered = {
        insight.number: _keep_insight(
            insight, region=region, source=sources[found.source], sources=sources, by=by
        )
        for insight in found.insights
    }
    _keep_relations(found.insights, numbered)
    return InsightsLoaded(True, len(numbered), relations)


def _keep_map(
    shipped: reference.ShippedInsights, *, region: Region, sources: dict[str, Source]
) -> None:
    source = sources[shipped.source]
    InsightMap.objects.update_or_create(
        region=region,
        defaults={
            "source": source,
            "version": shipped.version,
            "method_nl": shipped.method.nl,
            "method_en": shipped.method.en,
            "relations_note_nl": shipped.relations_note.nl,
            "relations_note_en": shipped.relations_note.en,
        },
    )
    for held in shipped.consultations:
        Consultation.objects.update_or_create(
            region=region,
            key=held.key,
            replaced_at=None,
            defaults={
                "start": held.start,
                "end": held.end,
                "group_nl": held.group.nl,
                "group_en": held.group.en,
                "result_nl": held.result.nl,
                "result_en": held.result.en,
                "source": source,
                "place": held.place,
            },
        )


def _keep_insight(
    shipped: reference.ShippedInsight,
    *,
    region: Region,
    source: Source,
    sources: dict[str, Source],
    by: User,
) -> Insight:
    insight, _created = Insight.objects.update_or_create(
        region=region,
        number=shipped.number,
        defaults={
            "title_nl": shipped.title.nl,
            "title_en": shipped.title.en,
            "summary_nl": shipped.summary.nl,
            "summary_en": shipped.summary.en,
            "chances_note_nl": shipped.chances_note.nl,
            "chances_note_en": shipped.chances_note.en,
            "initiatives_note_nl": shipped.running_initiatives_note.nl,
            "initiatives_note_en": shipped.running_initiatives_note.en,
        },
    )
    insight.sources.all().delete()
    InsightSource.objects.create(insight=insight, source=source, place=shipped.place)
    _keep_parts(shipped, insight, sources)
    if not insight.priorities.exists():
        priority = shipped.priority
        Priority.objects.create(
            insight=insight,
            level=priority.level,
            basis_for_all_projects=priority.basis_for_all_projects,
            reason_nl=priority.reason.nl,
            reason_en=priority.reason.en,
            decided_by_nl=priority.decided_by.nl,
            decided_by_en=priority.decided_by.en,
            decided_on=priority.decided_on,
            source=source,
            place=priority.place,
            recorded_by=by,
        )
    return insight


def _keep_parts(
    shipped: reference.ShippedInsight, insight: Insight, sources: dict[str, Source]
) -> None:
    _keep_heard(shipped, insight, sources)
    insight.chances.all().delete()
    Chance.objects.bulk_create(
        Chance(
            insight=insight,
            position=position,
            title_nl=chance.title.nl,
            title_en=chance.title.en,
            summary_nl=chance.summary.nl,
            summary_en=chance.summary.en,
        )
        for position, chance in enumerate(shipped.chances)
    )


def _keep_heard(
    shipped: reference.ShippedInsight, insight: Insight, sources: dict[str, Source]
) -> None:
    """What the document heard: renewed in place, so that other insights may go on resting on it."""
    region, start = insight.region, f"{shipped.number}."
    keys = [f"{start}{position}" for position in range(len(shipped.heard))]
    gone = Observation.objects.filter(region=region, shipped_key__startswith=start)
    gone.exclude(shipped_key__in=keys).delete()
    for position, (key, heard) in enumerate(zip(keys, shipped.heard, strict=True)):
        kept, _created = Observation.objects.update_or_create(
            region=region,
            shipped_key=key,
            defaults={
                # The document rests on interviews, save where it names another source itself.
                "kind": ObservationKind.REPORT if heard.cited_as else ObservationKind.INTERVIEW,
                "text_nl": heard.text.nl,
                "text_en": heard.text.en,
                "cited_as": heard.cited_as or "",
                "cited_source": sources[heard.cited_source] if heard.cited_source else None,
            },
        )
        if not kept.supports.filter(insight=insight).exists():
            Support.objects.create(observation=kept, insight=insight, position=position)


def _make_room(shipped: Sequence[reference.ShippedInsight], region: Region) -> None:
    """Gives insights of the region itself another number where a document has theirs."""
    taken = {insight.number for insight in shipped}
    numbers = set(Insight.objects.filter(region=region).values_list("number", flat=True))
    for own in Insight.objects.filter(region=region, is_own=True, number__in=taken):
        own.number = max(taken | numbers) + 1
        own.save(update_fields=["number"])
        numbers.add(own.number)


def _keep_relations(
    shipped: Sequence[reference.ShippedInsight], numbered: dict[int, Insight]
) -> None:
    InsightRelation.objects.filter(origin__in=numbered.values(), entered_by__isnull=True).delete()
    InsightRelation.objects.bulk_create(
        [
            InsightRelation(origin=numbered[insight.number], target=numbered[number])
            for insight in shipped
            for number in insight.related_to
        ],
        # Somebody of the region may have drawn one of these before the document printed it.
        ignore_conflicts=True,
    )
