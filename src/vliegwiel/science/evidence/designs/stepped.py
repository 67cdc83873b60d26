"""A stepped wedge: every site gets the pilot in the end, one after another, in an order by lot.

The outcome by site and quarter has a level of its own for each site and each quarter, and the
effect where the pilot is on (weighted least squares, weights by the youths of a site). The test is
the lot itself: the estimate is compared with those that other orders of the same sites would have
given (randomisation inference; Ji, Fink, Robyn and Small 2017, Annals of Applied Statistics 11),
which holds however few the sites are and however the outcome hangs together in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import permutations

import numpy as np

from .design import Design
from .seen import NEVER, Floats, Ints, Seen, Tested, ratio

#: Months that are taken together.
_PERIOD = 3
#: Orders that the order of the lot is compared with, where there are too many to try all.
_ORDERS = 400
#: Up to so many sites all orders are tried.
_ALL_ORDERS_UP_TO = 6


def examine(seen: Seen) -> Tested:
    """The effect while the pilot is on, of each pilot."""
    sites = int(seen.taking_part.sum(axis=1).max(initial=0))
    order = np.argsort(np.where(seen.taking_part, seen.starts, NEVER + 1), axis=1, kind="stable")
    order = order[:, :sites]
    starts = np.take_along_axis(seen.starts, order, axis=1)
    y, weights = _by_period(seen, order)
    on = _on(seen, starts[0])
    estimate = _estimates(y, weights, on[None])[:, 0]
    others = np.stack([on[:, list(one)] for one in _orders(sites)])
    other = _estimates(y, weights, others)
    # What differs by rounding alone is the same estimate.
    as_far = np.abs(other) >= np.abs(estimate)[:, None] * (1.0 - 1e-9)
    p = as_far.mean(axis=1)
    known = np.isfinite(estimate)
    return Tested(estimate, np.where(known, estimate, 0.0), np.where(known, p, 1.0))


@cache
def _orders(sites: int) -> Sequence[Sequence[int]]:
    """Orders of the sites, that of the lot itself first: all, or some drawn once for all pilots."""
    if sites <= _ALL_ORDERS_UP_TO:
        return tuple(permutations(range(sites)))
    drawn = np.random.default_rng(sites)
    others = (tuple(drawn.permutation(sites).tolist()) for _ in range(_ORDERS - 1))
    return tuple(range(sites)), *others


def _edges(seen: Seen) -> Ints:
    """First month of each period; a period begins when the first site does."""
    first = seen.before % _PERIOD
    edges = np.arange(first, seen.months, _PERIOD)
    return np.unique(np.concatenate([[0], edges])).astype(np.int64)


def _on(seen: Seen, starts: Ints) -> Floats:
    """Share of each period in which the pilot is on, for sites with these starts, shape (T, K)."""
    edges = _edges(seen)
    month = np.arange(seen.months)[:, None] >= starts[None, :]
    length = np.diff(np.append(edges, seen.months))[:, None]
    found: Floats = np.add.reduceat(month.astype(np.float64), edges, axis=0) / length
    return found


def _by_period(seen: Seen, order: Ints) -> tuple[Floats, Floats]:
    """Outcome (R, T, K) of the sites in their order, and the weight of each site (R, K).

    Where nobody is counted stands what the levels of site and period make likely.
    """
    edges = _edges(seen)
    above, below = (
        np.add.reduceat(np.take_along_axis(part, order[:, None, :], axis=2), edges, axis=1)
        for part in (seen.above, seen.below)
    )
    by_site = ratio(above.sum(axis=1), below.sum(axis=1))[:, None, :]
    by_period = ratio(above.sum(axis=2), below.sum(axis=2))[:, :, None]
    whole = ratio(above.sum(axis=(1, 2)), below.sum(axis=(1, 2)))[:, None, None]
    likely = np.nan_to_num(by_site + by_period - whole)
    y = ratio(above, below)
    return np.where(np.isfinite(y), y, likely), below.mean(axis=1)


def _estimates(y: Floats, weights: Floats, on: Floats) -> Floats:
    """Effect at each of P orders, shape (R, P); not a number where the pilot is never on.

    With weights by site the levels of sites and periods are taken off by weighted means.
    """
    share = ratio(weights, weights.sum(axis=1, keepdims=True))
    common = np.einsum("rtk,rk->rt", y, share)
    free = (
        y - y.mean(axis=1, keepdims=True) - (common - common.mean(axis=1, keepdims=True))[..., None]
    )
    centred = on - on.mean(axis=1, keepdims=True)
    pilots, orders, sites = len(y), len(on), y.shape[2]
    above = (free * share[:, None, :]).reshape(pilots, -1) @ centred.reshape(orders, -1).T
    alone = share @ (centred**2).sum(axis=1).T
    # What sites have in common in a quarter, as a square form in their weights.
    together = np.einsum("ptj,ptk->pjk", centred, centred).reshape(orders, -1)
    pairs = (share[:, :, None] * share[:, None, :]).reshape(pilots, sites * sites)
    below = alone - pairs @ together.T
    found: Floats = np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 1e-12)
    return found


DESIGN = Design(
    id="stepped",
    examine=examine,
    compares=False,
    drawn="order",
    least_before=0,
    least_after=6,
    least_sites=4,
    least_compared=0,
)
