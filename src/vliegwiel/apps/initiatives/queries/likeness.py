"""Initiatives whose words are like those of a text: found while somebody still types."""

import math
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Func, OuterRef, Subquery, TextField

from vliegwiel.apps.initiatives.models import Initiative, StageStep
from vliegwiel.apps.initiatives.stages import Stage
from vliegwiel.apps.initiatives.words import Label, labels
from vliegwiel.apps.regions.rare_words import stems_of

from .register import InitiativeLine, Person, line_of, visible

#: Two stems in common at least: one word alone says little.
_LEAST_SHARED = 2
_LEAST_LIKENESS = 0.15
_LOOKED_AT = 40
_MOST_HOLDERS = 500
_LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Similar:
    """An initiative that is like a text. `likeness` is the cosine of the stems of both, 0 to 1.

    `shared_themes` are those in common, `lesson` is what was learned when it stopped.
    """

    line: InitiativeLine
    likeness: float
    shared_themes: Sequence[Label]
    other_weight: bool
    lesson: str

    @property
    def percent(self) -> int:
        return round(100 * self.likeness)


def similar_to(
    visitor: Person,
    text: str,
    *,
    themes: Collection[str] = (),
    weight: str = "",
    without: int | None = None,
    most: int = 5,
) -> Sequence[Similar]:
    """What `visitor` may see that is like `text`, the most alike first; stopped ones included.

    Words are compared as Dutch stems. In a long register only what shares one of the rarest of
    them is looked at. `without` leaves one out: the initiative itself.
    """
    stems = stems_of(text[:_LONGEST_TEXT], Initiative, "search", most=_MOST_HOLDERS)
    if len(stems.every) < _LEAST_SHARED:
        return []
    words = SearchQuery(_any_of(stems.rare), config="simple", search_type="raw")
    stopped = StageStep.objects.filter(initiative=OuterRef("pk"), target=Stage.STOPPED)
    rows = (
        visible(visitor)
        .filter(search=words)
        .exclude(pk=without or 0)
        .annotate(
            rank=SearchRank(F("search"), words),
            stems=Func(
                F("search"),
                function="tsvector_to_array",
                output_field=ArrayField(TextField()),
            ),
            lesson=Subquery(stopped.values("evidence")[:1]),
        )
        .select_related("region")
        .order_by("-rank", "-pk")[:_LOOKED_AT]
    )
    found = [
        _similar(row, likeness, themes, weight)
        for row in rows
        if (likeness := _cosine(stems.every, frozenset(row.stems))) >= _LEAST_LIKENESS
    ]
    return sorted(found, key=lambda one: -one.likeness)[:most]


def _similar(row: Initiative, likeness: float, themes: Collection[str], weight: str) -> Similar:
    lesson = getattr(row, "lesson", None)
    return Similar(
        line=line_of(row),
        likeness=likeness,
        shared_themes=labels("themes", [key for key in row.themes if key in themes]),
        other_weight=bool(weight and row.weight) and "both" not in (weight, row.weight)
        and weight != row.weight,
        lesson=lesson or "" if row.stage == Stage.STOPPED else "",
    )  # fmt: skip


def _cosine(first: Set[str], second: Set[str]) -> float:
    shared = len(first & second)
    if shared < _LEAST_SHARED:
        return 0.0
    return shared / math.sqrt(len(first) * len(second))


def _any_of(stems: Collection[str]) -> str:
    quoted = (stem.replace("\\", "\\\\").replace("'", "''") for stem in sorted(stems))
    return " | ".join(f"'{stem}'" for stem in quoted)
