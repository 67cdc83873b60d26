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
    _inlining,
    _layout,
    _memory,
    _queues,
    _recording,
    _stays,
    _youths,
    ziggurat,
)
from ._kernel import run
from .features import feature_numbers
from .network import Network
from .network_tables import network_tables

Floats = NDArray[np.float64]


def _build_number() -> int:
    """A number for the source of the helper functions, which numba's cache does not look at."""
    digest = hashlib.sha256()
    helpers = (
        _ages, _budgets, _calendar, _census, _draws, _inlining, _layout, _memory, _queues,
        _recording, _stays, _youths, ziggurat,
    )  # fmt: skip
    files = [Path(str(module.__file__)) for module in helpers]
    for file in (*files, Path(str(kernel.__file__)).with_name("streams.py")):
        digest.update(file.read_bytes())
    return int.from_bytes(digest.digest()[:4], "big") >> 1


@cache
def _compiled(plain: bool) -> Callable[[int, int, int | None], None]:
    """The kernel as machine code: compiled once ever, kept on disk, loaded once a process.

    The build number is part of the signature as a literal type, so a helper that has changed
    gives another signature and never the old code. So is whether the network is plain, which
    gives two kernels.
    """
    flag = types.none if plain else types.int64
    build = types.literal(_build_number())  # type: ignore[no-untyped-call]
    entry: Callable[[int, int, int | None], None] = run.compile((types.int64, build, flag))
    return entry


#: Events wanted in one bucket of the calendar.
_EVENTS_PER_BUCKET = 2.0
_PLACE = {name: k for k, name in enumerate(_layout.HEADER)}
#: Places in the header of what differs from run to run.
_CHANGING = np.array([
    _PLACE[name] for name in (
        "key", "slots", "records", "extras", "bucket_heads",
        "counts", "flows", "histogram", "station_counts",
    )
])  # fmt: skip
#: 64-bit words in a record, and in a line of the processor's cache, at which records begin.
_WORDS = _layout.RECORD // 8
_LINE = 64


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


#: The large part of the memory of a thread. Between runs every bucket is empty.
_scratch = Scratch()


def _places(slots: int, buckets: int) -> tuple[int, int, int]:
    """Addresses of records, extras and buckets, at least so many, in the order of `_CHANGING`."""
    # Room for a record before the first, and for beginning at a line of the cache.
    records = _scratch.array("records", (_WORDS * (slots + 2),), np.int64, _layout.NOBODY)
    begin = _address(records)
    return (
        begin + -begin % _LINE + _layout.RECORD,
        _address(_scratch.array("extras", (_layout.EXTRA // 8 * slots,), np.int64)),
        _address(_heads(buckets)),
    )


def _heads(buckets: int) -> NDArray[Any]:
    return _scratch.array("buckets", (buckets,), np.int32, _layout.NOBODY)


class Workspace:
    """What it takes to simulate one network; not to be shared between threads."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._tables = network_tables(network)
        self._buckets_per_day = _buckets_per_day(network)
        self._slots = _first_slots(network)
        self._state = {name: _apart(array) for name, array in _small_state(network).items()}
        self._buckets = int(network.horizon * self._buckets_per_day) + 3
        self._header = _header(network, self._tables, self._state, self._buckets_per_day)

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
        run = _compiled(plain)
        while True:
            header, counts = _apart(self._header), _empty_counts(self._network, room)
            self._prepare(header, key, counts)
            if trace is not None:
                header[_PLACE["trace"]] = trace.ctypes.data
                header[_PLACE["trace_room"]] = len(trace)
            if youths is not None:
                header[_PLACE["trace_youths"]] = youths.ctypes.data
            run(header.ctypes.data, 0, None if plain else 1)
            if header[_PLACE["failed"]] == 0:
                return counts.by_type(self._network)
            self._slots *= 2  # more youths at once than there was memory for
            _heads(self._buckets).fill(_layout.NOBODY)  # the run was broken off

    def _prepare(self, header: NDArray[np.int64], key: int, counts: _Raw) -> None:
        """Fill in what differs from run to run, and empty the queues and the care types."""
        for name, array in self._state.items():
            array.fill(_layout.NOBODY if name in ("queue_head", "queue_tail") else 0)
        places = _places(self._slots, self._buckets)
        header[_CHANGING] = (key, self._slots, *places, *counts.addresses())


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


def _small_state(network: Network) -> dict[str, NDArray[np.generic]]:
    """Memory of the queues and the places, emptied before each run."""
    stations, queues = network.stations, network.stations * network.classes
    state: dict[str, NDArray[np.generic]] = {
        "in_care": np.empty(stations, dtype=np.int64),
        "queue_head": np.empty(queues, dtype=np.int32),
        "queue_tail": np.empty(queues, dtype=np.int32),
    }
    if not network.features.plain:
        state |= {
            "queue_length": np.empty(stations, dtype=np.int64),
            "in_care_of": np.empty((stations, network.row.shape[1]), dtype=np.int64),
            "spent": np.empty(stations), "spent_at": np.empty(stations),
            "spending": np.empty(stations),
        }  # fmt: skip
    return state


def _apart(array: NDArray[Any]) -> NDArray[Any]:
    """A copy that shares no line of the cache with anything that another thread writes to.

    Two threads that write to one line wait for each other at every event. A processor may fetch
    lines by two.
    """
    own = 2 * _LINE
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
        "slots_used": sources, "free_first": _layout.NOBODY,
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


def _coming(network: Network) -> float:
    """Candidates that the sources send in a day."""
    return float(network.candidates.max(axis=1).sum())


def _turnover(network: Network) -> float:
    """Rough number of stays that end in a day, of who is in care at the start."""
    return float((network.in_care_by_type / network.stay_mean.min(axis=0)).sum())


def _buckets_per_day(network: Network) -> float:
    # The calendar holds ends of stays. A care system that starts empty fills up with who comes.
    wanted = max(1.0, _coming(network), _turnover(network)) / _EVENTS_PER_BUCKET
    # A power of two, so that a whole day is a whole number of buckets and scaling is exact.
    return float(2 ** max(0, min(8, round(math.log2(wanted)))))


def _first_slots(network: Network) -> int:
    present = int(network.in_care.sum() + network.waiting.sum()) + network.returning
    if present == 0:  # it fills up with who comes
        days = min(network.horizon, float(network.stay_mean.mean()))
        present = math.ceil(_coming(network) * days)
    sources = len(network.candidates)
    return 256 + sources + 2 * present + 12 * math.ceil(_coming(network) + _turnover(network))
