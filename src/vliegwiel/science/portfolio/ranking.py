"""What initiatives are worth on several criteria at once, and how much that hangs on the weights.

Weights are opinions, so no ranking stands on one set of them. SMAA (stochastic multicriteria
acceptability analysis; Lahdelma and Salminen 2001, *Operations Research* 49:444-454) tries all
weights, and all scores that are still possible, and counts how often each initiative takes each
place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
#: Draws of weights (and scores): shares are then known to within one in a hundred.
DRAWS = 20_000
_TINY = 1e-12


def weighted_sum(scores: ArrayLike, weights: ArrayLike) -> Floats:
    """Worth of each initiative, shape (initiatives,), for one set of weights.

    Args:
        scores: on one yardstick, higher is better, shape (initiatives, criteria).
        weights: shape (criteria,); they are divided by their sum.

    Raises:
        ValueError: for shapes that do not fit, or weights that are below 0 or all 0.
    """
    table = _table(scores)
    found: Floats = table @ _shares(weights, table.shape[-1])
    return found


@dataclass(frozen=True, slots=True)
class Acceptability:
    """How often each initiative takes each place, over all weights.

    Attributes:
        places: share of the weights with which initiative i takes place k, shape (initiatives,
            initiatives); rows and columns add up to 1.
        central: the weights with which it comes first, averaged, shape (initiatives, criteria); not
            a number for who never comes first.
        confidence: share of the possible scores with which it comes first with its central weights;
            1 or 0 when scores are certain. Not a number for who never comes first.
        beats: share of the draws in which initiative i is worth more than j, shape (initiatives,
            initiatives).
    """

    places: Floats
    central: Floats
    confidence: Floats
    beats: Floats


def acceptability(
    scores: ArrayLike,
    *,
    order: Sequence[int] | None = None,
    draws: int = DRAWS,
    seed: int = 1,
) -> Acceptability:
    """Try all weights, each as likely as the other, and all possible scores.

    Args:
        scores: shape (initiatives, criteria), or (samples, initiatives, criteria) when uncertain.
        order: criteria from most to least important, when people agree on that; only weights in
            that order are tried.
        draws: how many weights are tried; initiatives that are worth the same share their places.

    Raises:
        ValueError: for shapes that do not fit, or an order that does not name every criterion once.
    """
    table = np.asarray(scores, dtype=np.float64)
    samples = table[None] if table.ndim == 2 else table
    if samples.ndim != 3 or not samples.size or not np.all(np.isfinite(samples)):
        raise ValueError("scores are numbers, by initiative and criterion")
    if draws < 1:
        raise ValueError("at least one set of weights is tried")
    count, criteria = samples.shape[1:]
    random = np.random.default_rng(seed)
    weights = _weights(criteria, draws, random)
    if order is not None:
        if sorted(order) != list(range(criteria)):
            raise ValueError("an order names every criterion once")
        weights = -np.sort(-weights, axis=1)[:, np.argsort(order)]
    # Sample after sample in turn, so that each is tried with as many weights.
    which = np.arange(draws) % len(samples)
    worth = np.empty((draws, count))
    for number, table_of_sample in enumerate(samples):
        worth[which == number] = weights[which == number] @ table_of_sample.T
    places = _places(worth, random.random(worth.shape))
    shares = np.stack([(places == place).mean(axis=0) for place in range(count)], axis=1)
    central = np.full((count, criteria), np.nan)
    confidence = np.full(count, np.nan)
    for one in range(count):
        first = places[:, one] == 0
        if np.any(first):
            central[one] = weights[first].mean(axis=0)
            told = samples @ central[one]
            confidence[one] = np.mean(told[:, one] >= told.max(axis=1) - _TINY)
    beats = np.stack([(worth[:, [one]] > worth).mean(axis=0) for one in range(count)])
    return Acceptability(shares, central, confidence, beats)


@dataclass(frozen=True, slots=True)
class Turning:
    """How far weights must move before another initiative comes first.

    ``rival`` is who would then come first, ``moved`` the part of all weight (0 to 1) that must go
    from some criteria to others, and ``weights`` are those at which both are worth the same. All
    are None when no weights turn it.
    """

    best: int
    rival: int | None
    moved: float | None
    weights: tuple[float, ...] | None


def turning(scores: ArrayLike, weights: ArrayLike) -> Turning:
    """The smallest change of the weights with which the first place changes hands.

    For each rival, weight goes from the criteria on which it is behind most to the one on which it
    is ahead most: a linear programme whose best answer is to do so in that order.

    Raises:
        ValueError: as :func:`weighted_sum` does.
    """
    table = _table(scores)
    shares = _shares(weights, table.shape[1])
    best = int(np.argmax(table @ shares))
    found = Turning(best, None, None, None)
    for rival in range(len(table)):
        if rival == best:
            continue
        moved, there = _until_even(table[rival] - table[best], shares)
        if there is not None and (found.moved is None or moved < found.moved):
            found = Turning(best, rival, moved, tuple(float(part) for part in there))
    return found


@dataclass(frozen=True, slots=True)
class Opinion:
    """How a group would rank: its order of initiatives, and how much that is like the joint one.

    ``likeness`` is Kendall's tau-b between both worths: 1 for the same order, -1 for the reverse;
    not a number when one of them finds all initiatives worth the same. ``same_first`` says whether
    the group would put the same initiative first.
    """

    worth: Floats
    order: tuple[int, ...]
    likeness: float
    same_first: bool


def opinions(scores: ArrayLike, joint: ArrayLike, groups: ArrayLike) -> tuple[Opinion, ...]:
    """What each group would choose by its own weights, beside the joint choice.

    Args:
        joint: weights that were agreed, shape (criteria,).
        groups: weights of each group, shape (groups, criteria).

    Raises:
        ValueError: as :func:`weighted_sum` does.
    """
    table = _table(scores)
    together = weighted_sum(table, joint)
    found = []
    for weights in np.atleast_2d(np.asarray(groups, dtype=np.float64)):
        worth = weighted_sum(table, weights)
        order = tuple(int(one) for one in np.argsort(-worth, kind="stable"))
        same = bool(worth[np.argmax(together)] >= worth.max() - _TINY)
        found.append(Opinion(worth, order, _tau(worth, together), same))
    return tuple(found)


def _until_even(ahead: Floats, weights: Floats) -> tuple[float, Floats | None]:
    """Part of the weight to move until a rival draws level, and the weights there (if any)."""
    gap, to = float(-ahead @ weights), int(np.argmax(ahead))
    there, moved = weights.copy(), 0.0
    for criterion in np.argsort(ahead, kind="stable"):
        gain = float(ahead[to] - ahead[criterion])
        if gap <= _TINY or gain <= 0:
            break
        part = min(float(there[criterion]), gap / gain)
        there[criterion] -= part
        there[to] += part
        gap -= part * gain
        moved += part
    return moved, there if gap <= _TINY else None


def _tau(one: Floats, other: Floats) -> float:
    """Kendall's tau-b (1945), over all pairs."""
    upper = np.triu_indices(len(one), 1)
    a, b = (np.sign(np.subtract.outer(x, x)[upper]) for x in (one, other))
    size = float(np.sqrt(np.sum(a * a) * np.sum(b * b)))
    return float(a @ b) / size if size else float("nan")


def _weights(criteria: int, draws: int, random: np.random.Generator) -> Floats:
    """All weights evenly: of two criteria at equal distances, of more by chance."""
    if criteria == 2:
        first = (random.permutation(draws) + 0.5) / draws
        return np.stack([first, 1.0 - first], axis=1)
    parts = random.exponential(size=(draws, criteria))
    found: Floats = parts / parts.sum(axis=1, keepdims=True)
    return found


def _places(worth: Floats, chance: Floats) -> NDArray[np.int64]:
    """Place of each initiative in each draw, from 0; who is worth the same is drawn for."""
    order = np.lexsort((chance, -np.round(worth, 12)), axis=1)
    return np.argsort(order, axis=1)


def _table(scores: ArrayLike) -> Floats:
    table = np.asarray(scores, dtype=np.float64)
    if table.ndim != 2 or not table.size or not np.all(np.isfinite(table)):
        raise ValueError("scores are numbers, by initiative and criterion")
    return table


def _shares(weights: ArrayLike, criteria: int) -> Floats:
    found = np.asarray(weights, dtype=np.float64)
    if found.shape != (criteria,) or np.any(~(found >= 0)) or not 0 < found.sum() < np.inf:
        raise ValueError("there is a weight of 0 or more for each criterion, and not all are 0")
    shares: Floats = found / found.sum()
    return shares
