"""What the columns of a table are called and hold, for who reads one and for who makes one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is for programs; a file may have the Dutch `heading` instead."""

    name: str
    heading: str
    holds: str
    required: bool = False


def in_words(columns: Sequence[Column]) -> Sequence[Column]:
    """The columns in their order, with what they hold in the reader's language."""
    return [replace(column, holds=gettext(column.holds)) for column in columns]
