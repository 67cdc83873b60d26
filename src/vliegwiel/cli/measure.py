"""`vliegwiel measure`: measurements of a pilot from a file, whole or not at all."""

import os
from pathlib import Path
from typing import Annotated

import typer

from .answers import LANGUAGE, Language, choose_language, content_of, fail, refuse
from .environment import DATABASE_AWAY, start
from .language import gettext as _


def measure(
    *,
    region: Annotated[str, typer.Argument(help="Name or code of the region: twente, JZ14.")],
    pilot: Annotated[str, typer.Argument(help="Number or title of the pilot.")],
    file: Annotated[Path, typer.Argument(help="A table (CSV or Excel) with its headings.")],
    outcome: Annotated[
        str, typer.Option("--outcome", help="Number of the outcome, or key of its indicator.")
    ] = "",
    correct: Annotated[
        bool, typer.Option("--correct", help="Replace values that differ; the old ones are kept.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What came of it as JSON.")] = False,
    language: Language = LANGUAGE,
) -> None:
    """Take measurements of a pilot from a table, and keep the evidence that follows from them.

    Columns: groep, eenheid, dag, waarde; where they apply also aantal, meting_voor, einde_gezien.
    """
    choose_language(language)
    content = content_of(file)
    start(migrate=not os.environ.get("DATABASE_URL"))
    # Late: the services need Django set up, and Django the address of the database.
    from . import measuring

    try:
        measuring.require_tables()
        found = measuring.outcome_called(region, pilot, outcome)
        measuring.take(found, file.name, content, correct=correct, as_json=as_json)
    except measuring.Refused as error:
        refuse(*error.lines)
    except measuring.TablesLagBehind as error:
        fail(str(error))
        raise typer.Exit(1) from error
    except DATABASE_AWAY as error:
        fail(_("The database cannot be reached: %(error)s") % {"error": str(error).strip()})
        raise typer.Exit(1) from error
