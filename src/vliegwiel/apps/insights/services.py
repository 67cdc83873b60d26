"""Every change to insights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require

from .documents import read_insights
from .errors import PriorityRefused
from .models import (
    Chance,
    Consultation,
    Insight,
    InsightMap,
    InsightRelation,
    InsightSource,
    Observation,
    Priority,
    PriorityLevel,
)


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
    numbered = {
        insight.number: _keep_insight(
            insight, region=region, source=sources[found.source], sources=sources, by=by
        )
        for insight in found.insights
    }
    _keep_relations(found.insights, numbered)
    return InsightsLoaded(True, len(numbered), relations)


@transaction.atomic
def set_priority(
    *,
    insight_id: int,
    level: str,
    basis_for_all_projects: bool,
    reason: str,
    decided_by: str,
    decided_on: date,
    by: User,
) -> int:
    """Records a decision about an insight and returns its id; the earlier one is kept.

    `decided_by` names the group or person that decided, `by` who records it. The same decision
    again changes nothing. Raises PriorityRefused with a sentence per field that is wrong,
    Insight.DoesNotExist, and NotAllowed without the right to prioritise.
    """
    insight = Insight.objects.select_for_update().select_related("region").get(pk=insight_id)
    require(by, "insights.prioritise", insight.region)
    reason, decided_by = reason.strip(), decided_by.strip()
    _check_priority(level=level, reason=reason, decided_by=decided_by, decided_on=decided_on)
    current = insight.priorities.filter(replaced_at__isnull=True).first()
    if current is not None and (
        (current.level, current.basis_for_all_projects, current.decided_on)
        == (level, basis_for_all_projects, decided_on)
        and (current.reason_nl, current.decided_by_nl) == (reason, decided_by)
    ):
        return current.pk
    if current is not None:
        current.replaced_at = timezone.now()
        current.save(update_fields=["replaced_at"])
    return Priority.objects.create(
        insight=insight,
        level=level,
        basis_for_all_projects=basis_for_all_projects,
        reason_nl=reason,
        decided_by_nl=decided_by,
        decided_on=decided_on,
        recorded_by=by,
    ).pk


def _check_priority(*, level: str, reason: str, decided_by: str, decided_on: date) -> None:
    problems = {}
    if level not in PriorityLevel.values:
        problems["level"] = gettext("Choose one of the priorities in the list.")
    if not reason:
        problems["reason"] = gettext("Say why, so that others can follow the choice later.")
    if not decided_by:
        problems["decided_by"] = gettext("Say who decided this.")
    elif len(decided_by) > 200:
        problems["decided_by"] = gettext("Use at most 200 characters.")
    if decided_on > timezone.localdate():
        problems["decided_on"] = gettext("This day has not come yet.")
    if problems:
        raise PriorityRefused(problems)


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
    insight.observations.all().delete()
    Observation.objects.bulk_create(
        Observation(
            insight=insight,
            position=position,
            text_nl=heard.text.nl,
            text_en=heard.text.en,
            cited_as=heard.cited_as or "",
            cited_source=sources[heard.cited_source] if heard.cited_source else None,
        )
        for position, heard in enumerate(shipped.heard)
    )
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


def _keep_relations(
    shipped: Sequence[reference.ShippedInsight], numbered: dict[int, Insight]
) -> None:
    InsightRelation.objects.filter(origin__in=numbered.values()).delete()
    InsightRelation.objects.bulk_create(
        InsightRelation(origin=numbered[insight.number], target=numbered[number])
        for insight in shipped
        for number in insight.related_to
    )
