"""Chunks of replications in files, so that memory does not grow with their number.

What a forecast counts takes some fifty kilobytes a replication. The first chunks stay in memory;
those beyond are written to a folder that lives as long as the work, and read a part at a time.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .ensemble import ARRAYS, Chunk
from .measuring import Values32

#: Bytes of chunks that stay in memory.
IN_MEMORY = 8 << 20
#: The axis of the replications, before the one that is read from one place to another. A measure
#: of all replications in some months then lies together.
_BEFORE_TYPES = -2


class StoredChunk(Chunk):
    """A chunk of which the arrays stand in files; each use reads what it looks at."""

    def __init__(self, chunk: Chunk, folder: Path) -> None:
        for name in ("plan_hash", "first", "last"):
            object.__setattr__(self, name, getattr(chunk, name))
        object.__setattr__(self, "_folder", folder)
        for name in ARRAYS:
            array = getattr(chunk, name)
            np.save(self._path(name), np.moveaxis(array, 0, _BEFORE_TYPES), allow_pickle=False)

    def _path(self, name: str) -> Path:
        folder: Path = self._folder  # type: ignore[attr-defined]
        return folder / f"{self.first}-{name}.npy"

    def _read(self, name: str) -> NDArray[Any]:
        stored = np.load(self._path(name), mmap_mode="r", allow_pickle=False)
        return np.moveaxis(stored, _BEFORE_TYPES, 0)

    @property
    def measured(self) -> Values32:
        """See :class:`.measuring.Replication`, as for the others."""
        return self._read("measured")

    @property
    def discrepancies(self) -> NDArray[np.float64]:
        """How far each of the checks of a replication is off."""
        return self._read("discrepancies")

    @property
    def by_station(self) -> Values32:
        """Of providers."""
        return self._read("by_station")

    @property
    def waits(self) -> Values32:
        """Quantiles of waiting times."""
        return self._read("waits")

    @property
    def flows(self) -> NDArray[np.int32]:
        """From care type to care type."""
        return self._read("flows")

    @property
    def by_municipality(self) -> Values32:
        """Of municipalities."""
        return self._read("by_municipality")


class Chunks(Sequence[Chunk]):
    """Chunks in the order in which they were added: the first in memory, the others in files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chunks: list[Chunk] = []
        self._size = 0

    def add(self, chunk: Chunk) -> None:
        """One more."""
        self._size += sum(getattr(chunk, name).nbytes for name in ARRAYS)
        within = self._size <= IN_MEMORY
        self._chunks.append(chunk if within else StoredChunk(chunk, self._folder))

    def __len__(self) -> int:
        return len(self._chunks)

    def __getitem__(self, index: Any) -> Any:
        return self._chunks[index]

    def __iter__(self) -> Iterator[Chunk]:
        return iter(self._chunks)


@contextmanager
def kept_chunks() -> Iterator[Chunks]:
    """Room for chunks, of which the files are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="vliegwiel-") as folder:
        yield Chunks(Path(folder))
