"""Putting a backup back: all of it, or nothing.

Imported once Django is set up. Where the tables are those of the version that made the backup, its
rows take the place of theirs in one transaction. Otherwise it is first made ready beside what there
is, in a schema of its own: tables of its version, its rows, and then brought up to this version.
Only when all of that has gone well does it take the place of what there was.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from graphlib import TopologicalSorter

from django.conf import settings
from django.core.management import call_command
from django.db import Error, InterfaceError, OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from .backing_up import Report, applied_migrations, kept_tables
from .backup_file import BackupError, BackupReader, Manifest, Table
from .language import gettext as _
from .restoring_place import EVERYTHING, TABLES, strangers, take_the_place

_READY = "vliegwiel_restoring"
#: Locks the work of restoring, whoever does it.
_LOCK = 0x766C_6977
#: How long to wait for a site or worker that still uses the tables.
_PATIENCE = "10s"
#: How many names of what is not ours are told.
_NAMED = 10
#: Rows in these say that somebody has used the database.
_TELLING = ("regions_region", "regions_user")
_NEEDED_FIRST = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND NOT condeferrable AND conrelid <> confrelid
      AND connamespace = current_schema()::regnamespace
"""


def restore(backup: BackupReader, *, replace: bool, report: Report) -> None:
    """Puts a backup in the place of what the database holds.

    Raises BackupError when the backup is damaged or of a newer version, when the database is
    filled and need not be replaced, when it holds what is not Vliegwiel's, and when others keep
    using it; nothing has changed then.
    """
    backup.check(report)
    _require_known(backup.manifest)
    with _alone():
        same = applied_migrations() == backup.manifest.migrations
        # Where the tables stay, views that others made of them stay as well.
        _require_ours(TABLES if same else EVERYTHING)
        if not replace and _is_filled():
            raise BackupError(
                _("The database is filled already. With --replace all of it is replaced.")
            )
        try:
            if same:
                _fill(backup, report)
            else:
                _change_places(backup, report)
        except Error as error:
            # Words of the database may repeat a row.
            raise BackupError(_why(error)) from None


def _why(error: Error) -> str:
    """What stands in the way, from the code that PostgreSQL gives with every error."""
    code = getattr(error.__cause__, "sqlstate", None) or ""
    if code in ("55P03", "55006", "40P01"):
        return _("The database is in use. Stop the site and the worker first.")
    if code == "42501":
        return _("The account of the database has no right to do this. Let its owner restore.")
    if code == "53100":
        return _("The disk of the database is full.")
    lost = not code and isinstance(error, OperationalError | InterfaceError)
    if lost or code.startswith(("08", "57P")):
        return _("The connection with the database was lost.")
    if code.startswith(("53", "57", "58", "XX")):
        return _("The database cannot go on (code %(code)s).") % {"code": code}
    words = _("The backup does not fit the tables of its version (%(kind)s).")
    return words % {"kind": type(error).__name__}


def _require_ours(kinds: Sequence[str]) -> None:
    """Raises BackupError when others keep something where the backup is to come."""
    found = strangers(_current_schema(), kinds)
    if found:
        words = _(
            "The database holds what is not Vliegwiel's: %(names)s. "
            "Restore into a database of its own."
        )
        shown = ", ".join(found[:_NAMED]) + (", ..." if len(found) > _NAMED else "")
        raise BackupError(words % {"names": shown})


def _change_places(backup: BackupReader, report: Report) -> None:
    """Makes the backup ready apart, and puts that in the place of what there is."""
    place = _current_schema()
    with _gone_on_failure():
        with _apart():
            _make_tables(backup.manifest)
            _fill(backup, report)
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        take_the_place(place, _READY, _PATIENCE)


def _require_known(manifest: Manifest) -> None:
    """Raises BackupError when the backup had migrations that this version does not have."""
    known = MigrationExecutor(connection).loader.graph.nodes
    unknown = [
        name for app, names in manifest.migrations.items() for name in names
        if (app, name) not in known
    ]  # fmt: skip
    if unknown:
        words = _("This backup was made by a newer version of Vliegwiel (%(version)s).")
        raise BackupError(words % {"version": manifest.version})


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        (got,) = cursor.fetchone()
    if not got:
        raise BackupError(_("Somebody else is restoring this database."))
    try:
        yield
    finally:
        # A connection that was lost holds no locks.
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _is_filled() -> bool:
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name in present & set(_TELLING):
            query = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(name))
            cursor.execute(query)
            if cursor.fetchone()[0]:
                return True
    return False


def _current_schema() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_schema(), 'public')")
        return str(cursor.fetchone()[0])


@contextmanager
def _gone_on_failure() -> Iterator[None]:
    """What was made ready holds everything about persons: no copy of that is left behind."""
    gone = sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(_READY))
    with connection.cursor() as cursor:
        cursor.execute(gone)
    try:
        yield
    except BaseException:
        # Without a connection it cannot go; the next time that somebody restores it does.
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute(gone)
        raise


@contextmanager
def _apart() -> Iterator[None]:
    """Everything inside works on a schema of its own."""
    apart = sql.Identifier(_READY)
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        (before,) = cursor.fetchone()
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(apart))
        cursor.execute(sql.SQL("SET search_path TO {}").format(apart))
    try:
        yield
    finally:
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('search_path', %s, false)", [before])


def _make_tables(manifest: Manifest) -> None:
    """Tables as they were when the backup was made."""
    executor = MigrationExecutor(connection)
    had = {(app, name) for app, names in manifest.migrations.items() for name in names}
    last = [
        key for key in sorted(had)
        if not any(child.key in had and child.key[0] == key[0]
                   for child in executor.loader.graph.node_map[key].children)
    ]  # fmt: skip
    executor.migrate(last)


def _fill(backup: BackupReader, report: Report) -> None:
    """The rows of the backup and nothing else. Raises BackupError when a table is not there."""
    columns = dict(kept_tables())
    tables = {table.name: table for table in backup.manifest.tables}
    if {name: list(table.columns) for name, table in tables.items()} != columns:
        raise BackupError(_("The tables in the backup are not those of the version that made it."))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(_PATIENCE)))
        every = [sql.Identifier(name) for name in tables]
        for table in every:
            # Rules of changing hold for who changes, not for what was kept already.
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(every + _passing())))
        for done, name in enumerate(_in_order(tables)):
            report(done, len(tables))
            _copy(backup, tables[name])
        for sequence, (value, given) in backup.manifest.sequences.items():
            cursor.execute(
                "SELECT setval(c.oid, %s, %s) FROM pg_class c WHERE c.relkind = 'S' "
                "AND c.relname = %s AND c.relnamespace = current_schema()::regnamespace",
                [value, given, sequence],
            )
        # Relations are checked here: tables cannot be altered while checks are outstanding.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in every:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))


def _passing() -> list[sql.Identifier]:
    """Tables in no backup that tell of other rows: who is logged in, and the cache.

    Numbers go back to where they were, so that what was kept under one would come to belong to
    another row.
    """
    present = connection.introspection.table_names()
    names = ("django_session", str(settings.CACHES["default"]["LOCATION"]))
    return [sql.Identifier(name) for name in names if name in present]


def _in_order(tables: Mapping[str, Table]) -> Sequence[str]:
    """Names of the tables; those first to which others must refer at once."""
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(sorted(tables), ()))
    with connection.cursor() as cursor:
        cursor.execute(_NEEDED_FIRST)
        for name, needed in cursor.fetchall():
            sorter.add(name, needed)
    return list(sorter.static_order())


def _copy(backup: BackupReader, table: Table) -> None:
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, table.columns))
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for part in backup.parts(table):
            copy.write(part)
