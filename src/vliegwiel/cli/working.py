"""Doing the pieces of a forecast on this machine, with progress, until it is known well enough.

The forecast itself comes first: what is told of it besides takes many more replications.
"""

from collections.abc import Iterator
from dataclasses import dataclass

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
    Chunk,
    Forecast,
    Precision,
    Scenario,
)

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

    def replications(self) -> Iterator[Chunk]:
        """What each replication counted, one piece in memory after another."""
        return self.work.chunks(self.made)

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
    precision: Precision | None = None,
) -> Begun:
    """The forecast of a scenario, after so many replications, or fewer when that is enough."""
    made: dict[Key, bytes] = {}
    work = forecasting.prepare(
        system,
        change,
        months=months,
        replications=replications,
        seed=seed,
        threads=threads,
        precision=precision,
    )
    with _progress() as progress:
        _do(work, made, progress, FIRST)
        forecast = work.forecast(made)
    return Begun(forecast, work, made)


def _do(work: Work, made: dict[Key, bytes], progress: Progress, kinds: tuple[str, ...]) -> None:
    """Make the pieces of these kinds, as far as they are needed."""
    pieces = [piece for piece in work.pieces if piece.kind in kinds]
    for task in progress.task_ids:
        progress.remove_task(task)
    bar = progress.add_task("", total=sum(piece.work for piece in pieces))
    for piece in pieces:
        progress.update(bar, description=_doing(piece))
        if work.is_needed(piece, made):
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
