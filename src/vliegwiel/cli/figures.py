"""`vliegwiel figures ...`: figures that others publish, fetched where they are published."""

import os
from pathlib import Path
from typing import Annotated

import typer

from .answers import LANGUAGE, Language, choose_language, fail, refuse
from .environment import DATABASE_AWAY, data_dir, start
from .language import gettext as _

app = typer.Typer(
    help="Fetch figures that others publish: tables of CBS StatLine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _figures() -> None:
    """Fetch figures that others publish: tables of CBS StatLine."""


@app.command()
def cbs(
    *,
    region: Annotated[str, typer.Option("--region", help="Name or code of the region.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Saved tables to load; without one CBS is asked."),
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option("--table", help="Table to fetch: 85099NED; else all that are read."),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Where fetched tables are saved.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Fetch also what CBS did not change since.")
    ] = False,
    only_fetch: Annotated[
        bool, typer.Option("--only-fetch", help="Save the tables, load nothing.")
    ] = False,
    v4: Annotated[str, typer.Option("--v4", help="Address of the open data, version 4.")] = "",
    v3: Annotated[str, typer.Option("--v3", help="Address of the open data, version 3.")] = "",
    language: Language = LANGUAGE,
) -> None:
    """Fetch tables of CBS StatLine about youth care and load them, each whole or not at all."""
    choose_language(language)
    if files and (table or only_fetch or again):
        refuse(_("Name files to load, or tables to fetch; one of the two."))
    start(migrate=not os.environ.get("DATABASE_URL"))
    # Late: the services need Django set up, and Django the address of the database.
    from . import statline

    wish = statline.Wish(
        region=region,
        tables=tuple(table or ()),
        folder=folder or data_dir() / "statline",
        again=again,
        only_fetch=only_fetch,
        service=statline.service_at(v4=v4, v3=v3),
    )
    try:
        went_well = statline.from_files(wish, files) if files else statline.from_cbs(wish)
    except statline.Refused as refused:
        refuse(*refused.lines)
    except statline.TablesLagBehind as error:
        fail(str(error))
        raise typer.Exit(1) from error
    except DATABASE_AWAY as error:
        fail(_("The database cannot be reached: %(error)s") % {"error": str(error).strip()})
        raise typer.Exit(1) from error
    if not went_well:
        raise typer.Exit(1)
