"""Columns in which the words of a row are kept, so that long tables are searched by an index.

`found_words` holds the Dutch stems of the texts, `found_parts` every end of every word as written
(of "wachtlijst" also "achtlijst", "chtlijst" and on): what stands anywhere inside a word stands at
the begin of one of its ends, which an index finds. PostgreSQL keeps both itself.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func

WORDS, PARTS = "found_words", "found_parts"


def words_of(*fields: str) -> models.GeneratedField:
    """The stems of these fields of the row."""
    return models.GeneratedField(
        expression=SearchVector(*fields, config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )


def parts_of(*fields: str) -> models.GeneratedField:
    """The ends of the words in these fields; `word_parts` is made by a migration of regions."""
    return models.GeneratedField(
        expression=Func(*(F(name) for name in fields), function="word_parts"),
        output_field=SearchVectorField(),
        db_persist=True,
    )


def indexes_of(name: str) -> list[GinIndex]:
    """The indexes of both, named after what the table holds."""
    return [
        GinIndex(fields=[WORDS], name=f"{name}_found_words"),
        GinIndex(fields=[PARTS], name=f"{name}_found_parts"),
    ]
