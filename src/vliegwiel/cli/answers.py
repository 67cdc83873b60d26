"""What commands share: the language of their answers, and refusing wrong input."""

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from .formats import ensure_formats
from .language import gettext as _
from .language import language

WRONG_INPUT = 2
Language = Annotated[str, typer.Option("--language", help="nl or en.")]
#: As VLIEGWIEL_LANGUAGE says when the command runs, else Dutch.
LANGUAGE = ""


def choose_language(chosen: str) -> None:
    """Everything from here on in this language; without one, in that of the environment."""
    chosen = chosen or language()
    if chosen not in ("nl", "en"):
        refuse(f"--language: nl, en (not {chosen!r})")
    os.environ["VLIEGWIEL_LANGUAGE"] = chosen


def speak_without_database(chosen: str) -> None:
    """For a command that uses texts and formats of the site, but nothing that a region keeps."""
    choose_language(chosen)
    ensure_formats()


def fail(message: str) -> None:
    """One clear line on stderr; the caller raises typer.Exit with a status."""
    print(message, file=sys.stderr)


def refuse(*lines: str) -> NoReturn:
    """Ends the command with these lines on stderr and the status for wrong input."""
    for line in lines:
        fail(line)
    raise typer.Exit(WRONG_INPUT)


def content_of(file: Path) -> bytes:
    """The bytes of a file that somebody named; refuses one that cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        refuse(_("%(file)s cannot be read: %(error)s") % {"file": file, "error": error.strerror})
