"""`vliegwiel fit`: the care system of a region from its own messages, and a test of it."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from .answers import LANGUAGE, Language, choose_language, fail, refuse
from .environment import DATABASE_AWAY, start
from .language import gettext as _

_DAY = ["%Y-%m-%d"]


def fit(
    *,
    region: Annotated[str, typer.Option(help="Name or code of the region: twente, JZ14.")],
    like: Annotated[
        str,
        typer.Option(help="Care system that names, prices and the norm come from: name or file."),
    ] = "",
    begin: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="First day that counts.")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=_DAY, help="Day before which all counts: the first of a month."),
    ] = None,
    months: Annotated[int, typer.Option(min=1, max=240, help="Most months that count.")] = 36,
    held_back: Annotated[
        int, typer.Option(min=0, max=60, help="Months held back for a test; 0 for no test.")
    ] = 12,
    grace: Annotated[
        float, typer.Option(min=0, help="Days of waiting for which places are not the reason.")
    ] = 14,
    replications: Annotated[int, typer.Option(min=20, max=1000, help="Of the test.")] = 200,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 1,
    threads: Annotated[int, typer.Option(min=1, help="Processor cores to use.")] = (
        os.cpu_count() or 1
    ),
    file: Annotated[
        Path | None, typer.Option(help="Write the care system to FILE, for forecasts.")
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Make it the newest care system of the region.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The whole outcome as JSON.")] = False,
    language: Language = LANGUAGE,
) -> None:
    """Fit the care system of a region to its own care messages, and test it."""
    choose_language(language)
    _check(file, until)
    start(migrate=not os.environ.get("DATABASE_URL"))
    # Late: the queries need Django set up, and Django the address of the database.
    from . import fitting

    asked = fitting.Asked(
        region=region, like=like, months=months, held_back=held_back, grace=grace,
        replications=replications, seed=seed, threads=threads,
        begin=begin.date() if begin else None, until=until.date() if until else None,
    )  # fmt: skip
    try:
        fitting.answer(asked, file, keep=keep, as_json=as_json)
    except fitting.Refused as error:
        refuse(*error.lines)
    except fitting.TablesLagBehind as error:
        fail(str(error))
        raise typer.Exit(1) from error
    except DATABASE_AWAY as error:
        fail(_("The database cannot be reached: %(error)s") % {"error": str(error).strip()})
        raise typer.Exit(1) from error


def _check(file: Path | None, until: datetime | None) -> None:
    """Refuses what cannot be meant, before anything is started."""
    if file is not None and not file.resolve().parent.is_dir():
        refuse(_("The folder of %(file)s does not exist.") % {"file": file})
    if until is not None and until.day != 1:
        refuse(_("--until must be the first of a month."))
