"""`vliegwiel load ...`: a file of a region, by the same services as the pages and the demo."""

import os
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from .answers import LANGUAGE, Language, choose_language, content_of, fail, refuse
from .environment import DATABASE_AWAY, start
from .language import gettext as _

app = typer.Typer(
    help="Load files of a region, each whole or not at all.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
File = Annotated[Path, typer.Argument(help="The file to load.")]
Region = Annotated[str, typer.Option("--region", help="Name or code of the region: twente, JZ14.")]


@app.command()
def figures(
    file: File,
    region: Annotated[
        str, typer.Option("--region", help="Name or code of the region; else the file says it.")
    ] = "",
    language: Language = LANGUAGE,
) -> None:
    """Load regional figures: a CSV of published figures, each with its source."""
    _load("figures", file, region, language)


@app.command("waiting-times")
def waiting_times(file: File, region: Region, language: Language = LANGUAGE) -> None:
    """Load the waiting times that providers publish: a JSON file."""
    _load("waiting-times", file, region, language)


@app.command()
def offers(file: File, region: Region, language: Language = LANGUAGE) -> None:
    """Load the offers of a region, by provider and municipality: a CSV or Excel file."""
    _load("offers", file, region, language)


@app.command("care-system")
def care_system(file: File, region: Region, language: Language = LANGUAGE) -> None:
    """Load a care system as the newest of its region: a JSON document."""
    _load("care-system", file, region, language)


@app.command()
def insights(file: File, region: Region, language: Language = LANGUAGE) -> None:
    """Load the insights of a region with their relations and priorities: a JSON document."""
    _load("insights", file, region, language)


@app.command()
def initiatives(file: File, region: Region, language: Language = LANGUAGE) -> None:
    """Load initiatives of a region, told apart by their titles: a CSV or Excel file."""
    _load("initiatives", file, region, language)


@app.command()
def scenario(file: File, region: Region, language: Language = LANGUAGE) -> None:
    """Load a scenario on the newest care system of its region: a JSON document."""
    _load("scenario", file, region, language)


@app.command()
def shipped(language: Language = LANGUAGE) -> None:
    """Load what ships with Vliegwiel: regions, figures, waiting times, insights, care systems."""
    choose_language(language)
    _start()
    # Late: the services need Django set up, and Django the address of the database.
    from . import loading

    try:
        loading.require_tables()
        for line in loading.shipped():
            typer.echo(line)
    except loading.TablesLagBehind as error:
        _stop(str(error))
    except DATABASE_AWAY as error:
        _stop(_("The database cannot be reached: %(error)s") % {"error": str(error).strip()})


def _load(kind: str, file: Path, region: str, language: str) -> None:
    choose_language(language)
    content = content_of(file)
    _start()
    from . import loading

    try:
        loading.require_tables()
        loaded = loading.KINDS[kind](loading.region_called(region, content), file.name, content)
    except loading.Refused as refused:
        refuse(*refused.lines)
    except loading.TablesLagBehind as error:
        _stop(str(error))
    except DATABASE_AWAY as error:
        _stop(_("The database cannot be reached: %(error)s") % {"error": str(error).strip()})
    for line in loaded.remarks:
        fail(line)
    typer.echo(loaded.sentence)


def _start() -> None:
    """The embedded database gets its tables here; those of another one are its manager's."""
    start(migrate=not os.environ.get("DATABASE_URL"))


def _stop(line: str) -> NoReturn:
    fail(line)
    raise typer.Exit(1)
