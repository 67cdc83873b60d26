"""Loading insights that a document holds: what ships, or a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.db import transaction
from django.utils import timezone

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.insights.documents import number_of_own, read_insights
from vliegwiel.apps.insights.errors import InsightsRefused
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

#: From this likeness on (of 0 to 1) a line was worded better; below it, it is another line.
_NEARLY = 0.75


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
    must be loaded. Raises InsightsRefused when one has the number of an insight that the region
    made, and NotAllowed without the right to edit insights.
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
    _refuse_numbers_of_own(found.insights, region)
    sources = {source.key: source for source in Source.objects.all()}
    _keep_map(found, region=region, sources=sources)
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
    _keep_parts(shipped, insight, sources, by)
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
    shipped: reference.ShippedInsight, insight: Insight, sources: dict[str, Source], by: User
) -> None:
    _keep_heard(shipped, insight, sources, by)
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
    shipped: reference.ShippedInsight, insight: Insight, sources: dict[str, Source], by: User
) -> None:
    """What the document heard: renewed in place, so that other insights may go on resting on it."""
    region, start = insight.region, f"{shipped.number}."
    rows = list(
        Observation.objects.filter(region=region, shipped_key__startswith=start).order_by("pk")
    )
    pairs = _matched([heard.text.nl for heard in shipped.heard], rows)
    _let_go([row for row in rows if row not in pairs], insight, by)
    # A line may stand where another stood: all places are free before one is taken.
    Observation.objects.filter(pk__in=[row.pk for row in rows]).update(shipped_key="")
    for position, (row, heard) in enumerate(zip(pairs, shipped.heard, strict=True)):
        kept = row or Observation(region=region)
        kept.shipped_key = f"{start}{position}"
        # The document rests on interviews, save where it names another source itself.
        kept.kind = ObservationKind.REPORT if heard.cited_as else ObservationKind.INTERVIEW
        kept.text_nl, kept.text_en = heard.text.nl, heard.text.en
        kept.cited_as = heard.cited_as or ""
        kept.cited_source = sources[heard.cited_source] if heard.cited_source else None
        kept.save()
        mine = kept.supports.filter(insight=insight)
        if mine.exists():
            mine.filter(added_by__isnull=True).update(position=position)
        else:
            Support.objects.create(observation=kept, insight=insight, position=position)


def _matched(texts: Sequence[str], rows: Sequence[Observation]) -> Sequence[Observation | None]:
    """For each line of the document the row that says the same, or nearly so; None for a new one.

    The place in the document says nothing: one line more moves all that follow.
    """
    left = list(rows)
    found: list[Observation | None] = []
    for text in texts:
        same = next((row for row in left if row.text_nl == text), None)
        if same is not None:
            left.remove(same)
        found.append(same)
    for place, text in enumerate(texts):
        if found[place] is None:
            near = get_close_matches(text, [row.text_nl for row in left], n=1, cutoff=_NEARLY)
            found[place] = next((row for row in left if row.text_nl in near), None)
            left = [row for row in left if row is not found[place]]
    return found


def _let_go(rows: Sequence[Observation], insight: Insight, by: User) -> None:
    """Takes away what the document says no longer, save what other insights rest or rested on."""
    for row in rows:
        if not row.supports.exclude(insight=insight).exists():
            row.delete()
            continue
        row.supports.filter(insight=insight, ended_at__isnull=True).update(
            ended_at=timezone.now(), ended_by=by
        )


def _refuse_numbers_of_own(shipped: Sequence[reference.ShippedInsight], region: Region) -> None:
    """An insight that the region made keeps its number: elsewhere it is known by that."""
    own = set(Insight.objects.filter(region=region, is_own=True).values_list("number", flat=True))
    faults = [
        number_of_own(index, insight.number)
        for index, insight in enumerate(shipped)
        if insight.number in own
    ]
    if faults:
        raise InsightsRefused(faults)


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
