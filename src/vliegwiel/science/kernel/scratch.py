"""Large arrays of a thread that are used again and again.

An array made anew for every replication comes from the operating system, which hands it out page by
page and takes it back at once: with two threads that took as long as the simulation itself.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Scratch(threading.local):
    """Memory of each thread apart, by name."""

    def __init__(self) -> None:
        self._held: dict[Hashable, NDArray[Any]] = {}
        #: Stands for where the arrays of this thread lie: another object once one was made anew.
        self.arrangement = object()

    def array(self, name: Hashable, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """An array until this thread asks for one of this name again, with anything in it."""
        size, key = math.prod(shape), (name, np.dtype(dtype))
        held = self._held.get(key)
        if held is None or held.size < size:
            held = np.empty(size, dtype)
            self._held[key] = held
            self.arrangement = object()
        return held[:size].reshape(shape)
