"""Where a simulation is set up: the kernel's header, and the memory it works in.

What is large and says nothing afterwards (records of youths, the calendar) belongs to a thread and
is used again for whatever that thread simulates next, without being emptied in between.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numba import types
from numpy.typing import DTypeLike, NDArray

from vliegwiel.science import kernel
from vliegwiel.science.kernel import Scratch

from . import (
    _ages,
    _budgets,
    _calendar,
    _census,
    _draws,
    _elapsed,
    _inlining,
    _layout,
    _memory,
    _queues,
    _recording,
    _sources,
    _stays,
    _youths,
    ziggurat,
)
from ._kernel import run
from .features import feature_numbers
from .memory_needs import buckets_per_day, first_slots
from .network import Network
from .network_tables import network_tables

Floats = NDArray[np.float64]
Run = Callable[[int, int, int | None, int | None], None]


def _build_number() -> int:
    """A number for the source of the helper functions, which numba's cache does not look at."""
    digest = hashlib.sha256()
    helpers = (
        _ages, _budgets, _calendar, _census, _draws, _elapsed, _inlining, _layout, _memory,
        _queues, _recording, _sources, _stays, _youths, ziggurat,
    )  # fmt: skip
    files = [Path(str(module.__file__)) for module in helpers]
    for file in (*files, Path(str(kernel.__file__)).with_name("streams.py")):
        digest.update(file.read_bytes())
    return int.from_bytes(digest.digest()[:4], "big") >> 1


@cache
def _compiled(plain: bool, writes: bool) -> Run:
    """The kernel as machine code: compiled once ever, kept on disk, loaded once a process.

    The build number is part of the signature as a literal type, so a helper that has changed
    gives another signature and never the old code. So is whether the network is plain and whether
    events can be written down. Beyond the plain they always can: asking at every event costs less
    there, and a first forecast follows who waits today, for which nothing more is compiled then.
    """
    flags = [types.int64 if so else types.none for so in (not plain, writes)]
    build = types.literal(_build_number())  # type: ignore[no-untyped-call]
    entry: Callable[[int, int, int | None, int | None], None] = run.compile(
        (types.int64, build, *flags)
    )
    return entry


_PLACE = {name: k for k, name in enumerate(_layout.HEADER)}
#: Places in the header of what differs from run to run, and of what lies in a thread's memory.
_CHANGING = np.array([
    _PLACE[name] for name in ("key", "counts", "flows", "histogram", "station_counts")
])  # fmt: skip
_OF_THREAD = np.array([
    _PLACE[name] for name in ("slots", "records", "extras")
])  # fmt: skip
#: 64-bit integers in a record.
_INTEGERS = _layout.RECORD // 8
#: Where a record lies among the others is a 32-bit number.
_MOST_SLOTS = 2**31 // _layout.RECORD


@dataclass(frozen=True, slots=True)
class Counts:
    """What one replication counted.

    Attributes:
        cells: by month, group, care type and count (``_layout.COUNTED``), shape (M, G, n, c).
        flows: youths who went from an origin to a destination, by month, shape
            (M, S + 2n + 1, n + 2). Origin s is a source, S + i care of type i that ended, S + n + i
            the queue of type i that a youth left, S + 2n coming back from outside. Destination
            j < n is care type j (arrived there), n base provisions, n + 1 out of care: also for who
            is or becomes too old. Every arrival, referral to base, end and leaving is in one cell;
            who is there at the start did not arrive.
        histogram: waits of who started in a month, in bins (see :mod:`.waits`), shape (M, n, bins).
        stations: by month, station and count, groups together, shape (M, m, c); None for a plain
            network. A youth in the one queue of several providers counts at the first of them.
        station_histogram: waits of who started at a station, shape (M, m, bins); None for a plain
            network.
        events: arrivals, starts, ends and leaving, in number.
    """

    cells: Floats
    flows: NDArray[np.int32]
    histogram: NDArray[np.int32]
    stations: Floats | None = None
    station_histogram: NDArray[np.int32] | None = None

    @property
    def events(self) -> int:
        """Number of arrivals, starts, ends and youths who stopped waiting."""
        kinds = [_layout.COUNTED.index(kind) for kind in ("arrivals", "starts", "ends", "leaving")]
        return int(self.cells[..., kinds].sum())

    def named(self, name: str) -> Floats:
        """One count by month, group and care type, shape (M, G, n)."""
        found: Floats = self.cells[..., _layout.COUNTED.index(name)]
        return found

    def station(self, name: str) -> Floats:
        """One count by month and station, shape (M, m).

        Raises:
            ValueError: for a plain network, whose stations are its care types.
        """
        if self.stations is None:
            raise ValueError("a plain network has no counts by station")
        found: Floats = self.stations[..., _layout.COUNTED.index(name)]
        return found

    def total(self, name: str) -> Floats:
        """One count by month and care type, summed over groups, shape (M, n)."""
        counted = self.named(name)
        total: Floats = counted.sum(axis=1) if counted.shape[1] > 1 else counted[:, 0]
        return total


#: The large part of the memory of a thread.
_scratch = Scratch()


def _places(slots: int) -> tuple[int, int]:
    """Addresses of records and extras: at least so many.

    Raises:
        MemoryError: for more records than 32 bits can tell the place of.
    """
    if slots > _MOST_SLOTS:
        raise MemoryError(f"{slots:,} youths at once is more than one simulation can hold")
    # Room for a record before the first, and for beginning at a line of the cache.
    records = _scratch.array("records", (_INTEGERS * (slots + 2),), np.int64)
    begin = _address(records)
    return (
        begin + -begin % _layout.LINE + _layout.RECORD,
        _address(_scratch.array("extras", (_layout.EXTRA // 8 * slots,), np.int64)),
    )


class Workspace:
    """What it takes to simulate one network; not to be shared between threads."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._tables = network_tables(network)
        self._buckets_per_day = buckets_per_day(network)
        self._slots = first_slots(network)
        self._memory, self._state = _side_by_side(_small_state(network, self._buckets_per_day))
        self._fresh = self._memory.copy()
        self._header = _header(network, self._tables, self._state, self._buckets_per_day)
        self._working = _apart(self._header)
        self._arrangement: object = None

    def simulate(
        self,
        key: int,
        trace: NDArray[np.int64] | None = None,
        youths: NDArray[np.int64] | None = None,
        room: int | None = None,
    ) -> Counts:
        """One replication with the random numbers of this key (64 bits, signed).

        Args:
            trace: room for a line for each event, shape (events, 4), filled in the order in which
                the kernel sees them: bits of the time, key of the youth, place in
                ``_layout.COUNTED``, care type.
            youths: room for as many lines about the youth of each of them, shape (events, 5), see
                ``_layout.YOUTH_LINE``. Who is there at the start then has a line in both: as
                "census" since the day on which care began, as "waiting_since" since the day of
                arrival.
            room: number of the room of this thread to count in; the counts are gone when something
                else is counted there. None for tables that are theirs to keep.
        """
        plain = self._network.features.plain
        writes = trace is not None or not plain
        run = _compiled(plain, writes)
        while True:
            counts = _empty_counts(self._network, room)
            header = self._prepare(key, counts)
            if trace is not None:
                header[_PLACE["trace"]] = trace.ctypes.data
                header[_PLACE["trace_room"]] = len(trace)
            if youths is not None:
                header[_PLACE["trace_youths"]] = youths.ctypes.data
            run(header.ctypes.data, 0, None if plain else 1, 1 if writes else None)
            if header[_PLACE["failed"]] == 0:
                return counts.by_type(self._network)
            self._slots *= 2  # more youths at once than there was memory for
            self._arrangement = None

    def _prepare(self, key: int, counts: _Raw) -> NDArray[np.int64]:
        """The header of a run, at the beginning of which queues and care types are empty."""
        if self._arrangement is not _scratch.arrangement:
            places = _places(self._slots)
            self._header[_OF_THREAD] = (self._slots * _layout.RECORD, *places)
            self._arrangement = _scratch.arrangement
        self._memory[:] = self._fresh
        self._working[:] = self._header
        self._working[_CHANGING] = (key, *counts.addresses())
        return self._working


@dataclass(frozen=True, slots=True)
class _Raw:
    """The tables that a run fills, month by month, before anything is summed."""

    cells: Floats
    flows: NDArray[np.int32]
    waits: NDArray[np.int32]
    stations: Floats

    def addresses(self) -> tuple[int, int, int, int]:
        """Their addresses, in the order in which `_CHANGING` has them."""
        return (
            _address(self.cells), _address(self.flows), _address(self.waits),
            _address(self.stations),
        )  # fmt: skip

    def by_type(self, network: Network) -> Counts:
        """The counts of the run."""
        if network.features.plain:
            return Counts(self.cells, self.flows, self.waits)
        first = np.searchsorted(network.form_of, np.arange(network.types))
        by_type = np.add.reduceat(self.waits, first, axis=1, dtype=np.int32)
        return Counts(self.cells, self.flows, by_type, self.stations, self.waits)


def _empty_counts(network: Network, room: int | None) -> _Raw:
    """Tables with anything in them: the kernel empties a month when it begins."""

    def table(name: str, shape: tuple[int, ...], dtype: DTypeLike = np.float64) -> NDArray[Any]:
        if room is None:
            return np.empty(shape, dtype=dtype)
        return _scratch.array((name, room), shape, dtype)

    months, groups = network.row.shape
    sources, n, stations = len(network.candidates), network.types, network.stations
    counted, further = len(_layout.COUNTED), 0 if network.features.plain else stations
    return _Raw(
        table("cells", (months, groups, n, counted)),
        table("flows", (months, sources + 2 * n + 1, n + 2), np.int32),
        table("waits", (months, stations, _layout.BINS), np.int32),
        table("stations", (months, further, counted)),
    )


def _small_state(network: Network, buckets_per_day: float) -> dict[str, NDArray[np.generic]]:
    """Memory of the calendar, queues, places and the month's parameters, as it is before a run."""
    stations, queues = network.stations, network.stations * network.classes
    groups = network.row.shape[1]
    spans = int(network.horizon * buckets_per_day) // _layout.BUCKETS + 1

    def nobody(places: int) -> NDArray[np.int32]:
        return np.full(places, _layout.NOBODY, dtype=np.int32)

    state: dict[str, NDArray[np.generic]] = {
        "in_care": np.zeros(stations, dtype=np.int64),
        "queue_head": nobody(queues), "queue_tail": nobody(queues),
        "span_heads": nobody(spans),
        # One more, which stays empty, for when the bits tell of nobody.
        "bucket_heads": nobody(_layout.BUCKETS + 1),
        "present": np.zeros(groups * network.types * _layout.CELL // 8),
    }  # fmt: skip
    if not network.features.plain:
        state |= {
            "queue_length": np.zeros(stations, dtype=np.int64),
            "in_care_of": np.zeros((stations, groups), dtype=np.int64),
            "spent": np.zeros(stations), "spent_at": np.zeros(stations),
            "spending": np.zeros(stations),
        }  # fmt: skip
    return state


def _side_by_side(
    arrays: dict[str, NDArray[Any]],
) -> tuple[NDArray[np.uint8], dict[str, NDArray[Any]]]:
    """One piece of memory, and copies of arrays in it that each begin at lines of their own."""
    own = 2 * _layout.LINE
    sizes = [own * math.ceil(array.nbytes / own) for array in arrays.values()]
    memory = _apart(np.zeros(sum(sizes), dtype=np.uint8))
    copies, begin = {}, 0
    for size, (name, array) in zip(sizes, arrays.items(), strict=True):
        copies[name] = memory[begin : begin + array.nbytes].view(array.dtype).reshape(array.shape)
        copies[name][...] = array
        begin += size
    return memory, copies


def _apart(array: NDArray[Any]) -> NDArray[Any]:
    """A copy that shares no line of the cache with anything that another thread writes to.

    Two threads that write to one line wait for each other at every event. A processor may fetch
    lines by two.
    """
    own = 2 * _layout.LINE
    room = np.empty(array.nbytes + 2 * own, dtype=np.uint8)
    begin = -_address(room) % own
    copy = room[begin : begin + array.nbytes].view(array.dtype).reshape(array.shape)
    copy[...] = array
    return copy


def _header(
    network: Network,
    tables: dict[str, NDArray[np.generic]],
    state: dict[str, NDArray[np.generic]],
    buckets_per_day: float,
) -> NDArray[np.int64]:
    """The header as far as it is the same in every run."""
    sources, months = network.candidates.shape
    kinds = network.types
    header = np.zeros(len(_layout.HEADER), dtype=np.int64)
    numbers = {
        "types": kinds, "sources": sources, "months": months, "groups": network.row.shape[1],
        "fresh": int(network.fresh), "returning": network.returning,
        "stations": network.stations, "classes": network.classes,
        "known_types": kinds if network.known_types is None else network.known_types,
        "elapsed_points": tables["waited_share"].shape[1],
        "slots_used": sources * _layout.RECORD, "free_first": _layout.NOBODY,
        **feature_numbers(network.features, kinds),
    }  # fmt: skip
    for name, number in numbers.items():
        header[_PLACE[name]] = number
    for name, table in (*tables.items(), *state.items()):
        # A choice that always stands in this arm has no table of that.
        stands = name.endswith("_keep") and bool(np.all(np.greater_equal(table, 1.0)))
        header[_PLACE[name]] = 0 if stands else _address(table)
    floats = header.view(np.float64)
    for name in ("horizon", "norm_days", "waits_from"):
        floats[_PLACE[name]] = getattr(network, name)
    floats[_PLACE["buckets_per_day"]] = buckets_per_day
    return header


def _address(table: NDArray[np.generic]) -> int:
    """Where the numbers of a table lie. Faster than numpy's ``ctypes.data``; it is asked often."""
    address: int = table.__array_interface__["data"][0]
    return address
