"""Tables of CBS: from the service or from a file, saved, and taken by the service of figures.

Imported once Django is set up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from django.utils.text import slugify
from pydantic import ValidationError

from vliegwiel import reference
from vliegwiel.apps.figures import DeliveryRefused
from vliegwiel.apps.figures import services as figure_services
from vliegwiel.apps.figures.statline import SavedTable, saved_text
from vliegwiel.apps.regions.services import system_user

from .answers import fail
from .language import gettext as _
from .language import ngettext
from .loading import Refused, TablesLagBehind, finding_lines, region_called, require_tables
from .statline_fetch import V3, V4, Statline
from .statline_http import StatlineAway

if TYPE_CHECKING:
    from vliegwiel.apps.regions.models import Region

__all__ = [
    "Refused",
    "TablesLagBehind",
    "Wish",
    "from_cbs",
    "from_files",
    "service_at",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asked for; without `tables` all that are read."""

    region: str
    tables: Sequence[str]
    folder: Path
    again: bool
    only_fetch: bool
    service: Statline


def service_at(*, v4: str, v3: str) -> Statline:
    """The services at other addresses than those of CBS, such as a mirror."""
    return Statline(v4=v4.rstrip("/") or V4, v3=v3.rstrip("/") or V3)


def from_files(wish: Wish, files: Sequence[Path]) -> bool:
    """Loads saved tables; nothing is asked of anybody. Raises Refused at the first that is not."""
    require_tables()
    region = region_called(wish.region, b"")
    for file in files:
        try:
            content = file.read_bytes()
        except OSError as error:
            words = _("%(file)s cannot be read: %(error)s")
            raise Refused(words % {"file": file, "error": error.strerror}) from error
        _load(region, file.name, content)
    return True


def from_cbs(wish: Wish) -> bool:
    """Fetches each table and loads it; one that cannot be had does not keep the others out."""
    code, places = _places(wish.region)
    tables = _chosen(wish.tables)
    region = None
    if not wish.only_fetch:
        require_tables()
        region = region_called(wish.region, b"")
    wish.folder.mkdir(parents=True, exist_ok=True)
    missed = 0
    for table in tables:
        try:
            file = _fetched(wish, table, places, wish.folder / f"{table}-{code}.json")
        except StatlineAway as error:
            fail(f"{table}: {error}")
            missed += 1
            continue
        if region is not None:
            _load(region, file.name, file.read_bytes())
    return missed == 0


def _chosen(wanted: Sequence[str]) -> Sequence[str]:
    known = reference.statline_tables()
    unknown = [table for table in wanted if table.upper() not in known]
    if unknown:
        words = _("Vliegwiel does not read table %(found)s, but only: %(known)s.")
        raise Refused(words % {"found": ", ".join(unknown), "known": ", ".join(known)})
    return [table.upper() for table in wanted] or list(known)


def _places(region: str) -> tuple[str, Sequence[str]]:
    """The code of a region, and it with its municipalities as CBS names them."""
    wanted = region.strip().lower()
    rows = [
        row
        for row in reference.municipality_rows()
        if wanted in {row.region_code.lower(), slugify(row.region)}
    ]
    if not rows:
        raise Refused(_("There is no region “%(name)s”.") % {"name": region})
    code = rows[0].region_code
    return code, [code, *(f"GM{row.code}" for row in rows)]


def _fetched(wish: Wish, table: str, places: Sequence[str], file: Path) -> Path:
    """The file with the newest state; the one saved before when CBS cannot be asked."""
    saved = _saved(file)
    try:
        is_newer = saved is None or wish.again or wish.service.modified(table) != saved.modified
        if not is_newer:
            typer.echo(_("%(table)s: not changed since it was saved.") % {"table": table})
            return file
        found = wish.service.table(table, places)
    except StatlineAway as error:
        if saved is None:
            raise
        fail(f"{table}: {error}")
        words = _("%(table)s: CBS cannot be asked; the table that was fetched on %(day)s is used.")
        fail(words % {"table": table, "day": saved.fetched.date().isoformat()})
        return file
    # Beside it first: a crash half-way leaves the table that was there.
    beside = file.with_suffix(".part")
    beside.write_text(saved_text(found), encoding="utf-8")
    beside.replace(file)
    cells = len(found.observations)
    words = ngettext(
        "%(table)s: %(n)d cell fetched, OData %(service)s, changed by CBS on %(day)s.",
        "%(table)s: %(n)d cells fetched, OData %(service)s, changed by CBS on %(day)s.",
        cells,
    )
    day = found.modified.date().isoformat()
    typer.echo(words % {"table": table, "n": cells, "service": found.service, "day": day})
    return file


def _saved(file: Path) -> SavedTable | None:
    """The table that was saved before; None when there is none, or it cannot be read."""
    try:
        return SavedTable.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


def _load(region: "Region", name: str, content: bytes) -> None:
    try:
        done = figure_services.load_statline_table(
            region=region, name=name, content=content, by=system_user()
        )
    except DeliveryRefused as refused:
        raise Refused(*finding_lines(refused.findings)) from refused
    for line in finding_lines(done.findings):
        fail(line)
    if not done.changed:
        typer.echo(_("%(name)s had been loaded before. Nothing changed.") % {"name": name})
        return
    words = _(
        "%(name)s: %(read)d figures of %(table)s read, %(added)d of them new, "
        "%(replaced)d changed, %(withdrawn)d not shown any more."
    )
    typer.echo(
        words
        % {
            "name": name,
            "read": done.read,
            "table": done.table,
            "added": done.kept.added,
            "replaced": done.kept.replaced,
            "withdrawn": done.kept.withdrawn,
        }
    )
