"""Telling what is being done: bars on a terminal, a plain line a step where a file or log reads."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Report = Callable[[int, int], None]
# Does the work, reports how far it is, and says in a few words what it did.
Work = Callable[[Report], str]


class Steps(Protocol):
    """Steps one after the other, each told when it begins and when it is done."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def run(self, title: str, work: Work) -> None: ...


def steps_on(console: Console) -> Steps:
    """The way of telling that fits where `console` writes."""
    return _Drawn(console) if console.is_terminal else _Plain(console)


class _Drawn:
    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=12),
            TimeElapsedColumn(),
            console=console,
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()

    def run(self, title: str, work: Work) -> None:
        task = self._progress.add_task(title, total=None)

        def report(done: int, total: int) -> None:
            self._progress.update(task, completed=done, total=total)

        result = work(report)
        description = f"{title}: {result}" if result else title
        self._progress.update(task, description=description, total=1, completed=1)


class _Plain:
    def __init__(self, console: Console) -> None:
        self._console = console

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        return

    def run(self, title: str, work: Work) -> None:
        # What begins is told as well: a log that stands still would not say at what.
        self._print(f"• {title} ...")
        since = time.monotonic()
        result = work(_untold)
        seconds = f"{time.monotonic() - since:.0f} s"
        self._print(f"  {result} ({seconds})" if result else f"  {seconds}")

    def _print(self, line: str) -> None:
        self._console.print(line, soft_wrap=True, markup=False)


def _untold(_done: int, _total: int) -> None:
    """How far a step is would be a line each time."""
