"""The module that Django looks for in the package of a database engine."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management.color import Style
from django.db.backends.postgresql import base, creation, operations
from django.db.backends.utils import CursorWrapper

from . import TEMPLATE, migrations

#: Of the lock under which the template is made and copied; any number, but one.
LOCK = 4_071_123


class DatabaseCreation(creation.DatabaseCreation):
    def create_test_db(self, *args: Any, keepdb: bool = False, **kwargs: Any) -> str:
        """A copy of the template, in which Django migrates what the template misses.

        A template by a migration that has changed or is gone since is of no use. A database that
        is kept from run to run may hold rows of an earlier one: no template is made of it.
        """
        wanted = migrations()
        settings = self.connection.settings_dict["TEST"]
        with self._nodb_cursor() as cursor, alone(cursor):
            known = made_by(cursor)
            usable = bool(known) and known.items() <= wanted.items()
            settings["TEMPLATE"] = TEMPLATE if usable else None
            name: str = super().create_test_db(*args, keepdb=keepdb, **kwargs)
            if known != wanted and not keepdb:
                # PostgreSQL copies only what nobody is connected with.
                self.connection.close()
                keep_as_template(cursor, name, wanted)
        return name


@contextmanager
def alone(cursor: CursorWrapper) -> Iterator[None]:
    """One process of those that use the server; the lock ends with the connection too."""
    cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def made_by(cursor: CursorWrapper) -> dict[str, str]:
    """The migrations of the template; none where no template stands, or one half made."""
    cursor.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
        [TEMPLATE],
    )
    row = cursor.fetchone()
    return json.loads(row[0]) if row and row[0] else {}


def keep_as_template(cursor: CursorWrapper, name: str, made: dict[str, str]) -> None:
    cursor.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
    cursor.execute(f'CREATE DATABASE {TEMPLATE} TEMPLATE "{name}"')
    cursor.execute(f"COMMENT ON DATABASE {TEMPLATE} IS %s", [json.dumps(made)])


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(
        self,
        style: Style,
        tables: Sequence[str],
        *,
        reset_sequences: bool = False,
        allow_cascade: bool = False,
    ) -> list[str]:
        """Empties tables that hold a few rows; PostgreSQL truncates by making each table anew.

        As truncating does, it waits for whoever writes in a table: what a worker that was killed
        had begun may not come in afterwards. Only a superuser may set the keys between tables aside
        meanwhile, so others truncate.
        """
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('is_superuser')")
            (superuser,) = cursor.fetchone()
        if not tables or reset_sequences or superuser != "on":
            return super().sql_flush(
                style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade
            )
        names = [self.quote_name(table) for table in tables]
        return [
            f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE",
            "SET LOCAL session_replication_role = replica",
            *(f"DELETE FROM {name}" for name in names),
            "SET LOCAL session_replication_role = origin",
        ]


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
