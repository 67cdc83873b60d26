"""Doing the pieces of a forecast on this machine, with progress, until it is known well enough."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
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
    Precision,
    Scenario,
    half_width,
    looks,
    precision_check,
)
from vliegwiel.science.caresystem import Outcome as Verdict

from .language import gettext as _


def work_out(
    system: CareSystem,
    change: Scenario,
    *,
    months: int,
    replications: int,
    seed: int,
    threads: int,
    precision: float | None = None,
) -> Outcome:
    """The outcome of a scenario, after so many replications, or fewer when that is precise enough.

    `precision` is in days: half the width of the interval in which the change of the waiting time
    of the focus lies.
    """

    def prepared(count: int) -> Work:
        return forecasting.prepare(
            system, change, months=months, replications=count, seed=seed, threads=threads
        )

    made: dict[Key, bytes] = {}
    asked = None if precision is None else Precision(precision)
    check = None
    with _progress() as progress:
        bar = progress.add_task("", total=None)
        for count in (replications,) if asked is None else looks(asked, replications):
            work = prepared(count)
            _do(work, made, progress, bar, only=None if asked is None else forecasting.FORECAST)
            if asked is not None:
                check = _looked_at(work, made, asked)
                if check.outcome is Verdict.PASSED:
                    break
        _do(work, made, progress, bar)
        outcome = work.assemble(made)
    if check is None:
        return outcome
    known = replace(outcome.forecast, checks=(*outcome.forecast.checks, check))
    return replace(outcome, forecast=known)


def _looked_at(work: Work, made: Mapping[Key, bytes], asked: Precision) -> Check:
    pieces = [piece for piece in work.pieces if piece.kind == forecasting.FORECAST]
    chunks = [Chunk.from_bytes(made[piece.key]) for piece in pieces]
    width = half_width(work.plan, chunks, asked)
    return precision_check(asked, width, work.plan.replications)


def _do(
    work: Work, made: dict[Key, bytes], progress: Progress, bar: TaskID, *, only: str | None = None
) -> None:
    """Make the pieces that are not there yet; a piece can have grown since the last look."""
    done = 0
    for piece in _pieces(work, only):
        if piece.key not in made or not work.fits(piece, made[piece.key]):
            progress.update(bar, description=_doing(piece), total=work.total, completed=done)
            made[piece.key] = work.compute(piece, made)
        done += piece.work
    progress.update(bar, total=work.total, completed=done)


def _pieces(work: Work, only: str | None) -> Iterator[Piece]:
    return (piece for piece in work.pieces if only is None or piece.kind == only)


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
