"""Arrays as bytes, for pieces of work that are stored until all of them are done."""

from __future__ import annotations

import io
import zipfile
import zlib

import numpy as np
from numpy.typing import NDArray


def pack(**arrays: NDArray[np.generic]) -> bytes:
    """Named arrays as compressed bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def unpack(data: bytes, *names: str) -> list[NDArray[np.generic]]:
    """The arrays with these names.

    Raises:
        ValueError: when the bytes are damaged, or not those of :func:`pack` with these names.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            return [stored[name] for name in names]
    except (OSError, KeyError, EOFError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError(f"these bytes do not hold {', '.join(names)}") from error
