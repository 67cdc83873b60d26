"""Typed loads and stores at raw addresses, for the simulation kernel only.

Arrays handed between compiled functions cost reference counting at every call; addresses cost
nothing. Every address comes from :mod:`.workspace`, which keeps the arrays alive and sized. A place
holds numbers of one kind during a run, which the compiler is told; counts and moments are kinds
apart. What is read or written lies at an address and an offset in bytes: an addition less for numba
to compile than at their sum, and there are many. The compiler sees the two apart as well, and so
which numbers lie side by side.
"""

# numba's intrinsics work on untyped compiler objects and read the names of their arguments.
# ruff: noqa: ARG001
# mypy: disable-error-code="no-untyped-def,no-untyped-call,misc,type-arg"

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

_I1P = ir.IntType(8).as_pointer()


def _place(builder, kind, address, offset):
    begin = builder.inttoptr(address, _I1P)
    return builder.bitcast(builder.gep(begin, [offset]), kind.as_pointer())


def _tag(builder, instruction, kind):
    """Tell the compiler that what is here lies nowhere where another kind of number lies."""
    module = builder.module
    root = module.add_metadata(["memory of the kernel"])
    scalar = module.add_metadata([str(kind), root, ir.Constant(_I8, 0)])
    tag = module.add_metadata([scalar, scalar, ir.Constant(_I8, 0)])
    instruction.set_metadata("tbaa", tag)


def _load(kind, widen=None, fixed=False, tag=None):
    def codegen(_context, builder, _signature, args):
        value = builder.load(_place(builder, kind, *args))
        _tag(builder, value, tag or kind)
        if fixed:
            value.set_metadata("invariant.load", builder.module.add_metadata([]))
        return value if widen is None else builder.sext(value, widen)

    return codegen


def _store(kind, narrow=False, tag=None):
    def codegen(context, builder, _signature, args):
        address, offset, value = args
        value = builder.trunc(value, kind) if narrow else value
        _tag(builder, builder.store(value, _place(builder, kind, address, offset)), tag or kind)
        return context.get_dummy_value()

    return codegen


_F8, _I8, _I4, _I1 = ir.DoubleType(), ir.IntType(64), ir.IntType(32), ir.IntType(1)


@intrinsic
def load_float(typingctx, address, offset=0):
    """The 64-bit float at an address."""
    return types.float64(types.int64, types.int64), _load(_F8)


@intrinsic
def load_int(typingctx, address, offset=0):
    """The 64-bit integer at an address."""
    return types.int64(types.int64, types.int64), _load(_I8)


@intrinsic
def fixed_float(typingctx, address, offset=0):
    """The 64-bit float at an address to which nothing is written during a run."""
    return types.float64(types.int64, types.int64), _load(_F8, fixed=True)


@intrinsic
def fixed_int(typingctx, address, offset=0):
    """The 64-bit integer at an address to which nothing is written during a run."""
    return types.int64(types.int64, types.int64), _load(_I8, fixed=True)


@intrinsic
def moment(typingctx, address, offset=0):
    """The moment at an address, a kind of its own: a 64-bit float that is not negative."""
    return types.float64(types.int64, types.int64), _load(_F8, tag="moments")


@intrinsic
def moment_order(typingctx, address, offset=0):
    """The moment at an address as an integer, of which the order is the same.

    Integers are compared sooner than floats.
    """
    return types.int64(types.int64, types.int64), _load(_I8, tag="moments")


@intrinsic
def store_moment(typingctx, address, offset, value):
    """Write a moment."""
    return types.void(types.int64, types.int64, types.float64), _store(_F8, tag="moments")


@intrinsic
def float_bits(typingctx, value):
    """The bits of a 64-bit float as an integer."""

    def codegen(_context, builder, _signature, args):
        return builder.bitcast(args[0], _I8)

    return types.int64(types.float64), codegen


@intrinsic
def fraction(typingctx, drawn):
    """The middle of one of 2**52 equal steps between 0 and 1, by the highest 52 bits.

    As the bits of a number between 1 and 2, of which then 1 - 2**-53 is taken: nothing is rounded.
    """

    def codegen(_context, builder, _signature, args):
        one = ir.Constant(_I8, 1023 << 52)
        beyond = builder.or_(builder.lshr(args[0], ir.Constant(_I8, 12)), one)
        return builder.fsub(builder.bitcast(beyond, _F8), ir.Constant(_F8, 1.0 - 2.0**-53))

    return types.float64(types.int64), codegen


@intrinsic
def power_of_two(typingctx, exponent):
    """2 to a whole exponent between -1022 and 1023, as a 64-bit float.

    Only the lowest bits of the exponent are looked at.
    """

    def codegen(_context, builder, _signature, args):
        biased = builder.add(args[0], ir.Constant(_I8, 1023))
        return builder.bitcast(builder.shl(biased, ir.Constant(_I8, 52)), _F8)

    return types.float64(types.int64), codegen


@intrinsic
def negative_if(typingctx, value, odd):
    """A 64-bit float with the other sign if an integer is odd, without looking which it is."""

    def codegen(_context, builder, _signature, args):
        sign = builder.shl(args[1], ir.Constant(_I8, 63))
        return builder.bitcast(builder.xor(builder.bitcast(args[0], _I8), sign), _F8)

    return types.float64(types.float64, types.int64), codegen


@intrinsic
def whole(typingctx, value):
    """The whole number in a 64-bit float, towards 0."""

    def codegen(_context, builder, _signature, args):
        return builder.fptosi(args[0], _I8)

    return types.int64(types.float64), codegen


@intrinsic
def lowest(typingctx, word):
    """Which is the lowest bit that is set in a word: 64 when none is."""

    def codegen(_context, builder, _signature, args):
        return builder.cttz(args[0], ir.Constant(_I1, 0))

    return types.int64(types.int64), codegen


@intrinsic
def either(typingctx, condition, one, other):
    """One integer if a condition holds, the other if not, without guessing which it will be."""

    def codegen(_context, builder, _signature, args):
        chosen = builder.select(*args)
        chosen.set_metadata("unpredictable", builder.module.add_metadata([]))
        return chosen

    return types.int64(types.boolean, types.int64, types.int64), codegen


@intrinsic
def larger(typingctx, one, other):
    """The larger of two 64-bit floats that are numbers."""

    def codegen(_context, builder, _signature, args):
        return builder.select(builder.fcmp_ordered(">", *args), *args)

    return types.float64(types.float64, types.float64), codegen


@intrinsic
def load_short(typingctx, address, offset=0):
    """The 32-bit integer at an address, as 64 bits."""
    return types.int64(types.int64, types.int64), _load(_I4, _I8)


@intrinsic
def store_float(typingctx, address, offset, value):
    """Write a 64-bit float."""
    return types.void(types.int64, types.int64, types.float64), _store(_F8)


@intrinsic
def store_int(typingctx, address, offset, value):
    """Write a 64-bit integer."""
    return types.void(types.int64, types.int64, types.int64), _store(_I8)


@intrinsic
def add_pair(typingctx, address, first, second):
    """Add to two 64-bit floats side by side, in one go."""

    def codegen(context, builder, _signature, args):
        place = builder.inttoptr(args[0], ir.VectorType(_F8, 2).as_pointer())
        amounts = ir.Constant(ir.VectorType(_F8, 2), ir.Undefined)
        for k in (0, 1):
            amounts = builder.insert_element(amounts, args[1 + k], ir.Constant(_I4, k))
        before = builder.load(place, align=8)
        _tag(builder, before, "counts")
        _tag(builder, builder.store(builder.fadd(before, amounts), place, align=8), "counts")
        return context.get_dummy_value()

    return types.void(types.int64, types.float64, types.float64), codegen


@intrinsic
def add_one(typingctx, address, amount):
    """Add to a count that is a 64-bit float."""

    def codegen(context, builder, _signature, args):
        place = builder.inttoptr(args[0], _F8.as_pointer())
        before = builder.load(place)
        _tag(builder, before, "counts")
        _tag(builder, builder.store(builder.fadd(before, args[1]), place), "counts")
        return context.get_dummy_value()

    return types.void(types.int64, types.float64), codegen


@intrinsic
def one_more(typingctx, address):
    """Add one to a count that is a 32-bit integer."""

    def codegen(context, builder, _signature, args):
        place = builder.inttoptr(args[0], _I4.as_pointer())
        before = builder.load(place)
        _tag(builder, before, "counts")
        more = builder.add(before, ir.Constant(_I4, 1))
        _tag(builder, builder.store(more, place), "counts")
        return context.get_dummy_value()

    return types.void(types.int64), codegen


@intrinsic
def clear(typingctx, address, size):
    """Fill so many bytes from an address with zeros."""

    def codegen(context, builder, _signature, args):
        cgutils.memset(builder, builder.inttoptr(args[0], _I1P), args[1], 0)
        return context.get_dummy_value()

    return types.void(types.int64, types.int64), codegen


def _expected(value):
    def codegen(_context, builder, _signature, args):
        kind = ir.FunctionType(_I1, [_I1, _I1])
        expect = cgutils.get_or_insert_function(builder.module, kind, "llvm.expect.i1")
        return builder.call(expect, [args[0], ir.Constant(_I1, value)])

    return codegen


@intrinsic
def likely(typingctx, condition):
    """A condition that nearly always holds: what follows from it lies on the straight way."""
    return types.boolean(types.boolean), _expected(1)


@intrinsic
def unlikely(typingctx, condition):
    """A condition that hardly ever holds: what follows from it lies out of the way."""
    return types.boolean(types.boolean), _expected(0)


@intrinsic
def store_short(typingctx, address, offset, value):
    """Write the low 32 bits of an integer."""
    return types.void(types.int64, types.int64, types.int64), _store(_I4, narrow=True)
