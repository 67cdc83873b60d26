"""Everything that the database holds, table by table, as it would be found by who looks for it."""

from django.db import connection

# What changes by itself: bookkeeping of the test and of the server.
_OTHERS = {"django_migrations", "django_content_type", "auth_permission"}


def tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if name not in _OTHERS]


def stored() -> dict[str, frozenset[str]]:
    """Every row of every table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            found[name] = frozenset(text for (text,) in cursor.fetchall())
    return found


def search(*texts: str) -> dict[str, list[str]]:
    """Rows in which one of these texts occurs, by table."""
    wanted = [text.casefold() for text in texts]
    found: dict[str, list[str]] = {}
    for name, rows in stored().items():
        hits = [row for row in rows if any(text in row.casefold() for text in wanted)]
        if hits:
            found[name] = hits
    return found
