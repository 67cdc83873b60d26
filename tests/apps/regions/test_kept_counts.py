"""What is counted over a long table is kept, and nobody who writes there waits for another one."""

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.regions import kept_counts
from vliegwiel.apps.regions.kept_counts import kept_count
from vliegwiel.apps.regions.models import TableWriting

# More than the places at which marks once stood: two connections then shared one.
_WRITERS = 17
_WRITE = "UPDATE initiatives_initiative SET title_nl = title_nl"


@pytest.mark.django_db(transaction=True)
def test_who_writes_at_the_same_time_does_not_wait() -> None:
    table = Initiative._meta.db_table
    writers = [
        connection.get_new_connection(connection.get_connection_params())
        for _one in range(_WRITERS)
    ]
    try:
        for _round in range(2):
            for writer in writers:
                writer.autocommit = False
                writer.execute("SET LOCAL lock_timeout = '1s'")
                writer.execute(_WRITE)
            before = set(TableWriting.objects.filter(table=table).values_list("mark", flat=True))
            for writer in writers:
                writer.commit()
            marks = TableWriting.objects.filter(table=table).values_list("mark", flat=True)
            assert len(set(marks) - before) == len(marks) == _WRITERS
    finally:
        for writer in writers:
            writer.close()


@pytest.mark.django_db
def test_another_version_counts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE)
    asked: list[int] = []

    def count() -> int:
        asked.append(1)
        return 0

    for version in ("1.0", "1.0", "2.0"):
        monkeypatch.setattr(kept_counts, "__version__", version)
        assert kept_count(Initiative, "all", count) == 0
    assert len(asked) == 2


@pytest.mark.django_db
def test_a_count_that_fails_is_told_and_a_cache_that_fails_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE)
    asked: list[int] = []

    def fail(*_given: object) -> int:
        asked.append(1)
        raise DatabaseError

    with pytest.raises(DatabaseError):
        kept_count(Initiative, "all", fail)
    assert len(asked) == 1
    monkeypatch.setattr(cache, "get", fail)
    monkeypatch.setattr(cache, "set", fail)
    assert kept_count(Initiative, "all", lambda: 3) == 3
