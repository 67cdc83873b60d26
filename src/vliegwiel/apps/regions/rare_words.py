"""The words of a text that few rows of a long table hold: those tell what a text is about.

How common a word is stands in the statistics that PostgreSQL keeps of the table. Before they are
made every word counts as rare: then the table is new, or short.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from django.db import connection, models


@dataclass(frozen=True, slots=True)
class Stems:
    """The Dutch stems of a text, and those of them by which a long table is looked through."""

    every: Set[str]
    rare: Set[str]

    @property
    def common(self) -> Set[str]:
        return self.every - self.rare


def stems_of(text: str, table: type[models.Model], column: str, *, most: int) -> Stems:
    """The stems of `text`; rare are those that about `most` rows hold together, and always two.

    `column` is where the table keeps its words, as a vector.
    """
    given: dict[str, Any] = {
        # A text of PostgreSQL holds no NUL; what somebody types may.
        "text": text.replace("\x00", " "),
        "table": table._meta.db_table,
        "column": column,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, given)
        found = cursor.fetchall()
    return Stems(frozenset(stem for stem, _ in found), frozenset(s for s, rare in found if rare))


# The shares of the words are followed by two numbers that belong to no word.
_STEMS = """
WITH common AS (
    SELECT unnest(most_common_elems::text::text[]) AS stem, unnest(most_common_elem_freqs) AS share
    FROM pg_stats
    WHERE schemaname = current_schema() AND tablename = %(table)s AND attname = %(column)s)
, size AS (
    SELECT greatest(reltuples, 0) AS n FROM pg_class
    WHERE relname = %(table)s AND relnamespace = current_schema()::regnamespace)
, given AS (
    SELECT stem, n * coalesce(share, 0) AS holders
    FROM unnest(tsvector_to_array(to_tsvector('dutch', %(text)s))) AS stem
    CROSS JOIN size LEFT JOIN common USING (stem))
SELECT stem, row_number() OVER rarest_first <= 2 OR sum(holders) OVER rarest_first <= %(most)s
FROM given WINDOW rarest_first AS (ORDER BY holders, stem)
"""
