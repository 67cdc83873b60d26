"""Doing the pieces of a forecast on this machine, with progress, until it is known well enough.

The forecast itself comes first: what is told of it besides takes many more replications.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from vliegwiel.apps.explorer import forecasting
from vliegwiel.apps.explorer.forecasting import Key, Outcome, Piece, Work
from vliegwiel.science.caresystem import (
    CareSystem,
    Check,
    Chunk,
    Forecast,
    Precision,
    Scenario,
    half_width,
    looks,
    precision_check,
)
from vliegwiel.science.caresystem import Outcome as Verdict

from .language import gettext as _

#: What somebody waits for, and what takes longer and is told after it.
FIRST = (forecasting.FORECAST,)
AFTERWARDS = (forecasting.QUEUE, forecasting.SENSITIVITY)


@dataclass(frozen=True, slots=True)
class Begun:
    """A forecast that is there, and of which more can be worked out."""

    forecast: Forecast
    work: Work
    made: dict[Key, bytes]

    def go_on(self) -> Outcome:
        """The same with how long who waits today has to wait, and which assumptions matter most."""
        with _progress() as progress:
            _do(self.work, self.made, progress, AFTERWARDS)
        return self.work.complete(self.forecast, self.made)


def work_out(
    system: CareSystem,
    change: Scenario,
    *,
    months: int,
    replications: int,
    seed: int,
    threads: int,
    precision: float | None = None,
) -> Begun:
    """The forecast of a scenario, after so many replications, or fewer when that is precise enough.

    `precision` is in days: half the width of the interval in which the change of the waiting time
    of the focus lies.
    """
    made: dict[Key, bytes] = {}
    asked = None if precision is None else Precision(precision)
    checks: tuple[Check, ...] = ()
    with _progress() as progress:
        for count in (replications,) if asked is None else looks(asked, replications):
            work = forecasting.prepare(
                system, change, months=months, replications=count, seed=seed, threads=threads
            )
            _do(work, made, progress, FIRST)
            if asked is not None:
                checks = (_looked_at(work, made, asked),)
                if checks[0].outcome is Verdict.PASSED:
                    break
        forecast = work.forecast(made)
    return Begun(replace(forecast, checks=(*forecast.checks, *checks)), work, made)


def _looked_at(work: Work, made: Mapping[Key, bytes], asked: Precision) -> Check:
    pieces = [piece for piece in work.pieces if piece.kind == forecasting.FORECAST]
    chunks = [Chunk.from_bytes(made[piece.key]) for piece in pieces]
    width = half_width(work.plan, chunks, asked)
    return precision_check(asked, width, work.plan.replications)


def _do(work: Work, made: dict[Key, bytes], progress: Progress, kinds: tuple[str, ...]) -> None:
    """Make the pieces that are not there yet; a piece can have grown since the last look."""
    pieces = [piece for piece in work.pieces if piece.kind in kinds]
    for task in progress.task_ids:
        progress.remove_task(task)
    bar = progress.add_task("", total=sum(piece.work for piece in pieces))
    for piece in pieces:
        progress.update(bar, description=_doing(piece))
        if piece.key not in made or not work.fits(piece, made[piece.key]):
            made[piece.key] = work.compute(piece, made)
        progress.advance(bar, piece.work)


def _doing(piece: Piece) -> str:
    return {
        forecasting.FORECAST: _("Simulating the coming years"),
        forecasting.QUEUE: _("Following who waits today"),
        forecasting.SENSITIVITY: _("Looking which assumptions matter"),
    }[piece.kind]


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
