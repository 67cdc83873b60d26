"""How the parts of the event loop are compiled: into whoever calls them, and nowhere else.

A part on its own is never run. Without entrances for Python and C it is compiled in two thirds of
the time, and the loop as one piece of machine code runs one and a half times as fast as one that
calls its parts. Division by zero gives infinity, as in numpy, instead of a check at every division.
"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from numba import njit

from vliegwiel.science import kernel

# The types of numba leave out the last two of these options.
inlined = njit(  # type: ignore[call-overload]
    forceinline=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
)
uniform = inlined(kernel.uniform.py_func)
