"""`vliegwiel deliver`: care messages of a region, whole or not at all; once, or from a folder."""

import os
from pathlib import Path
from typing import Annotated

import typer

from .answers import LANGUAGE, Language, choose_language, fail, refuse
from .environment import DATABASE_AWAY, start
from .language import gettext as _
from .processes import follow_parent

STOPPED = 130

_Region = Annotated[str, typer.Option("--region", help="Name or code of the region: twente, JZ14.")]
_Mapping = Annotated[
    str,
    typer.Option(
        "--mapping",
        help="Name of the settled columns for tables (CSV, Excel); else those that fit.",
    ),
]
_Every = Annotated[
    float, typer.Option("--every", help="Seconds between two looks in the folder.", min=0.1)
]
_Remove = Annotated[
    bool,
    typer.Option(
        "--remove", help="Remove a file of the folder once it was taken; else it is moved."
    ),
]


def deliver(
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files, folders or zip archives; together they are one delivery."),
    ] = None,
    region: _Region,
    mapping: _Mapping = "",
    watch: Annotated[
        Path | None,
        typer.Option(
            "--watch",
            help="Deliver every file that comes into this folder, each by itself, until stopped.",
        ),
    ] = None,
    every: _Every = 10,
    remove: _Remove = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The outcome with every finding as JSON.")
    ] = False,
    language: Language = LANGUAGE,
) -> None:
    """Deliver care messages (iJw) or tables of a region: all, without persons, or nothing."""
    choose_language(language)
    given = paths or []
    _check(given, watch)
    start(migrate=not os.environ.get("DATABASE_URL"))
    # Late: the services need Django set up, and Django the address of the database.
    from . import delivering

    try:
        delivering.require_tables()
        found = delivering.region_called(region)
        if watch is None:
            status = delivering.deliver_once(found, given, mapping=mapping, as_json=as_json)
        else:
            status = delivering.watch_folder(
                found, watch, every=every, remove=remove, as_json=as_json
            )
    except delivering.Refused as error:
        refuse(*error.lines)
    except delivering.TablesLagBehind as error:
        fail(str(error))
        status = 1
    except DATABASE_AWAY as error:
        fail(_("The database cannot be reached: %(error)s") % {"error": str(error).strip()})
        status = 1
    except KeyboardInterrupt:
        fail(_("Stopped."))
        status = STOPPED
    if status:
        raise typer.Exit(status)


def _check(given: list[Path], watch: Path | None) -> None:
    """Refuses what cannot be meant, before anything is started."""
    if bool(given) == (watch is not None):
        refuse(_("Name files to deliver, or a folder to watch with --watch; one of the two."))
    for path in [*given, *([watch] if watch else [])]:
        if not path.exists():
            refuse(_("%(file)s is not there.") % {"file": path})
    if watch is not None and not watch.is_dir():
        refuse(_("%(file)s is not a folder.") % {"file": watch})


def watch(
    *,
    region: _Region,
    folder: Annotated[Path, typer.Option("--folder", help="The folder in which files come.")],
    every: _Every = 10,
    remove: _Remove = False,
    language: Language = LANGUAGE,
) -> None:
    """Deliver every file that comes into a folder, each by itself, until told to stop."""
    follow_parent()
    deliver(
        paths=None, region=region, watch=folder, every=every, remove=remove, as_json=False,
        language=language,
    )  # fmt: skip
