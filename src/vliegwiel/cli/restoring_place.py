"""The schema of which a backup takes the place: whose it is, and who may read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from .backing_up import MIGRATIONS, applied_migrations

#: The app that every version has had.
_FIRST_APP = "regions"
#: Kinds of relation (pg_class.relkind) in which others keep rows.
TABLES = ("r", "p")
#: All that goes when its schema goes: views and sequences, and tables kept elsewhere, as well.
EVERYTHING = (*TABLES, "v", "m", "f", "S")

_RELATIONS = """
    SELECT c.relname::text FROM pg_class c
    WHERE c.relnamespace = to_regnamespace(quote_ident(%s)) AND c.relkind::text = ANY(%s)
      AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
          AND c.relkind = 'S' AND d.deptype IN ('a', 'i'))
"""
_EXTENSIONS = """
    SELECT extname::text FROM pg_extension WHERE extnamespace = to_regnamespace(quote_ident(%s))
"""
_GRANTS = """
    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.relname::text,
      g.privilege_type, CASE WHEN g.grantee <> 0 THEN pg_get_userbyid(g.grantee)::text END,
      g.is_grantable
    FROM pg_class c, aclexplode(c.relacl) g
    WHERE c.relnamespace = to_regnamespace(quote_ident(%(schema)s)) AND c.relkind IN ('r', 'S')
      AND g.grantee <> c.relowner
    UNION ALL
    SELECT 'SCHEMA', n.nspname::text, g.privilege_type,
      CASE WHEN g.grantee <> 0 THEN pg_get_userbyid(g.grantee)::text END, g.is_grantable
    FROM pg_namespace n, aclexplode(n.nspacl) g
    WHERE n.nspname = %(schema)s AND g.grantee <> n.nspowner
"""


@dataclass(frozen=True, slots=True)
class _Grant:
    """A right that somebody else was given; nobody by name means everybody."""

    kind: str
    name: str
    right: str
    to: str | None
    passed_on: bool


def strangers(schema: str, kinds: Sequence[str]) -> Sequence[str]:
    """Names of what is in a schema and is not Vliegwiel's.

    Where Vliegwiel's migrations were never run nothing is: another application may have tables of
    the same names, such as those of its logins.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RELATIONS, [schema, list(kinds)])
        found = {name for (name,) in cursor.fetchall()}
        if set(kinds) == set(EVERYTHING):
            cursor.execute(_EXTENSIONS, [schema])
            extensions = {name for (name,) in cursor.fetchall()}
        else:
            extensions = set()
    if _FIRST_APP in applied_migrations():
        exact, beginnings = _our_names()
        found = {name for name in found - exact if not name.startswith(beginnings)}
    return sorted(found | extensions)


def _our_names() -> tuple[set[str], tuple[str, ...]]:
    """Names of our tables, and how names of other versions of ours begin."""
    exact = {
        MIGRATIONS, str(settings.CACHES["default"]["LOCATION"]),
        *connection.introspection.django_table_names(),
    }  # fmt: skip
    labels = [app.label for app in apps.get_app_configs() if app.name.startswith("vliegwiel.")]
    return exact, ("procrastinate_", *(f"{label}_" for label in labels))


def take_the_place(schema: str, ready: str, patience: str) -> None:
    """Puts a schema in the place of another, with the rights that others had been given there.

    Raises OperationalError when a site or worker does not let go of the tables.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(patience)))
        cursor.execute(_GRANTS, {"schema": schema})
        grants = [_Grant(*row) for row in cursor.fetchall()]
        place = sql.Identifier(schema)
        cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(place))
        cursor.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(ready), place))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO PUBLIC").format(place))
        _grant_again(schema, grants)


def _grant_again(schema: str, grants: Iterable[_Grant]) -> None:
    """Gives rights on what is still there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname::text FROM pg_class "
            "WHERE relnamespace = to_regnamespace(quote_ident(%s)) AND relkind IN ('r', 'S')",
            [schema],
        )
        present = {name for (name,) in cursor.fetchall()}
        for grant in grants:
            if grant.kind == "SCHEMA":
                on = sql.Identifier(schema)
            elif grant.name in present:
                on = sql.Identifier(schema, grant.name)
            else:
                continue
            to = sql.SQL("PUBLIC") if grant.to is None else sql.Identifier(grant.to)
            cursor.execute(
                sql.SQL("GRANT {} ON {} {} TO {} {}").format(
                    sql.SQL(grant.right), sql.SQL(grant.kind), on, to,
                    sql.SQL("WITH GRANT OPTION" if grant.passed_on else ""),
                )
            )  # fmt: skip
