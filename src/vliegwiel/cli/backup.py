"""`vliegwiel backup` and `vliegwiel restore`: all that an installation keeps, in one file."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from .answers import LANGUAGE, Language, choose_language, fail, refuse
from .backup_file import BackupError, BackupReader
from .environment import DATABASE_AWAY, start
from .language import gettext as _
from .language import ngettext


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    language: Language = LANGUAGE,
) -> None:
    """Write all that this installation keeps to one file."""
    choose_language(language)
    if file.exists():
        refuse(_("%(file)s is there already.") % {"file": file})
    if not file.resolve().parent.is_dir():
        refuse(_("The folder of %(file)s does not exist.") % {"file": file})
    with _database_there():
        start(migrate=not os.environ.get("DATABASE_URL"))
        # Late: it needs Django set up, and Django the address of the database.
        from . import backing_up

        with _shown(_("Tables")) as report:
            try:
                made = backing_up.back_up(file, report)
            except OSError as error:
                told = {"file": error.filename or file, "error": error.strerror}
                refuse(_("%(file)s cannot be written: %(error)s") % told)
    words = ngettext(
        "%(rows)d row of %(tables)d tables stands in %(file)s (%(size)s MB).",
        "%(rows)d rows of %(tables)d tables stand in %(file)s (%(size)s MB).",
        made.rows,
    )
    told = {
        "rows": made.rows, "tables": len(made.tables), "file": file,
        "size": f"{file.stat().st_size / 1e6:.1f}",
    }  # fmt: skip
    typer.echo(words % told)
    typer.echo(
        _("The keys of the installation are not in it. Keep a copy of them, in another place.")
    )


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `vliegwiel backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace all that the database holds now.")
    ] = False,
    language: Language = LANGUAGE,
) -> None:
    """Put a backup back: all of it, or nothing."""
    choose_language(language)
    if not file.is_file():
        refuse(_("%(file)s is not there.") % {"file": file})
    with _database_there():
        start(migrate=False)
        # Late: it needs Django set up, and Django the address of the database.
        from . import restoring

        try:
            with BackupReader(file) as reader, _shown(_("Tables")) as report:
                restoring.restore(reader, replace=replace, report=report)
                kept = reader.manifest
        except BackupError as error:
            refuse(str(error), _("Nothing has changed."))
    words = ngettext(
        "%(rows)d row of %(day)s (version %(version)s) was put back.",
        "%(rows)d rows of %(day)s (version %(version)s) were put back.",
        kept.rows,
    )
    typer.echo(words % {"rows": kept.rows, "day": kept.made[:10], "version": kept.version})
    typer.echo(_("What was removed after that day is here again. Remove it once more."))


@contextmanager
def _database_there() -> Iterator[None]:
    try:
        yield
    except DATABASE_AWAY as error:
        fail(_("The database cannot be reached: %(error)s") % {"error": str(error).strip()})
        raise typer.Exit(1) from error


@contextmanager
def _shown(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; where a file or log reads, nothing until it is done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as shown:
        bar = shown.add_task(title, total=None)
        yield lambda done, total: shown.update(bar, completed=done, total=total)
