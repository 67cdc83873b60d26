from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class WebConfig(AppConfig):
    name = "vliegwiel.web"
    label = "web"

    def ready(self) -> None:
        connection_created.connect(_expect_rows_in_memory)


def _expect_rows_in_memory(*, connection: Any, **_given: Any) -> None:
    """The tables of all regions fit in memory: there a row by its index costs hardly more than the
    next one. PostgreSQL assumes a turning disk, and would read whole tables.

    Asked of every connection, not when it is made: a pooler such as PgBouncer refuses that.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET random_page_cost = 1.1")
