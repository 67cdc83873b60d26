"""Fitting a region by command: its steps on the terminal, and what is done with the outcome.

Imported once Django is set up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from vliegwiel import reference
from vliegwiel.apps.explorer import NothingToFit
from vliegwiel.apps.explorer.fitting import FitSettings, Fitted, FitWork, system_by_size
from vliegwiel.apps.explorer.sentences import fault
from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    read_care_system,
    write_document,
)

from . import fit_table, loading
from .documents import care_system_text, faults
from .language import gettext as _
from .loading import Refused, TablesLagBehind, require_tables
from .steps import Report, Work, steps_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from vliegwiel.apps.regions.models import Region

__all__ = ["Asked", "Refused", "TablesLagBehind", "answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked for; days that are None follow from the messages."""

    region: str
    like: str
    begin: date | None
    until: date | None
    months: int
    held_back: int
    grace: float
    replications: int
    seed: int
    threads: int

    @property
    def settings(self) -> FitSettings:
        return FitSettings(
            begin=self.begin, until=self.until, months=self.months, held_back=self.held_back,
            grace=self.grace, replications=self.replications, seed=self.seed,
            threads=self.threads,
        )  # fmt: skip


def work(asked: Asked) -> Fitted:
    """Does all of it, and tells on standard error how far it is.

    Raises:
        Refused: when there is nothing to fit to, or it cannot be done, with why.
        TablesLagBehind: when the database is of an earlier version.
    """
    require_tables()
    region = loading.region_called(asked.region, b"")
    like = _like(asked.like or region.slug, region, named=bool(asked.like))
    made = FitWork(region, like, asked.settings)
    try:
        with steps_on(Console(stderr=True)) as steps:
            steps.run(_("Reading messages"), _step(made.read))
            steps.run(_("Deriving trajectories"), _step(made.derive))
            steps.run(_("Estimating"), _step(made.fit))
            if made.can_be_tested:
                steps.run(_("Testing on months held back"), _step(made.test))
    except NothingToFit as error:
        raise Refused(str(error)) from error
    except DocumentError as error:
        raise Refused(*(f"{item.path}: {fault(item)}" for item in error.faults)) from error
    except ValueError as error:
        raise Refused(_("This cannot be fitted: %(reason)s") % {"reason": error}) from error
    return made.outcome()


def _step(step: Callable[[], str]) -> Work:
    """A step that does not say how far it is."""

    def run(_report: Report) -> str:
        return step()

    return run


def _like(name: str, region: Region, *, named: bool) -> CareSystem:
    """The care system that is named, else that of the region, else that of its size."""
    if not named and name not in reference.care_system_names():
        sized = system_by_size(region)
        if sized is not None:
            return sized
    try:
        return read_care_system(care_system_text(name))
    except DocumentError as error:
        raise Refused(*faults(error, name)) from error


def answer(asked: Asked, file: Path | None, *, keep: bool, as_json: bool) -> None:
    """Does all of it, writes and keeps the care system where that was asked, and shows it.

    Raises:
        Refused, TablesLagBehind: as :func:`work`, and when the file cannot be written.
    """
    done = work(asked)
    lines = []
    if keep:
        content = write_document(done.fitted.system).encode()
        name = done.fitted.system.id
        lines.append(loading.care_system(done.region, name, content).sentence)
    if file is not None:
        _write(done, file)
        lines.append(_("The care system was written to %(file)s.") % {"file": file})
    if as_json:
        typer.echo(fit_table.as_json(done))
    else:
        fit_table.show(done)
        for line in lines:
            typer.echo(line)


def _write(done: Fitted, file: Path) -> None:
    try:
        file.write_text(write_document(done.fitted.system), encoding="utf-8")
    except OSError as error:
        words = _("%(file)s cannot be written: %(error)s")
        raise Refused(words % {"file": file, "error": error.strerror}) from error
