"""`vliegwiel box`: a region in a box, from a care system to files, without a database."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from vliegwiel.science.caresystem import CareSystem, DocumentError, read_care_system
from vliegwiel.science.regionbox import BOX_MESSAGES, Box, BoxError, BoxOptions, box_of

from .answers import LANGUAGE, Language, fail, refuse, speak_without_database
from .box_folder import MESSAGES, write_box
from .documents import care_system_text, faults
from .language import gettext as _

#: What can be given by --trait: every number that has no option of its own.
_OWN = {"start", "answers", "declarations"}
_KINDS = {field.name: str(field.type) for field in fields(BoxOptions) if field.name not in _OWN}


def box(
    *,
    region: Annotated[str, typer.Option(help="Name of a shipped care system, or a file.")],
    folder: Annotated[Path, typer.Option(help="A folder that is empty or not there yet.")],
    months: Annotated[int, typer.Option(help="Months, 1 to 240.")] = 36,
    scale: Annotated[float, typer.Option(help="1 is as large as the care system.")] = 1.0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 1,
    start: Annotated[
        str, typer.Option(help="First day: the first of a month after April 2023.")
    ] = "2023-07-01",
    without_start: Annotated[
        float, typer.Option(help="Share of the assignments whose start is never told.")
    ] = 0.0,
    silent_providers: Annotated[
        float, typer.Option(help="Share of the providers that tell no starts and stops.")
    ] = 0.0,
    late_stops: Annotated[
        float, typer.Option(help="Share of the stops told one to six months late.")
    ] = 0.0,
    trait: Annotated[
        list[str] | None,
        typer.Option(help="Another trait, such as moves=0.02; again for each."),
    ] = None,
    answers: Annotated[bool, typer.Option(help="With the return messages.")] = True,
    declarations: Annotated[bool, typer.Option(help="With the declarations.")] = True,
    language: Language = LANGUAGE,
) -> None:
    """Make a region in a box: care messages, offers and tables of which the truth is known."""
    speak_without_database(language)
    given = {
        "months": months, "scale": scale, "seed": seed, "without_start": without_start,
        "silent_providers": silent_providers, "late_stops": late_stops, "answers": answers,
        "declarations": declarations, "start": _day(start), **_traits(trait or []),
    }  # fmt: skip
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        refuse(_("%(folder)s is not an empty folder.") % {"folder": folder})
    made = _made(_care_system(region), given)
    _write(made, folder)


def _care_system(name: str) -> CareSystem:
    try:
        return read_care_system(care_system_text(name))
    except DocumentError as error:
        refuse(*faults(error, name))


def _made(system: CareSystem, given: dict[str, Any]) -> Box:
    try:
        made = box_of(system, BoxOptions(**given))
    except BoxError as error:
        refuse(_(BOX_MESSAGES[error.code]) % error.params)
    last = made.options.day(made.courses.last)
    if last > datetime.now(tz=UTC).date():
        words = _("Note: the last messages are dated %(day)s; that is after today.")
        fail(words % {"day": last.isoformat()})
    return made


def _write(made: Box, folder: Path) -> None:
    words = _("%(number)d messages written")
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not Console(stderr=True).is_terminal,
    ) as progress:
        bar = progress.add_task(words % {"number": 0}, total=len(made.schedule.day))

        def report(written: int, done: int) -> None:
            progress.update(bar, description=words % {"number": written}, completed=done)

        try:
            messages = write_box(made, folder, report)
        except OSError as error:
            told = {"file": error.filename or folder, "error": error.strerror}
            refuse(_("%(file)s cannot be written: %(error)s") % told)
    told = {"youths": made.histories.youths, "messages": messages, "folder": folder}
    typer.echo(
        _("A region with %(youths)d youths in %(messages)d messages stands in %(folder)s.") % told
    )
    typer.echo(_("All of it is made up. What is true of it stands in truth.json."))
    place = f"vliegwiel deliver --region {made.system.region} {folder / MESSAGES}"
    typer.echo(_("Deliver it with: %(command)s") % {"command": place})


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(_("--start is a day such as 2023-07-01, not %(text)s.") % {"text": text})


def _traits(given: Sequence[str]) -> dict[str, float]:
    """Numbers by name; whole where the trait is."""
    found: dict[str, float] = {}
    for text in given:
        name, _equals, number = text.partition("=")
        name = name.strip().replace("-", "_")
        if name not in _KINDS:
            refuse(
                _("There is no trait “%(name)s”. Choose from: %(names)s.")
                % {"name": name, "names": ", ".join(_KINDS)}
            )
        try:
            found[name] = int(number) if _KINDS[name] == "int" else float(number.replace(",", "."))
        except ValueError:
            refuse(
                _("--trait needs a name and a number (moves=0.02), not %(text)s") % {"text": text}
            )
    return found
