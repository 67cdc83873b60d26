"""Reads of what was heard: the register, one observation, and what could belong together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.insights.models import EarlierObservation, Insight, Observation, Support
from vliegwiel.apps.insights.vocabulary import ObservationKind, SourceRole
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rare_words import stems_of
from vliegwiel.apps.regions.searching import find_kept, sought

from .insights import InsightRef

_PER_PAGE = 25
_MOST_HOLDERS = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which observations of the register somebody wants to see; empty is all.

    `loose` asks for those on which no insight rests.
    """

    words: str = ""
    kind: str = ""
    role: str = ""
    loose: bool = False


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What stood there before; `text` is empty when it held a trace of a person."""

    version: int
    text: str
    kind_label: str
    role_label: str
    heard_on: date | None
    replaced_by: str
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class SupportInfo:
    """That an insight rested on the observation; `ended_at` is None where it still does."""

    insight: InsightRef
    added_by: str
    added_at: datetime
    ended_by: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class RegisteredObservation:
    """An observation in the register. `is_shipped` for one that a document tells."""

    id: int
    text: str
    kind: str
    kind_label: str
    role: str
    role_label: str
    heard_on: date | None
    version: int
    is_shipped: bool
    entered_by: str
    entered_at: datetime
    insights: Sequence[InsightRef]


@dataclass(frozen=True, slots=True)
class ObservationDetail:
    line: RegisteredObservation
    earlier: Sequence[EarlierText]
    supports: Sequence[SupportInfo]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Something that says alike. `shared` are the word stems that both have, the rarest first."""

    id: int
    score: float
    shared: Sequence[str]


def observation_kinds() -> Sequence[tuple[str, str]]:
    return [(str(kind), str(kind.label)) for kind in ObservationKind]


def source_roles() -> Sequence[tuple[str, str]]:
    return [(str(role), str(role.label)) for role in SourceRole]


def observations(region: Region, wanted: Wanted, page: int | str | None) -> Page[Any]:
    """A page of the register, the newest first or, with words, what fits best first."""
    rows: QuerySet[Observation] = Observation.objects.filter(region=region)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.role:
        rows = rows.filter(role=wanted.role)
    if wanted.loose:
        rows = rows.filter(~_supported())
    if wanted.words.strip():
        rows = find_kept(rows, sought(wanted.words), titles=["text_nl"])
    found: Page[Any] = Paginator(_with_insights(rows), _PER_PAGE).get_page(page)
    found.object_list = [_registered(row) for row in found.object_list]
    return found


def observation_counts(region: Region) -> tuple[int, int]:
    """How many observations the region has, and on how many of them no insight rests."""
    count = Observation.objects.filter(region=region).count()
    # Far fewer are supported than not: those are counted.
    standing = Support.objects.filter(ended_at__isnull=True, observation__region=region)
    supported = standing.aggregate(n=Count("observation", distinct=True))["n"]
    return count, count - supported


def observation(region: Region, pk: int) -> ObservationDetail | None:
    row = _with_insights(Observation.objects.filter(region=region, pk=pk)).first()
    if row is None:
        return None
    earlier = EarlierObservation.objects.filter(observation=row).select_related("replaced_by")
    supports = row.supports.select_related("insight", "added_by", "ended_by").order_by("pk")
    return ObservationDetail(
        line=_registered(row),
        earlier=[
            EarlierText(
                version=was.version,
                text=was.text,
                kind_label=was.get_kind_display(),
                role_label=was.get_role_display() if was.role else "",
                heard_on=was.heard_on,
                replaced_by=str(was.replaced_by),
                replaced_at=was.replaced_at,
            )
            for was in earlier
        ],
        supports=[_support(row) for row in supports],
    )


def observations_by_id(region: Region, pks: Collection[int]) -> Sequence[RegisteredObservation]:
    """Those of the region among these ids, in their order."""
    rows = {
        row.pk: _registered(row)
        for row in _with_insights(Observation.objects.filter(region=region, pk__in=pks))
    }
    return [rows[pk] for pk in dict.fromkeys(pks) if pk in rows]


def observations_like(
    region: Region, text: str, *, leave_out: Collection[int] = (), most: int = 12
) -> Sequence[tuple[RegisteredObservation, Likeness]]:
    """The observations of the region that say most like `text`, each with the words they share.

    A shared word counts for more the fewer observations hold it (inverse document frequency), and
    a long observation for less, with the root of its number of words. Two words have to be shared.
    In a region with very many the words that nearly all hold are not counted.
    """
    common = _too_common(region, text)
    found = _like(
        _HITS_IN_OBSERVATIONS, region, text, most=most, leave_out=leave_out, too_common=common
    )
    rows = {row.id: row for row in observations_by_id(region, [item.id for item in found])}
    return [(rows[item.id], item) for item in found]


def _too_common(region: Region, text: str) -> Collection[str]:
    """Stems not to look for. A region with few is looked through whole, however common a word is
    among those of other regions."""
    if not Observation.objects.filter(region=region)[_MOST_HOLDERS:].exists():
        return ()
    return stems_of(text, Observation, "words", most=_MOST_HOLDERS).common


def insights_like(region: Region, text: str, *, most: int = 5) -> Sequence[Likeness]:
    """The insights of the region that say most like `text`, also by what they rest on."""
    return _like(_HITS_IN_INSIGHTS, region, text, most=most)


# The stems that are looked for. What comes from outside goes in as parameters.
_SOUGHT = """
WITH sought AS (SELECT DISTINCT lexeme FROM unnest(to_tsvector('dutch', %(text)s))
                WHERE length(lexeme) > 2 AND lexeme <> ALL (%(too_common)s))
"""
_SCORED = """
    , rarity AS (SELECT lexeme, ln(1 + size.n::float / count(*)) AS worth
                 FROM hits, size GROUP BY lexeme, size.n)
SELECT hits.id, sum(worth) / sqrt(hits.words) AS score,
       array_agg(lexeme ORDER BY worth DESC, lexeme)
FROM hits JOIN rarity USING (lexeme)
WHERE hits.id <> ALL (%(leave_out)s)
GROUP BY hits.id, hits.words HAVING count(*) > 1
ORDER BY score DESC, hits.id LIMIT %(most)s
"""
# Each stem is looked up in the index, so that a long register is not read whole. As in a query of
# PostgreSQL a stem stands between quotes (character 39), and backslashes (92) are doubled.
_HITS_IN_OBSERVATIONS = """
    , quoted AS (
        SELECT lexeme, (chr(39) || replace(replace(lexeme, chr(92), repeat(chr(92), 2)), chr(39),
                                           repeat(chr(39), 2)) || chr(39))::tsquery AS query
        FROM sought)
    , size AS (SELECT count(*) AS n FROM insights_observation WHERE region_id = %(region)s)
    , hits AS MATERIALIZED (
        SELECT o.id, quoted.lexeme, length(o.words) AS words
        FROM quoted JOIN insights_observation o ON o.words @@ quoted.query
        WHERE o.region_id = %(region)s)
"""
_HITS_IN_INSIGHTS = """
    , texts AS (
        SELECT id, to_tsvector('dutch', title_nl || ' ' || summary_nl) AS words
        FROM insights_insight WHERE region_id = %(region)s
        UNION ALL
        SELECT s.insight_id, o.words FROM insights_support s
        JOIN insights_observation o ON o.id = s.observation_id
        WHERE o.region_id = %(region)s AND s.ended_at IS NULL)
    , bags AS (SELECT DISTINCT texts.id, w.lexeme FROM texts, unnest(texts.words) w)
    , lengths AS (SELECT id, count(*) AS words FROM bags GROUP BY id)
    , size AS (SELECT count(*) AS n FROM lengths)
    , hits AS (SELECT id, lexeme, words FROM bags JOIN sought USING (lexeme)
               JOIN lengths USING (id))
"""


def _like(
    hits: str,
    region: Region,
    text: str,
    *,
    most: int,
    leave_out: Collection[int] = (),
    too_common: Collection[str] = (),
) -> Sequence[Likeness]:
    given: dict[str, Any] = {
        # A text of PostgreSQL holds no NUL; what somebody types may.
        "text": text.replace("\0", " "),
        "region": region.pk,
        "leave_out": list(leave_out),
        "most": most,
        "too_common": list(too_common),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SOUGHT + hits + _SCORED, given)
        return [Likeness(pk, float(score), tuple(words)) for pk, score, words in cursor.fetchall()]


def _supported() -> Exists:
    return Exists(Support.objects.filter(observation=OuterRef("pk"), ended_at__isnull=True))


def _with_insights(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    standing = Support.objects.filter(ended_at__isnull=True).select_related("insight")
    rows = rows.select_related("entered_by").defer("words", "found_words", "found_parts")
    return rows.prefetch_related(
        Prefetch("supports", standing.order_by("insight__number"), to_attr="standing")
    )


def _registered(row: Observation) -> RegisteredObservation:
    standing: Sequence[Support] = getattr(row, "standing", ())
    return RegisteredObservation(
        id=row.pk,
        text=in_language(nl=row.text_nl, en=row.text_en or row.text_nl),
        kind=row.kind,
        kind_label=row.get_kind_display(),
        role=row.role,
        role_label=row.get_role_display() if row.role else "",
        heard_on=row.heard_on,
        version=row.version,
        is_shipped=bool(row.shipped_key),
        entered_by=str(row.entered_by) if row.entered_by else "",
        entered_at=row.entered_at,
        insights=[_ref(support.insight) for support in standing],
    )


def _support(row: Support) -> SupportInfo:
    return SupportInfo(
        insight=_ref(row.insight),
        added_by=str(row.added_by) if row.added_by else "",
        added_at=row.added_at,
        ended_by=str(row.ended_by) if row.ended_by else "",
        ended_at=row.ended_at,
    )


def _ref(insight: Insight) -> InsightRef:
    return InsightRef(
        insight.pk, insight.number, in_language(nl=insight.title_nl, en=insight.title_en)
    )
