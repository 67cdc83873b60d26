"""Finding Dutch texts by words, also inside compounds: what every app searches its rows with.

PostgreSQL reduces words to their stem ("wachttijden" to "wachttijd"). A stem is looked for as a
word, as the begin of one, and inside a longer one: "wachtlijst" finds "wachtlijstonderzoek" and
"jeugdhulpwachtlijst". A long word also finds the texts that hold a part of it. Nothing beyond
PostgreSQL itself is asked for: the extension for likeness of letters is not everywhere.

`find_in` reads the texts of all rows that it is given; a table that can grow long keeps its words
(`kept_words`) and is searched by `find_kept`, which finds the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add, and_, or_
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Func,
    IntegerField,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)

from .kept_words import PARTS, WORDS

_M = TypeVar("_M", bound=Model)

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_MOST_WORDS = 8
_LONGEST_WORD = 60
# Of shorter pieces nearly every text holds some by chance.
_SHORTEST_INSIDE = 4
_SHORTEST_COMPOUND = 9
_SHORTEST_PIECE = 6
_AROUND = 90
#: Of what stands in a long table the newest are ranked. Who finds more adds a word.
MOST_FOUND = 500


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """A word as typed, and its stem."""

    text: str
    stem: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for. Without words it finds nothing."""

    words: Sequence[SoughtWord]

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: `at` holds what its address needs, `about` one line of context.

    Without a title the text speaks for itself.
    """

    title: str
    text: str
    at: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits of one kind, and how many there are; with `too_many` not all were counted."""

    total: int
    hits: Sequence[Hit]
    too_many: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; `sought` where it is what was looked for."""

    text: str
    sought: bool


class _HoldsPart(Func):
    """Whether a text (as vector) holds a word that is a part of the long word given."""

    template = "EXISTS (SELECT 1 FROM unnest(tsvector_to_array(%(expressions)s) > 0)"
    arg_joiner = ")) AS part(word) WHERE length(part.word) >= 6 AND position(part.word in "
    output_field = BooleanField()


def sought(text: str) -> Sought:
    """The words of a search with their stems; words such as "de" and "het" are left out."""
    typed = [word[:_LONGEST_WORD].lower() for word in _WORD.findall(text.replace("\x00", ""))]
    typed = list(dict.fromkeys(typed))[:_MOST_WORDS]
    if not typed:
        return Sought(())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ts_lexize('dutch_stem', word) FROM unnest(%s::text[]) WITH ORDINALITY "
            "AS given(word, place) ORDER BY place",
            [typed],
        )
        stems = [row[0] for row in cursor.fetchall()]
    found = [SoughtWord(word, stem[0]) for word, stem in zip(typed, stems, strict=True) if stem]
    return Sought(tuple(found))


def find_kept(rows: QuerySet[_M], what: Sought, *, titles: Sequence[str]) -> QuerySet[_M]:
    """As `find_in`, by the words that the table keeps (`kept_words`): for tables that grow long.

    At most one more than `MOST_FOUND`, the newest: then there are more than that.
    """
    if not what:
        return rows.none()
    newest = rows.filter(holds(what)).order_by("-pk").values("pk")[: MOST_FOUND + 1]
    found: QuerySet[_M] = (
        rows.model._default_manager.filter(pk__in=newest)
        .defer(WORDS, PARTS)
        .annotate(found_score=_scores(what, titles, WORDS))
        .annotate(total=Window(Count("*")))
        .order_by("-found_score", "pk")
    )
    return found


def holds(what: Sought) -> Q:
    """That a row which keeps its words holds every one of these; there must be one at least."""
    return reduce(and_, (_is_kept(word) for word in what.words))


def find_in(
    rows: QuerySet[_M], what: Sought, *, titles: Sequence[str], texts: Sequence[str] = ()
) -> QuerySet[_M]:
    """The rows in which every word occurs, the best first, each with the `total` of them.

    `titles` and `texts` are fields; what stands in a title counts for more.
    """
    fields = [*titles, *texts]
    vector = SearchVector(*fields, config="dutch")
    by_word = [_matches(place, word, fields) for place, word in enumerate(what.words)]
    if not by_word:
        return rows.none()
    score = _scores(what, titles, "found_in")
    found: QuerySet[_M] = (
        rows.annotate(found_in=vector, **_parts(what, vector))
        .filter(reduce(and_, by_word))
        .annotate(found_score=score, total=Window(Count("*")))
        .order_by("-found_score", "pk")
    )
    return found


def find_texts(texts: Sequence[tuple[str, str]], what: Sought) -> Sequence[int]:
    """Which of these texts (title and words) hold every word, by place, the best first.

    For what does not stand in a table of its own, such as the parts of a document.
    """
    if not texts or not what:
        return []
    inside = [
        f"%{_like(word.stem)}%" if len(word.stem) >= _SHORTEST_INSIDE else "" for word in what.words
    ]
    titles, bodies = ([text[place] for text in texts] for place in (0, 1))
    given = [titles, bodies, [_lexeme(word) for word in what.words], inside]
    with connection.cursor() as cursor:
        cursor.execute(_FIND_TEXTS, given)
        return [row[0] - 1 for row in cursor.fetchall()]


_FIND_TEXTS = """
WITH given AS (
    SELECT place, title || ' ' || body AS whole, to_tsvector('dutch', title) AS heading,
           to_tsvector('dutch', title || ' ' || body) AS words
    FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS t(title, body, place))
, sought AS (SELECT * FROM unnest(%s::text[], %s::text[]) AS s(query, inside))
SELECT place FROM given JOIN sought
    ON words @@ query::tsquery OR (inside <> '' AND whole ILIKE inside)
GROUP BY place HAVING count(*) = (SELECT count(*) FROM sought)
ORDER BY sum((heading @@ query::tsquery)::int) DESC, place
"""


def _like(stem: str) -> str:
    return stem.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _parts(what: Sought, vector: SearchVector) -> dict[str, _HoldsPart]:
    return {
        f"part_{place}": _HoldsPart(vector, Value(word.text, output_field=TextField()))
        for place, word in enumerate(what.words)
        if len(word.text) >= _SHORTEST_COMPOUND
    }


def _query(word: SoughtWord) -> SearchQuery:
    return SearchQuery(_lexeme(word), search_type="raw", config="simple")


def _lexeme(word: SoughtWord) -> str:
    """The stem as PostgreSQL writes it in a query, and every word that begins with it."""
    return f"{_quoted(word.stem)}:*"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _inside(word: SoughtWord, fields: Sequence[str]) -> Q:
    return reduce(or_, (Q(**{f"{name}__icontains": word.stem}) for name in fields))


def _matches(place: int, word: SoughtWord, fields: Sequence[str]) -> Q:
    found = Q(found_in=_query(word))
    if len(word.stem) >= _SHORTEST_INSIDE:
        found |= _inside(word, fields)
    if len(word.text) >= _SHORTEST_COMPOUND:
        found |= Q(**{f"part_{place}": True})
    return found


def _is_kept(word: SoughtWord) -> Q:
    """As `_matches`, in terms that an index answers."""
    kept = [_lexeme(word)]
    if len(word.text) >= _SHORTEST_COMPOUND:
        # In one question, so that the words of a row are unpacked once.
        kept.append(_pieces(word))
    found = Q(**{WORDS: SearchQuery(" | ".join(kept), search_type="raw", config="simple")})
    if len(word.stem) >= _SHORTEST_INSIDE:
        found |= Q(**{PARTS: _query(word)})
    return found


def _pieces(word: SoughtWord) -> str:
    """Every piece of a long word that can be a word of a text."""
    size = len(word.text)
    pieces = {
        word.text[start:end]
        for start in range(size)
        for end in range(start + _SHORTEST_PIECE, size + 1)
    }
    return " | ".join(_quoted(piece) for piece in sorted(pieces))


def _scores(what: Sought, titles: Sequence[str], vector: str) -> Any:
    return reduce(add, (_score(word, titles, vector) for word in what.words))


def _score(word: SoughtWord, titles: Sequence[str], vector: str) -> Case:
    return Case(
        When(_inside(word, titles), then=Value(4)),
        When(**{vector: _query(word)}, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )


def found_of(rows: Sequence[Model] | QuerySet[Any], hits: Sequence[Hit]) -> Found:
    """What `find_in` gave, cut to its best: `rows` are those shown, each with the `total`."""
    return Found(int(getattr(rows[0], "total", 0)) if rows else 0, tuple(hits))


def newest_of(rows: Sequence[Model] | QuerySet[Any], hits: Sequence[Hit]) -> Found:
    """As `found_of`, of what `find_kept` gave."""
    found = found_of(rows, hits)
    return replace(found, too_many=found.total > MOST_FOUND)


def excerpt(text: str, what: Sought) -> Sequence[Piece]:
    """The part of a text around what was looked for, in pieces of which some are marked."""
    text = " ".join(text.split())
    stems = [re.escape(word.stem) for word in what.words]
    places = list(re.finditer("|".join(stems), text, re.IGNORECASE)) if stems else []
    first = places[0].start() if places else 0
    start = max(0, first - _AROUND)
    end = min(len(text), start + 3 * _AROUND)
    if start:
        start = text.find(" ", start) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    pieces = [Piece("… ", False)] if start else []
    at = start
    for place in places:
        if place.start() < at or place.end() > end:
            continue
        pieces += [Piece(text[at : place.start()], False), Piece(place.group(), True)]
        at = place.end()
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece.text]
