"""The two files of the Youth Act regulation; imported once Django is set up.

The rows are about persons: their file is for its owner alone, and replaced whole or not at all.
"""

import csv
import io
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path

from vliegwiel.apps.intake import KeyUnusable
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.trajectories import NoSuchDay
from vliegwiel.apps.trajectories.queries import regulation_set
from vliegwiel.science.trajectories import QuarterRow, RegulationRow

from .language import gettext as _
from .loading import Refused, TablesLagBehind, region_called, require_tables

__all__ = ["KeyUnusable", "NothingToWrite", "Refused", "TablesLagBehind", "require_tables", "write"]


class NothingToWrite(Exception):
    """There are no messages by then; the words say so."""


def write(region: str, folder: Path, until: date | None) -> str:
    """Writes the files of the last quarter that is over; says what was written.

    Raises Refused without such a region, NothingToWrite without messages, KeyUnusable, and OSError.
    """
    try:
        made = regulation_set(region=region_called(region, b""), by=system_user(), until=until)
    except NoSuchDay:
        raise NothingToWrite(
            _("There are no care messages of a quarter that was over then.")
        ) from None
    folder.mkdir(parents=True, exist_ok=True)
    end = made.quarter_end.isoformat()
    _replace(folder / f"assignments-{end}.csv", _as_csv(RegulationRow, made.rows))
    _replace(folder / f"waiting-{end}.csv", _as_csv(QuarterRow, made.waiting))
    words = _("%(rows)d assignments and %(waiting)d rows of who waits, as known on %(day)s.")
    return words % {"rows": len(made.rows), "waiting": len(made.waiting), "day": end}


def _as_csv(kind: type[RegulationRow | QuarterRow], rows: Iterable[object]) -> str:
    written = io.StringIO()
    names = [field.name for field in fields(kind)]
    writer = csv.DictWriter(written, names, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)  # type: ignore[call-overload]
    return written.getvalue()


def _replace(path: Path, text: str) -> None:
    """A file that others cannot read: so it is made by tempfile, before anything stands in it."""
    handle, temporary = tempfile.mkstemp(prefix=".regulation-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
