"""How the parts of the event loop are compiled: into whoever calls them, and nowhere else.

A part on its own is never run. Without entrances for Python and C it is compiled in two thirds of
the time, and the loop as one piece of machine code runs one and a half times as fast as one that
calls its parts. Division by zero gives infinity, as in numpy, instead of a check at every division.
"""

# numba's compiler objects are untyped.
# mypy: disable-error-code="no-untyped-def,no-untyped-call,call-overload"

from __future__ import annotations

from numba import njit, types

from vliegwiel.science import kernel


def inlined(function):
    """A part of the event loop.

    It is compiled once for all constants of a type: left to itself, numba makes a copy of a part
    for each number that stands in a call of it.
    """
    part = njit(
        forceinline=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True
    )(function)
    template = part.get_call_template
    part.get_call_template = lambda args, kws: template(tuple(map(types.unliteral, args)), kws)
    return part


bits = inlined(kernel.bits.py_func)
child_key = inlined(kernel.child_key.py_func)
uniform = inlined(kernel.uniform.py_func)
