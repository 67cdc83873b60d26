"""Least squares with groups that hang together: CR2 variance with Satterthwaite freedom.

Bell and McCaffrey (2002), Survey Methodology 28:169-181; Pustejovsky and Tipton (2018), Journal of
Business & Economic Statistics 36:672-683, formulas 8 and 11 with an identity working model. What is
constant within groups (levels of units) may be taken off first: theorem 2 there. All groups are
done at once through their p x p matrices, so that a million rows and many groups take seconds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtr, stdtrit

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Eigenvalues below this, relative to the largest, count as nothing.
_NOTHING = 1e-10
#: Numbers of the stacked matrices that are held at once.
_AT_ONCE = 20_000_000


@dataclass(frozen=True, slots=True)
class Estimated:
    """A number with its standard error and degrees of freedom (None: the normal distribution)."""

    value: float
    error: float
    freedom: float | None

    @property
    def p(self) -> float:
        """Two-sided, of zero."""
        if self.error <= 0.0:
            return 1.0 if self.value == 0.0 else 0.0
        statistic = -abs(self.value) / self.error
        if self.freedom is None:
            return 2.0 * _normal(statistic)
        return 2.0 * float(stdtr(self.freedom, statistic))

    def interval(self, level: float) -> tuple[float, float]:
        """Both ends of the interval with this confidence."""
        tail = 0.5 + level / 2.0
        width = float(ndtri(tail) if self.freedom is None else stdtrit(self.freedom, tail))
        return self.value - width * self.error, self.value + width * self.error


def clustered(y: Floats, x: Floats, cluster: Ints, column: int) -> Estimated:
    """Coefficient of one column, by least squares, with the CR2 variance of its groups.

    Args:
        y: shape (n,).
        x: shape (n, p), with its constant when there is one; columns that hang together are fine
            as long as ``column`` does not.
        cluster: number of the group of each row, 0 up, shape (n,).

    Raises:
        ValueError: with fewer than two groups.
    """
    order = np.argsort(cluster, kind="stable")
    y, x, cluster = y[order], x[order], cluster[order]
    first = np.flatnonzero(np.diff(cluster, prepend=cluster[0] - 1))
    if len(first) < 2:
        raise ValueError("a clustered variance needs two groups")
    bread: Floats = np.linalg.pinv(x.T @ x, rcond=1e-12, hermitian=True).astype(np.float64)
    beta = bread @ (x.T @ y)
    scores = np.add.reduceat(x * (y - x @ beta)[:, None], first, axis=0)
    contrast: Floats = bread[:, column]
    width = x.shape[1]
    step = max(1, _AT_ONCE // (width * width * 4))
    edges = np.append(first, len(y))
    parts: list[tuple[Floats, Floats, Floats]] = []
    for start in range(0, len(first), step):
        rows = slice(edges[start], edges[min(start + step, len(first))])
        inside = first[start : start + step] - first[start]
        gram = _gram(x[rows], inside)
        parts.append(_adjusted(gram, bread, contrast, scores[start : start + step]))
    meat, own, directions = (
        np.concatenate([part[k] for part in parts]).astype(np.float64) for k in range(3)
    )
    return Estimated(float(beta[column]), float(np.sqrt((meat**2).sum())),
                     _freedom(own, directions, bread))  # fmt: skip


def within(values: Floats, unit: Ints) -> Floats:
    """Values less their mean in their unit; shape (n,) or (n, p)."""
    size = np.bincount(unit).astype(np.float64)
    table = values[:, None] if values.ndim == 1 else values
    free = np.empty_like(table)
    for k in range(table.shape[1]):
        mean = np.bincount(unit, weights=table[:, k]) / np.maximum(size, 1.0)
        free[:, k] = table[:, k] - mean[unit]
    return free.reshape(values.shape)


def two_way(y: Floats, on: Floats, unit: Ints, period: Ints, cluster: Ints) -> Estimated:
    """Coefficient of ``on`` beside levels of units and periods, CR2 by group.

    ``unit``, ``period`` and ``cluster`` are numbers from 0, shape (n,) as ``y`` and ``on``; units
    lie within groups.
    """
    seen = np.unique(period)
    dummies = (period[:, None] == seen[None, 1:]).astype(np.float64)
    x = within(np.column_stack([on, dummies]), unit)
    return clustered(within(y, unit), x, cluster, 0)


def _gram(x: Floats, first: Ints) -> Floats:
    """X'X of each group, shape (g, p, p)."""
    n, width = x.shape
    if n * width * width <= _AT_ONCE:
        found: Floats = np.add.reduceat(x[:, :, None] * x[:, None, :], first, axis=0)
        return found
    edges = np.append(first, n)
    return np.stack([x[a:b].T @ x[a:b] for a, b in pairwise(edges)])


def _adjusted(
    gram: Floats, bread: Floats, contrast: Floats, scores: Floats
) -> tuple[Floats, Floats, Floats]:
    """What each group adds: to the estimate (g,), own square (g,), direction (g, p).

    With X = Q R the adjustment (I - X M X')^(-1/2) works on Q alone.
    """
    size, turn = np.linalg.eigh(gram)
    known = size > _NOTHING * np.maximum(size[:, -1:], np.finfo(float).tiny)
    root = np.sqrt(np.where(known, size, 0.0))
    r = root[:, :, None] * np.swapaxes(turn, 1, 2)
    inner = np.eye(gram.shape[1]) - r @ bread @ np.swapaxes(r, 1, 2)
    left, axes = np.linalg.eigh(inner)
    strong = np.where(left > _NOTHING, left, np.inf) ** -0.5
    b = (axes * strong[:, None, :]) @ np.swapaxes(axes, 1, 2)
    # a = A X c in the coordinates of Q; where nothing of X is, nothing of a is.
    a = np.where(known, np.einsum("gij,gj->gi", b, r @ contrast), 0.0)
    unit = np.divide(1.0, root, out=np.zeros_like(root), where=known)
    q_residual = unit * np.einsum("gji,gj->gi", turn, scores)
    return (a * q_residual).sum(axis=1), (a**2).sum(axis=1), np.einsum("gji,gj->gi", r, a)


def _freedom(own: Floats, directions: Floats, bread: Floats) -> float:
    """Satterthwaite's degrees of freedom with an identity working model."""
    shared = directions.T @ directions
    all_pairs = float(np.trace(bread @ shared @ bread @ shared))
    alone = np.einsum("gi,ij,gj->g", directions, bread, directions)
    diagonal = own - alone
    squares = all_pairs - float((alone**2).sum()) + float((diagonal**2).sum())
    return float(diagonal.sum() ** 2 / squares) if squares > 0 else 1.0


def _normal(statistic: float) -> float:
    return 0.5 * math.erfc(-statistic / math.sqrt(2.0))
