"""Typed loads and stores at raw addresses, for the simulation kernel only.

Arrays handed between compiled functions cost reference counting at every call; addresses cost
nothing. Every address comes from :mod:`.workspace`, which keeps the arrays alive and sized.
"""

# numba's intrinsics work on untyped compiler objects and read the names of their arguments.
# ruff: noqa: ARG001
# mypy: disable-error-code="no-untyped-def,no-untyped-call,misc,type-arg"

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.extending import intrinsic


def _load(kind, widen=None):
    def codegen(_context, builder, _signature, args):
        value = builder.load(builder.inttoptr(args[0], kind.as_pointer()))
        return value if widen is None else builder.sext(value, widen)

    return codegen


def _store(kind, narrow=False):
    def codegen(context, builder, _signature, args):
        value = builder.trunc(args[1], kind) if narrow else args[1]
        builder.store(value, builder.inttoptr(args[0], kind.as_pointer()))
        return context.get_dummy_value()

    return codegen


_F8, _I8, _I4 = ir.DoubleType(), ir.IntType(64), ir.IntType(32)


@intrinsic
def load_float(typingctx, address):
    """The 64-bit float at an address."""
    return types.float64(types.int64), _load(_F8)


@intrinsic
def load_int(typingctx, address):
    """The 64-bit integer at an address."""
    return types.int64(types.int64), _load(_I8)


@intrinsic
def load_short(typingctx, address):
    """The 32-bit integer at an address, as 64 bits."""
    return types.int64(types.int64), _load(_I4, _I8)


@intrinsic
def store_float(typingctx, address, value):
    """Write a 64-bit float."""
    return types.void(types.int64, types.float64), _store(_F8)


@intrinsic
def store_int(typingctx, address, value):
    """Write a 64-bit integer."""
    return types.void(types.int64, types.int64), _store(_I8)


@intrinsic
def store_short(typingctx, address, value):
    """Write the low 32 bits of an integer."""
    return types.void(types.int64, types.int64), _store(_I4, narrow=True)
