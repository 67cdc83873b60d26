"""Starting numba without all of scipy's linear algebra, which nothing here asks numba for.

When numba first loads machine code it looks whether scipy's BLAS can be had by importing it: a
tenth of the memory of a forecast, and of its start. Whoever multiplies matrices in compiled code
asks the same again at that moment; only the first question is answered without looking. It costs
a twentieth of a second earlier than it would, at import.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from numba.np import linalg


@contextmanager
def _taken_for_granted() -> Iterator[None]:
    """scipy is one of our own dependencies, so the answer is known."""
    look = linalg.ensure_blas
    linalg.ensure_blas = lambda: None
    try:
        yield
    finally:
        linalg.ensure_blas = look


with _taken_for_granted():
    from numba.np import arraymath

arraymath.ensure_blas = linalg.ensure_blas  # type: ignore[attr-defined]
