"""Whether a query reads a document or a result whole: megabytes that a list of runs never shows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

#: A large text as a column; within a cast the database takes only a title out of it.
_WHOLE_TEXT = re.compile(r'"(document|result)"(?!\)::jsonb)')


@contextmanager
def no_whole_texts(*known: Model) -> Iterator[CaptureQueriesContext]:
    """Fails when a document or a result is read whole within it.

    That it would be seen is shown first, on rows that have one and are read on purpose.
    """
    assert known
    for row in known:
        with CaptureQueriesContext(connection) as on_purpose:
            type(row)._default_manager.get(pk=row.pk)
        assert _read_in(on_purpose), f"a {type(row).__name__} that is read whole is not seen"
    with CaptureQueriesContext(connection) as caught:
        yield caught
    assert _read_in(caught) == []


def _read_in(caught: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in caught if _WHOLE_TEXT.search(query["sql"])]
