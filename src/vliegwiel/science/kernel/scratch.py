"""Large arrays of a thread that are used again and again.

An array made anew for every replication comes from the operating system, which hands it out page by
page and takes it back at once: with two threads that took as long as the simulation itself.
"""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Scratch(threading.local):
    """Memory of each thread apart, by name."""

    def __init__(self) -> None:
        self._held: dict[Hashable, NDArray[Any]] = {}

    def array(self, name: Hashable, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """An array with anything in it, until this thread asks for one of this name again."""
        size, key = int(np.prod(shape)), (name, np.dtype(dtype))
        held = self._held.get(key)
        if held is None or held.size < size:
            held = self._held[key] = np.empty(size, dtype=dtype)
        return held[:size].reshape(shape)
