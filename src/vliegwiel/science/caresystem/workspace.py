"""Memory of a simulation: built once per network and thread, used again for every replication."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numba import types
from numpy.typing import NDArray

from vliegwiel.science import kernel

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
)
from ._kernel import run
from .features import feature_numbers, feature_tables
from .network import Network

Floats = NDArray[np.float64]


def _build_number() -> int:
    """A number for the source of the helper functions, which numba's cache does not look at."""
    digest = hashlib.sha256()
    helpers = (
        _ages, _budgets, _calendar, _census, _draws, _inlining, _layout, _memory, _queues,
        _recording, _stays, _youths,
    )  # fmt: skip
    files = [Path(str(module.__file__)) for module in helpers]
    for file in (*files, Path(str(kernel.__file__)).with_name("streams.py")):
        digest.update(file.read_bytes())
    return int.from_bytes(digest.digest()[:4], "big") >> 1


@cache
def _compiled(plain: bool) -> Callable[[int, int, int], None]:
    """The kernel as machine code: compiled once ever, kept on disk, loaded once a process.

    The build number is part of the signature as a literal type, so a helper that has changed
    gives another signature and never the old code. So is whether the network is plain, which
    gives two kernels.
    """
    literals = [types.literal(n) for n in (_build_number(), int(not plain))]  # type: ignore[no-untyped-call]
    entry: Callable[[int, int, int], None] = run.compile((types.int64, *literals))
    return entry


#: Events wanted in one bucket of the calendar.
_EVENTS_PER_BUCKET = 4.0
#: Memory that only a network beyond the plain needs.
_FURTHER = (
    "extras", "queue_length", "in_care_of", "spent", "spent_at", "spending", "station_counts",
)  # fmt: skip


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
        return int(self.cells[..., :4].sum())

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
        total: Floats = self.named(name).sum(axis=1)
        return total


class Workspace:
    """Memory for simulating one network; not to be shared between threads."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._tables = _tables(network)
        self._state: dict[str, NDArray[np.generic]] = {}
        self._buckets_per_day = _buckets_per_day(network)
        self._slots = _first_slots(network)

    def simulate(self, key: int, trace: NDArray[np.int64] | None = None) -> Counts:
        """One replication with the random numbers of this key (64 bits, signed).

        Args:
            trace: room for a line for each event, shape (events, 4), filled in the order in which
                the kernel sees them: bits of the time, key of the youth, place in
                ``_layout.COUNTED``, care type.
        """
        plain = self._network.features.plain
        simulate = _compiled(plain)
        while True:
            header = self._prepare(key)
            if trace is not None:
                header[_layout.TRACE // 8] = trace.ctypes.data
                header[_layout.TRACE_ROOM // 8] = len(trace)
            simulate(header.ctypes.data, 0, 0)
            if header[_layout.FAILED // 8] == 0:
                break
            self._slots *= 2  # more youths at once than there was memory for
        return self._counted()

    def _counted(self) -> Counts:
        state, network = self._state, self._network
        cells = np.array(state["counts"], dtype=np.float64)
        flows = np.array(state["flows"], dtype=np.int32)
        waits = np.array(state["histogram"], dtype=np.int32)
        if network.features.plain:
            return Counts(cells, flows, waits)
        first = np.searchsorted(network.form_of, np.arange(network.types))
        by_type = np.add.reduceat(waits, first, axis=1, dtype=np.int32)
        stations = np.array(state["station_counts"], dtype=np.float64)
        return Counts(cells, flows, by_type, stations, waits)

    def _prepare(self, key: int) -> NDArray[np.int64]:
        network, slots = self._network, self._slots
        sources, months = network.candidates.shape
        groups, kinds, stations = network.row.shape[1], network.types, network.stations
        days = round(network.horizon)
        buckets = int(network.horizon * self._buckets_per_day) + 1
        if self._state.get("records", np.empty(0)).size != 8 * slots:
            self._state = {
                "records": np.zeros(8 * slots, dtype=np.int64),
                "free": np.empty(slots, dtype=np.int32),
                "bucket_heads": np.empty(buckets, dtype=np.int32),
                "in_care": np.empty(stations, dtype=np.int64),
                "queue_head": np.empty(stations * network.classes, dtype=np.int32),
                "queue_tail": np.empty(stations * network.classes, dtype=np.int32),
                "counts": np.empty((months, groups, kinds, len(_layout.COUNTED))),
                "histogram": np.empty((months, stations, _layout.BINS), dtype=np.int32),
                "flows": np.empty((months, sources + 2 * kinds + 1, kinds + 2), dtype=np.int32),
                **self._further_state(),
            }
        state = self._state
        # The first records are the sources; free records are given out lowest first.
        state["free"][: slots - sources] = np.arange(slots - 1, sources - 1, -1)
        for name in ("bucket_heads", "queue_head", "queue_tail"):
            state[name].fill(_layout.NOBODY)
        for name in ("in_care", "counts", "histogram", "flows", *_FURTHER):
            state[name].fill(0)
        numbers = {
            "types": kinds, "sources": sources, "months": months, "groups": groups,
            "horizon_days": days, "slots": slots, "fresh": int(network.fresh), "key": key,
            "returning": network.returning, "stations": stations, "classes": network.classes,
            "free_top": slots - sources, "present_bucket": -1,
            "known_types": kinds if network.known_types is None else network.known_types,
            **feature_numbers(network.features, kinds),
        }  # fmt: skip
        header = np.zeros(len(_layout.HEADER), dtype=np.int64)
        for k, name in enumerate(_layout.HEADER):
            if name in self._tables:
                header[k] = self._tables[name].ctypes.data
            elif name in state:
                header[k] = state[name].ctypes.data
            else:
                header[k] = numbers.get(name, 0)
        self._tables["scalars"][_layout.BUCKETS_PER_DAY // 8] = self._buckets_per_day
        return header

    def _further_state(self) -> dict[str, NDArray[np.generic]]:
        """Memory that only a network beyond the plain needs."""
        network, stations = self._network, self._network.stations
        if network.features.plain:
            return {name: np.empty(0) for name in _FURTHER}
        months, groups = network.row.shape
        return {
            "extras": np.empty(_layout.EXTRA // 8 * self._slots, dtype=np.int64),
            "queue_length": np.empty(stations, dtype=np.int64),
            "in_care_of": np.empty((stations, groups), dtype=np.int64),
            "spent": np.empty(stations),
            "spent_at": np.empty(stations),
            "spending": np.empty(stations),
            "station_counts": np.empty((months, stations, len(_layout.COUNTED))),
        }


def _tables(network: Network) -> dict[str, NDArray[np.generic]]:
    """The network's tables under their names in the header, contiguous and checked."""
    days = round(network.horizon)
    month_of_day = np.searchsorted(network.month_ends, np.arange(days), side="right")
    scalars = np.array([network.horizon, network.norm_days, network.waits_from, 0.0])
    floats = {
        "scalars": scalars, "month_ends": network.month_ends, "candidates": network.candidates,
        "group_cum": network.groups, "accept": network.accept, "stay_mean": network.stay_mean,
        "stay_a": network.stay_a, "stay_b": network.stay_b,
        "extension_probability": network.extension_probability,
        "extension_mean": network.extension_mean, "patience_mean": network.patience_mean,
        "return_probability": network.return_probability, "return_mean": network.return_mean,
        "start_groups": network.start_groups, "waiting_span": network.waiting_span,
    }  # fmt: skip
    for name, made in (
        ("destination", network.destination),
        ("following", network.following),
        ("back", network.back),
    ):
        floats[f"{name}_reference"] = made.reference
        floats[f"{name}_keep"] = made.keep
        floats[f"{name}_change"] = made.change
    integers = {
        "row": network.row, "shape": network.shape, "leave_to": network.leave_to,
        "places": network.places, "in_care_start": network.in_care,
        "waiting_start": network.waiting,
    }  # fmt: skip
    tables: dict[str, NDArray[np.generic]] = {
        "month_of_day": np.ascontiguousarray(month_of_day, dtype=np.int32)
    }
    for name, table in floats.items():
        tables[name] = np.array(table, dtype=np.float64, order="C")
    for name, whole in integers.items():
        tables[name] = np.array(whole, dtype=np.int64, order="C")
    months, groups = network.row.shape
    tables |= feature_tables(
        network.features, rows=len(network.stay_mean), months=months, groups=groups,
        kinds=network.types, stations=network.stations,
    )  # fmt: skip
    return tables


def _activity(network: Network) -> float:
    """Rough number of calendar entries a day: candidates, and youths in care whose stay ends."""
    candidates = float(network.candidates.max(axis=1).sum())
    turnover = float((network.in_care_by_type / network.stay_mean.min(axis=0)).sum())
    return candidates + turnover


def _buckets_per_day(network: Network) -> float:
    wanted = max(1.0, _activity(network) / _EVENTS_PER_BUCKET)
    # A power of two, so that a whole day is a whole number of buckets and scaling is exact.
    return float(2 ** min(8, round(math.log2(wanted))))


def _first_slots(network: Network) -> int:
    present = int(network.in_care.sum() + network.waiting.sum()) + network.returning
    sources = len(network.candidates)
    return 256 + sources + 2 * present + 12 * math.ceil(_activity(network))
