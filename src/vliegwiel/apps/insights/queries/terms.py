"""Reads of terms: who means what by a word, and which words are to be marked on pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Prefetch, Q, QuerySet, Value

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.figures.queries import SourceInfo, source_info
from vliegwiel.apps.insights.models import Term, TermAlias, TermMeaning
from vliegwiel.apps.regions.models import Region


@dataclass(frozen=True, slots=True)
class MeaningInfo:
    """What a party means by the word; `source` is None for what somebody wrote here."""

    id: int
    party: str
    text: str
    source: SourceInfo | None
    place: str
    entered_by: str
    entered_at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class OtherWord:
    word: str
    source: SourceInfo | None
    place: str


@dataclass(frozen=True, slots=True)
class TermInfo:
    """A word with what each party means by it now, what they meant before, and its other words.

    `differs` when several parties were asked, so that the same word may mean different things.
    """

    id: int
    word: str
    is_shipped: bool
    meanings: Sequence[MeaningInfo]
    earlier: Sequence[MeaningInfo]
    others: Sequence[OtherWord]

    @property
    def differs(self) -> bool:
        return len(self.meanings) > 1


@dataclass(frozen=True, slots=True)
class MarkedWord:
    """A term to mark where it stands on a page: its word first, then the other words for it."""

    id: int
    words: Sequence[str]


def marked_words(region: Region) -> Sequence[MarkedWord]:
    """The words to look for on pages of the region, in one query."""
    rows = Term.objects.filter(region=region).annotate(
        others=ArrayAgg("aliases__word", filter=Q(aliases__isnull=False), default=Value([]))
    )
    return [
        MarkedWord(pk, (word, *others))
        for pk, word, others in rows.order_by("pk").values_list("pk", "word", "others")
    ]


def terms_by_id(region: Region, pks: Collection[int]) -> Sequence[TermInfo]:
    """Those of the region among these ids, by their word."""
    return [_term(row) for row in _terms(Term.objects.filter(region=region, pk__in=pks))]


def term_list(region: Region) -> Sequence[TermInfo]:
    """Every term of the region by its word."""
    return [_term(row) for row in _terms(Term.objects.filter(region=region))]


def term(region: Region, pk: int) -> TermInfo | None:
    row = _terms(Term.objects.filter(region=region, pk=pk)).first()
    return _term(row) if row is not None else None


def _terms(rows: QuerySet[Term]) -> QuerySet[Term]:
    return rows.prefetch_related(
        Prefetch("meanings", TermMeaning.objects.select_related("source", "entered_by")),
        Prefetch("aliases", TermAlias.objects.select_related("source")),
    )


def _term(row: Term) -> TermInfo:
    meanings = [_meaning(meaning) for meaning in row.meanings.all()]
    return TermInfo(
        id=row.pk,
        word=row.word,
        is_shipped=row.shipped,
        meanings=[meaning for meaning in meanings if meaning.replaced_at is None],
        earlier=[meaning for meaning in meanings if meaning.replaced_at is not None],
        others=[
            OtherWord(
                word=other.word,
                source=source_info(other.source) if other.source else None,
                place=other.place,
            )
            for other in row.aliases.all()
        ],
    )


def _meaning(row: TermMeaning) -> MeaningInfo:
    return MeaningInfo(
        id=row.pk,
        party=in_language(nl=row.party_nl, en=row.party_en or row.party_nl),
        text=in_language(nl=row.text_nl, en=row.text_en or row.text_nl),
        source=source_info(row.source) if row.source else None,
        place=row.place,
        entered_by=str(row.entered_by),
        entered_at=row.entered_at,
        replaced_at=row.replaced_at,
    )
