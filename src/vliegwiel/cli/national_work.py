"""Making the pieces of a national calculation: on the threads of this machine or on a Dask cluster.

What is finished stands in the folder at once, so that whoever makes pieces may stop, die or be
another one the next time.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from vliegwiel.science.country import (
    CountryPiece,
    CountryPlan,
    CountryRegion,
    OtherCodeError,
    make_piece,
    region_outcome,
)
from vliegwiel.science.kernel import quick_hand_over

from .national_folder import NationalFolder

#: How often a piece is asked for again when the machine that had it went away.
MOST_ATTEMPTS = 5
_SECONDS_BETWEEN_LOOKS = 0.2


class Stopped(Exception):
    """Somebody asked to stop; what is finished stands in the folder."""


class ClusterError(Exception):
    """The cluster cannot do the work; `code` says why: absent, gone, other_code or missing."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Makers:
    """Who makes pieces: how to ask for one, and how many may be in hand at once."""

    ask: Callable[[CountryPiece], "Future[bytes]"]
    in_hand: int
    #: Errors after which a piece may be asked for again.
    passing: tuple[type[BaseException], ...] = ()


@contextmanager
def threads_here(plan: CountryPlan, threads: int) -> Iterator[Makers]:
    """The threads of this process."""
    with quick_hand_over(), ThreadPoolExecutor(max_workers=threads) as pool:
        # One more than there are threads, so that none of them waits for this one.
        yield Makers(lambda piece: pool.submit(plan.compute, piece), threads + 1)


@contextmanager
def cluster(plan: CountryPlan, address: str) -> Iterator[Makers]:
    """The workers of a Dask cluster, by the address of its scheduler.

    Raises ClusterError when Dask is not installed or nobody answers.
    """
    try:
        # Late, because Dask is optional and takes half a second to load.
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise ClusterError("missing") from error
    connect: Any = Client  # Dask has no types
    try:
        client: Any = connect(address, timeout="10s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError("absent", address) from error
    try:
        executor: Executor = client.get_executor(pure=False, retries=MOST_ATTEMPTS)
        threads = sum(client.nthreads().values())
        yield Makers(
            lambda piece: executor.submit(make_piece, plan.order(piece)),
            # Enough for workers that join later not to be idle.
            max(8, 3 * threads),
            (KilledWorker,),
        )
    finally:
        client.close(timeout=5)


@dataclass
class Work:
    """The work of a plan that is not in the folder yet, region by region.

    `report` is called with a region that is in hand and how many replications were finished.
    """

    folder: NationalFolder
    makers: Makers
    report: Callable[[CountryRegion, int], None]
    stop: threading.Event
    _running: dict["Future[Any]", CountryPiece | CountryRegion] = field(default_factory=dict)
    _missing: dict[str, set[str]] = field(default_factory=dict)
    _attempts: dict[str, int] = field(default_factory=dict)

    def do(self) -> None:
        """Finishes every region. Raises Stopped, ClusterError, or OSError when nothing can be
        written; all that was finished before is kept."""
        todo = self._todo()
        with ThreadPoolExecutor(max_workers=1) as finisher:
            try:
                while self._fill(todo, finisher) and self._running:
                    self._collect(finisher)
            finally:
                self._leave_off()
        if self.stop.is_set():
            raise Stopped

    def _todo(self) -> Iterator[tuple[CountryRegion, CountryPiece | None]]:
        """What is to be done, in order; a region with all its pieces and no outcome has none."""
        for region in self.folder.plan.regions:
            pieces = self.folder.plan.pieces(region.code)
            if self.folder.years(region) is not None:
                self.report(region, self.folder.plan.replications)
                continue
            missing = [piece for piece in pieces if not self.folder.has(piece)]
            self._missing[region.code] = {piece.name for piece in missing}
            kept = {piece.name for piece in pieces} - self._missing[region.code]
            self.report(region, sum(p.last - p.first for p in pieces if p.name in kept))
            for piece in missing:
                yield region, piece
            if not missing:
                yield region, None

    def _fill(
        self, todo: Iterator[tuple[CountryRegion, CountryPiece | None]], finisher: Executor
    ) -> bool:
        """Asks for as much as may be in hand; False when it is time to stop."""
        while not self.stop.is_set() and len(self._running) < self.makers.in_hand:
            found = next(todo, None)
            if found is None:
                break
            region, piece = found
            if piece is None:
                self._finish(region, finisher)
            else:
                self._running[self.makers.ask(piece)] = piece
        return not self.stop.is_set()

    def _collect(self, finisher: Executor) -> None:
        done, _others = wait(self._running, _SECONDS_BETWEEN_LOOKS, return_when=FIRST_COMPLETED)
        for future in done:
            made = self._running.pop(future)
            if isinstance(made, CountryPiece):
                self._keep(made, future, finisher)
            else:
                future.result()

    def _keep(self, piece: CountryPiece, future: "Future[bytes]", finisher: Executor) -> None:
        try:
            data = future.result()
        except OtherCodeError as error:
            raise ClusterError("other_code") from error
        except CancelledError as error:  # nobody here cancelled it: the scheduler went away
            raise ClusterError("gone") from error
        except self.makers.passing as error:
            self._attempts[piece.name] = self._attempts.get(piece.name, 0) + 1
            if self._attempts[piece.name] >= MOST_ATTEMPTS:
                raise ClusterError("gone") from error
            self._running[self.makers.ask(piece)] = piece
            return
        self.folder.keep(piece, data)
        region = next(r for r in self.folder.plan.regions if r.code == piece.region)
        self.report(region, piece.last - piece.first)
        self._missing[piece.region].discard(piece.name)
        if not self._missing[piece.region]:
            self._finish(region, finisher)

    def _finish(self, region: CountryRegion, finisher: Executor) -> None:
        """In another thread, one region at a time: two would be in memory together."""
        self._running[finisher.submit(self._make_outcome, region)] = region

    def _make_outcome(self, region: CountryRegion) -> None:
        plan = self.folder.plan
        # One after another: what was read of a file need not stay beside what it means.
        found = (self.folder.piece(piece) for piece in plan.pieces(region.code))
        outcome = region_outcome(plan, region.code, (data for data in found if data is not None))
        self.folder.finish(region, outcome)

    def _leave_off(self) -> None:
        """Keeps what was still being made, and takes back what nobody has begun."""
        begun = {future: made for future, made in self._running.items() if not future.cancel()}
        self._running.clear()
        wait(begun)
        for future, made in begun.items():
            if isinstance(made, CountryPiece) and future.exception() is None:
                self.folder.keep(made, future.result())
