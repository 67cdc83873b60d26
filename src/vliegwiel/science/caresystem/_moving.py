"""Moving in the kernel: youths who come to a next care type may live elsewhere by then.

Nothing happens at the moment of a move: the municipality in which care or waiting began stays
responsible for it. Whether a youth has moved is drawn when the next care is come to, for the time
since that was last looked at.
"""

# Compiled code: numba infers the types, and arguments go by position.
# mypy: disable-error-code="no-untyped-def,untyped-decorator,no-untyped-call,misc"

from __future__ import annotations

from vliegwiel.science.kernel import Purpose

from . import _layout as at
from ._elementary import exp
from ._inlining import inlined, step, uniform
from ._memory import fixed_int, load_float, load_int, load_short, store_float, store_short
from ._recording import extra
from ._youths import counter, outcome, record

_P_MOVE = int(Purpose.MOVE)
_P_MOVE_TO = int(Purpose.MOVE_TO)


@inlined
def settle_down(h, r, now):
    """A new youth lives in its group of municipalities from now on."""
    store_float(extra(h, r), at.X_LIVES_SINCE, now)


@inlined
def move(h, y, now):
    """Give a youth who comes to a next care type the group in which it lives by now.

    Of several moves within the time only the last would count, and it is drawn as if it were one.
    """
    rate = load_float(fixed_int(h, at.MOVING_RATE))
    if rate > 0.0:
        r = record(h, y)
        since = load_float(extra(h, r), at.X_LIVES_SINCE)
        settle_down(h, r, now)
        key, visit = load_int(r, at.Y_KEY), counter(r)
        if uniform(key, _P_MOVE, visit) < 1.0 - exp(-rate * (now - since)):
            groups = fixed_int(h, at.GROUPS)
            to = fixed_int(h, at.MOVING_TO) + 8 * groups * load_short(r, at.Y_GROUP)
            store_short(r, at.Y_GROUP, outcome(to, groups, step(key, _P_MOVE_TO, visit)))
