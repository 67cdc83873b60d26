"""`vliegwiel regulation`: what the Youth Act regulation names, as two files for who gives it on."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from .answers import LANGUAGE, Language, choose_language, fail, refuse
from .environment import DATABASE_AWAY, start
from .language import gettext as _


def regulation(
    *,
    region: Annotated[
        str, typer.Option("--region", help="Name or code of the region: twente, JZ14.")
    ],
    to: Annotated[Path, typer.Option("--to", help="Folder for the two files.")],
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until", formats=["%Y-%m-%d"], help="The last quarter that is over on this day."
        ),
    ] = None,
    language: Language = LANGUAGE,
) -> None:
    """Write the pseudonymised assignments and the waits of a quarter (Youth Act regulation)."""
    choose_language(language)
    start(migrate=not os.environ.get("DATABASE_URL"))
    # Late: the services need Django set up, and Django the address of the database.
    from . import regulation_files

    try:
        regulation_files.require_tables()
        done = regulation_files.write(region, to, until.date() if until else None)
    except regulation_files.Refused as error:
        refuse(*error.lines)
    except regulation_files.NothingToWrite as error:
        refuse(str(error))
    except (regulation_files.TablesLagBehind, regulation_files.KeyUnusable) as error:
        fail(str(error))
        raise typer.Exit(1) from None
    except DATABASE_AWAY as error:
        fail(_("The database cannot be reached: %(error)s") % {"error": str(error).strip()})
        raise typer.Exit(1) from None
    except OSError as error:
        words = _("%(file)s cannot be written: %(error)s")
        fail(words % {"file": error.filename or to, "error": error.strerror})
        raise typer.Exit(1) from None
    typer.echo(done)
