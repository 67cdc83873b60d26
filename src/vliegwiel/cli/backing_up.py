"""A backup of the database: all that a region keeps, as it stands at one moment.

Imported once Django is set up. Left out is what says who is logged in, and the cache, in which
files wait that nobody has confirmed yet.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from vliegwiel import __version__

from .backup_file import BackupWriter, Manifest

#: Made anew by bringing a database up to date.
MIGRATIONS = "django_migrations"
Report = Callable[[int, int], None]

_TABLES = """
    SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES = """
    SELECT sequencename::text, coalesce(last_value, start_value), last_value IS NOT NULL
    FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1
"""


def back_up(path: Path, report: Report) -> Manifest:
    """Writes a backup of the whole database to a file that is not there yet.

    Everything is read in one transaction, so that tables fit together while others go on working.
    Raises FileExistsError, or OSError when the file cannot be written.
    """
    with BackupWriter(path) as writer, transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        tables = kept_tables()
        for done, (name, columns) in enumerate(tables):
            report(done, len(tables))
            writer.table(name, columns, _text_of(name, columns))
        manifest = Manifest(
            version=__version__,
            made=datetime.now(tz=UTC).isoformat(timespec="seconds"),
            migrations=applied_migrations(),
            sequences=_sequences(),
            tables=writer.tables,
        )
        writer.finish(manifest)
    return manifest


def kept_tables() -> Sequence[tuple[str, Sequence[str]]]:
    """Tables that belong in a backup, with their columns, except those that are worked out."""
    left_out = {MIGRATIONS, "django_session", str(settings.CACHES["default"]["LOCATION"])}
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        found = cursor.fetchall()
    return [(name, columns) for name, columns in found if name not in left_out]


def _text_of(name: str, columns: Sequence[str]) -> Iterator[bytes]:
    query = sql.SQL("COPY {} ({}) TO STDOUT").format(
        sql.Identifier(name), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for part in copy:
            yield bytes(part)


def applied_migrations() -> dict[str, list[str]]:
    """What the database has had, by app; nothing where it has no tables yet."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def _sequences() -> dict[str, tuple[int, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(_SEQUENCES)
        return {name: (last, given) for name, last, given in cursor.fetchall()}
