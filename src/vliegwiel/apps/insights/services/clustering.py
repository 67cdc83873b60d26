"""Making insights from what was heard: which observations they rest on, and what they touch."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from vliegwiel.apps.insights.errors import ChangedMeanwhile, InsightRefused, NotThere
from vliegwiel.apps.insights.models import (
    Chance,
    EarlierInsight,
    Insight,
    InsightRelation,
    Observation,
    Support,
)
from vliegwiel.apps.insights.vocabulary import (
    LARGEST_IN_DOCUMENT,
    LONGEST_OBSERVATION,
    LONGEST_TITLE,
    MOST_CHANCES,
)
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require


@transaction.atomic
def make_insight(
    *,
    region: Region,
    title: str,
    summary: str,
    observation_ids: Collection[int],
    by: User,
    entry_key: str = "",
) -> int:
    """Makes an insight of the region itself, resting on these observations; returns its number.

    The same again with the same `entry_key` (a form sent twice) makes nothing more; something else
    (typed after the back button) makes another insight. Its number lies above those of documents
    and stays. Raises InsightRefused with a sentence per field, NotThere for an observation that
    the region does not have, and NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    title, summary = title.strip(), summary.strip()
    _check(title, summary)
    Region.objects.select_for_update().get(pk=region.pk)
    key = entry_key[:64]
    known = Insight.objects.filter(region=region, entry_key=key).first() if key else None
    if known is not None and _is_alike(known, title, summary, observation_ids):
        return known.number
    last = Insight.objects.filter(region=region).aggregate(last=Max("number"))["last"] or 0
    insight = Insight.objects.create(
        region=region,
        number=max(last, LARGEST_IN_DOCUMENT) + 1,
        title_nl=title,
        title_en=title,
        summary_nl=summary,
        summary_en=summary,
        is_own=True,
        entered_by=by,
        entry_key="" if known else key,
    )
    _add(insight, _observations(region, observation_ids), by)
    return insight.number


@transaction.atomic
def change_insight(
    *,
    region: Region,
    insight_id: int,
    title: str,
    summary: str,
    chances: Sequence[tuple[str, str]],
    stands_in: str,
    seen: int,
    by: User,
) -> None:
    """Replaces the text of an insight that stood at version `seen`; what stood there is kept.

    `chances` are all that it names, titles with an explanation that may be empty; `stands_in` has a
    source a line. The same again changes nothing. Raises InsightRefused with a sentence per field,
    NotThere for one that the region does not have or that a document tells, ChangedMeanwhile when
    it stands at another version, and NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    title, summary = title.strip(), summary.strip()
    chances, stands_in = [(one.strip(), why.strip()) for one, why in chances], stands_in.strip()
    _check(title, summary, chances, stands_in)
    insight = _insight(region, insight_id)
    if not insight.is_own:
        raise NotThere
    now = [(one.title_nl, one.summary_nl) for one in insight.chances.all()]
    kept = (insight.title_nl, insight.summary_nl, now, insight.stands_in)
    if kept == (title, summary, chances, stands_in):
        return
    if insight.version != seen:
        raise ChangedMeanwhile
    EarlierInsight.objects.create(
        insight=insight,
        version=insight.version,
        title=insight.title_nl,
        summary=insight.summary_nl,
        chances="\n".join(": ".join(filter(None, pair)) for pair in now),
        stands_in=insight.stands_in,
        replaced_by=by,
    )
    insight.title_nl = insight.title_en = title
    insight.summary_nl = insight.summary_en = summary
    insight.stands_in = stands_in
    insight.version += 1
    changed = ["title_nl", "title_en", "summary_nl", "summary_en", "stands_in", "version"]
    insight.save(update_fields=changed)
    _set_chances(insight, chances)


def _set_chances(insight: Insight, chances: Sequence[tuple[str, str]]) -> None:
    insight.chances.all().delete()
    Chance.objects.bulk_create(
        Chance(
            insight=insight,
            position=position,
            title_nl=title,
            title_en=title,
            summary_nl=why,
            summary_en=why,
        )
        for position, (title, why) in enumerate(chances)
    )


@transaction.atomic
def support_insight(
    *, region: Region, insight_id: int, observation_ids: Collection[int], by: User
) -> int:
    """Lets an insight rest on these observations too; how many of them are new to it.

    Raises NotThere when the region lacks the insight or an observation, and NotAllowed.
    """
    require(by, "insights.edit", region)
    insight = _insight(region, insight_id)
    return _add(insight, _observations(region, observation_ids), by)


@transaction.atomic
def set_supported(
    *,
    region: Region,
    observation_id: int,
    insight_ids: Collection[int],
    seen: Collection[int],
    by: User,
) -> None:
    """Lets exactly these insights rest on an observation; `seen` are those that did on the page.

    What is taken off is kept, with who did it and when. Raises ChangedMeanwhile when others rest
    on it by now than was seen, NotThere, and NotAllowed without the right to edit insights.
    """
    require(by, "insights.edit", region)
    observation = _observations(region, [observation_id])[0]
    insights = {row.pk: row for row in Insight.objects.filter(region=region)}
    if not insights.keys() >= set(insight_ids):
        raise NotThere
    now = {row.insight_id: row for row in observation.supports.filter(ended_at__isnull=True)}
    if now.keys() == set(insight_ids):
        return
    if now.keys() != set(seen):
        raise ChangedMeanwhile
    for insight_id, support in now.items():
        if insight_id not in insight_ids:
            _end(support, by)
    for insight_id in set(insight_ids) - now.keys():
        _add(insights[insight_id], [observation], by)


@transaction.atomic
def end_support(*, region: Region, insight_id: int, observation_id: int, by: User) -> None:
    """Takes an observation off an insight; that it once rested on it is kept.

    Doing it twice changes nothing. Raises NotThere, and NotAllowed.
    """
    require(by, "insights.edit", region)
    insight = _insight(region, insight_id)
    standing = insight.supports.filter(observation_id=observation_id, ended_at__isnull=True)
    for support in standing.select_for_update():
        _end(support, by)


@transaction.atomic
def set_relations(
    *,
    region: Region,
    insight_id: int,
    names: Collection[int],
    seen: Collection[int],
    by: User,
) -> None:
    """Draws the relations of an insight that the region adds itself: the ids of what it names.

    Those that a document prints stay. `seen` are the ids that it named on the page. Raises
    ChangedMeanwhile when it names others by now, NotThere, and NotAllowed without the right.
    """
    require(by, "insights.edit", region)
    insight = _insight(region, insight_id)
    targets = Insight.objects.filter(region=region, pk__in=names).exclude(pk=insight.pk)
    if len(targets) != len(set(names)):
        raise NotThere
    drawn = dict(insight.relations.values_list("target_id", "entered_by_id"))
    printed = {target for target, who in drawn.items() if who is None}
    if drawn.keys() == printed | set(names):
        return
    if drawn.keys() != set(seen):
        raise ChangedMeanwhile
    insight.relations.filter(entered_by__isnull=False).exclude(target__in=targets).delete()
    InsightRelation.objects.bulk_create(
        InsightRelation(origin=insight, target=target, entered_by=by)
        for target in targets
        if target.pk not in drawn
    )


def _is_alike(known: Insight, title: str, summary: str, observation_ids: Collection[int]) -> bool:
    rested = set(known.supports.values_list("observation_id", flat=True))
    words = (known.title_nl, known.summary_nl)
    return words == (title, summary) and rested == set(observation_ids)


def _add(insight: Insight, observations: Sequence[Observation], by: User) -> int:
    standing = insight.supports.filter(ended_at__isnull=True)
    known = set(standing.values_list("observation_id", flat=True))
    last = insight.supports.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    added = [row for row in observations if row.pk not in known]
    Support.objects.bulk_create(
        Support(observation=row, insight=insight, position=first + step, added_by=by)
        for step, row in enumerate(added)
    )
    return len(added)


def _end(support: Support, by: User) -> None:
    support.ended_at, support.ended_by = timezone.now(), by
    support.save(update_fields=["ended_at", "ended_by"])


def _insight(region: Region, pk: int) -> Insight:
    # Two changes of what an insight rests on wait for each other.
    found = Insight.objects.select_for_update().filter(region=region, pk=pk).first()
    if found is None:
        raise NotThere
    return found


def _observations(region: Region, pks: Collection[int]) -> Sequence[Observation]:
    found = {
        row.pk: row
        for row in Observation.objects.select_for_update().filter(region=region, pk__in=pks)
    }
    if len(found) != len(set(pks)):
        raise NotThere
    return [found[pk] for pk in dict.fromkeys(pks)]


def _check(
    title: str, summary: str, chances: Sequence[tuple[str, str]] = (), stands_in: str = ""
) -> None:
    problems = {}
    if len(chances) > MOST_CHANCES:
        problems["chances"] = gettext("Name at most %(n)s chances.") % {"n": MOST_CHANCES}
    elif any(not 0 < len(one) <= LONGEST_TITLE for one, _why in chances):
        problems["chances"] = gettext(
            "Give every chance a name of at most %(n)s characters; a colon ends the name."
        ) % {"n": LONGEST_TITLE}
    if len(stands_in) > LONGEST_OBSERVATION:
        words = gettext("Use at most %(n)s characters.") % {"n": LONGEST_OBSERVATION}
        problems["stands_in"] = words
    if not title:
        problems["title"] = gettext("Say in one sentence what you have come to understand.")
    elif len(title) > LONGEST_TITLE:
        problems["title"] = gettext("Use at most %(n)s characters.") % {"n": LONGEST_TITLE}
    if not summary:
        problems["summary"] = gettext("Explain it in a few sentences.")
    elif len(summary) > LONGEST_OBSERVATION:
        problems["summary"] = gettext("Use at most %(n)s characters.") % {"n": LONGEST_OBSERVATION}
    if problems:
        raise InsightRefused(problems)
