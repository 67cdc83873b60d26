"""What is counted over all rows of a long table, kept until somebody writes in that table.

The migration of such a table lets the database note every change (`note_writing`). What is kept
stands under the marks of that moment and the version of the product: after a change nobody looks
there any more.
"""

import logging
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from django.core.cache import cache
from django.db import DatabaseError, models

from vliegwiel import __version__

from .models import TableWriting

_log = logging.getLogger(__name__)
_KEPT_FOR = 24 * 60 * 60

T = TypeVar("T")


def kept_count(table: type[models.Model], what: Hashable, count: Callable[[], T]) -> T:
    """What `count` gives for these rows; `what` says all that it hangs on besides the table.

    Without the cache, or in a table of which no change was noted, it is simply counted.
    """
    name = table._meta.db_table
    writings = TableWriting.objects.filter(table=name).order_by("pk")
    marks = "".join(mark.hex for mark in writings.values_list("mark", flat=True))
    if not marks:
        return count()
    key = f"count:{__version__}:{name}:{what!r}:{marks}"
    known = _kept(lambda: cache.get(key))
    if known is not None:
        return cast(T, known)
    found = count()
    _kept(lambda: cache.set(key, found, _KEPT_FOR))
    return found


def _kept(use: Callable[[], object]) -> object:
    """What the shared cache gives; None where it cannot be used."""
    try:
        return use()
    except DatabaseError:
        _log.warning("the shared cache cannot be used for counts", exc_info=True)
        return None
