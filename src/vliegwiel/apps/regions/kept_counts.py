"""What is counted over all rows of a long table, kept until somebody writes in that table.

The migration of such a table lets the database note every change (`note_writing`). What is kept
stands under the marks of that moment: after a change nobody looks there any more.
"""

import logging
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from django.core.cache import cache
from django.db import DatabaseError, models

from .models import TableWriting

_log = logging.getLogger(__name__)
_KEPT_FOR = 24 * 60 * 60

T = TypeVar("T")


def kept_count(table: type[models.Model], what: Hashable, count: Callable[[], T]) -> T:
    """What `count` gives for these rows; `what` says all that it hangs on besides the table.

    Without the cache, or in a table of which no change was noted, it is simply counted.
    """
    name = table._meta.db_table
    writings = TableWriting.objects.filter(table=name).order_by("place")
    marks = "".join(mark.hex for mark in writings.values_list("mark", flat=True))
    if not marks:
        return count()
    key = f"count:{name}:{what!r}:{marks}"
    try:
        found = cache.get(key)
        if found is None:
            found = count()
            cache.set(key, found, _KEPT_FOR)
    except DatabaseError:
        _log.warning("the shared cache cannot be used for counts", exc_info=True)
        return count()
    return cast(T, found)
