"""From the messages of a region to a fitted care system: reading, deriving, fitting, testing.

Imported once Django is set up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from vliegwiel import reference
from vliegwiel.apps.explorer.sentences import fault
from vliegwiel.apps.intake import queries
from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    Text,
    read_care_system,
    write_document,
)
from vliegwiel.science.country import country_regions, region_care_system
from vliegwiel.science.fit import (
    BackTest,
    FittedSystem,
    Visits,
    back_test,
    background_of,
    fit_care_system,
    observed_from,
    observed_until,
    visits_of_trajectories,
)
from vliegwiel.science.kernel import Month
from vliegwiel.science.trajectories import derive

from . import fit_table, loading
from .documents import care_system_text, faults
from .fit_table import Done
from .language import gettext as _
from .loading import Refused, TablesLagBehind, require_tables
from .steps import Report, steps_on

if TYPE_CHECKING:
    from vliegwiel.apps.regions.models import Region
    from vliegwiel.science.fit import Background
    from vliegwiel.science.ijw import Record
    from vliegwiel.science.trajectories import Trajectories

__all__ = ["Asked", "Refused", "TablesLagBehind", "answer"]


#: With less than half a year there is hardly an end of care, and no telling what is usual.
_LEAST_MONTHS = 6


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


class _Work:
    """The steps, each of which leaves what the next ones need."""

    def __init__(self, asked: Asked, region: Region, like: CareSystem) -> None:
        self.asked, self.region, self.like = asked, region, like
        self.records: list[Record] = []
        self.found: Trajectories
        self.visits: Visits
        self.fitted: FittedSystem
        self.tested: BackTest | None = None
        self.known: date
        self.begin: date
        self.until: date
        self.background: Background

    def read(self, _report: Report) -> str:
        """All records, in memory: every step looks at all of them."""
        self.records = list(queries.records_of(self.region))
        if not self.records:
            raise Refused(_("There are no care messages of this region. First: vliegwiel deliver"))
        self.known = max(record.message.dated for record in self.records)
        return str(len(self.records))

    def derive(self, _report: Report) -> str:
        """Trajectories and visits, between the days of which everything is known."""
        self.found = derive(self.records, known=self.known)
        until = self.asked.until or observed_until(self.found)
        first = Month.of(until).plus(-self.asked.months).first_day
        self.begin = self.asked.begin or max(first, observed_from(self.records))
        whole = Month.of(until).minus(Month.of(self.begin))
        if not self.begin < until <= self.known + timedelta(days=1) or whole < _LEAST_MONTHS:
            words = _("From %(begin)s to %(until)s there are not enough months to fit to.")
            raise Refused(words % {"begin": self.begin, "until": until})
        self.until = until
        every = visits_of_trajectories(self.found, begin=self.begin)
        self.visits = every.before(until) if until != every.end else every
        return str(len(self.visits))

    def fit(self, _report: Report) -> str:
        """The care system."""
        self.background = _background(self.like, self.region, self.known)
        self.fitted = fit_care_system(self.visits, self.background, grace=self.asked.grace)
        return str(len(self.fitted.parts))

    def test(self, _report: Report) -> str:
        """The months that were held back, forecast with what was known when one could have."""
        asked = self.asked
        cut = Month.of(self.until).plus(-asked.held_back).first_day
        # The same days as now are waited for messages that come late.
        then = cut + (self.known - self.until)
        before = derive(self.records, known=then)
        known = visits_of_trajectories(before, begin=self.begin)
        self.tested = back_test(
            self.visits,
            self.background,
            months=asked.held_back,
            replications=asked.replications,
            seed=asked.seed,
            grace=asked.grace,
            threads=asked.threads,
            known=known.before(cut) if known.end != cut else known,
        )
        return ""


def work(asked: Asked) -> Done:
    """Does all of it, and tells on standard error how far it is.

    Raises:
        Refused: when there is nothing to fit to, or it cannot be done, with why.
        TablesLagBehind: when the database is of an earlier version.
    """
    require_tables()
    region = loading.region_called(asked.region, b"")
    like = _like(asked.like or region.slug, region, named=bool(asked.like))
    made = _Work(asked, region, like)
    try:
        with steps_on(Console(stderr=True)) as steps:
            steps.run(_("Reading messages"), made.read)
            steps.run(_("Deriving trajectories"), made.derive)
            steps.run(_("Estimating"), made.fit)
            months = Month.of(made.until).minus(Month.of(made.begin))
            if 0 < asked.held_back < months - 1:
                steps.run(_("Testing on months held back"), made.test)
    except DocumentError as error:
        raise Refused(*(f"{item.path}: {fault(item)}" for item in error.faults)) from error
    except ValueError as error:
        raise Refused(_("This cannot be fitted: %(reason)s") % {"reason": error}) from error
    return Done(
        region=region, begin=made.begin, until=made.until, known=made.known,
        visits=len(made.visits), fitted=made.fitted, tested=made.tested,
    )  # fmt: skip


def _background(like: CareSystem, region: Region, known: date) -> Background:
    return background_of(
        like,
        name=f"{region.slug}-fit",
        version=f"fit-{known.isoformat()}",
        title=Text(
            nl=f"Jeugdzorg in {region.name}, geschat uit berichten",
            en=f"Youth care in {region.name}, fitted to messages",
        ),
        data=_("Care messages (iJw) of %(region)s") % {"region": region.name},
        publisher=region.name,
    )


def _like(name: str, region: Region, *, named: bool) -> CareSystem:
    """The care system that is named, else that of the region, else that of its size."""
    if not named and name not in reference.care_system_names():
        sized = next((one for one in country_regions() if one.code == region.code), None)
        if sized is not None:
            return region_care_system(sized)
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


def _write(done: Done, file: Path) -> None:
    try:
        file.write_text(write_document(done.fitted.system), encoding="utf-8")
    except OSError as error:
        words = _("%(file)s cannot be written: %(error)s")
        raise Refused(words % {"file": file, "error": error.strerror}) from error
