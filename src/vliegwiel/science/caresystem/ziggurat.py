"""Layers of the ziggurats for exponential and normal numbers, as published and to full precision.

Marsaglia and Tsang (2000), The ziggurat method for generating random variables, Journal of
Statistical Software 5(8): the area under a falling density is covered by layers of equal area, of
which the lowest holds the tail beyond ``x[1]``. A point of a layer that lies left of the next
higher layer lies under the density for certain, so that most draws need neither a logarithm nor an
exponential.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import exp, log

Floats = NDArray[np.float64]

#: Number of layers, a power of two: the lowest bits of a random number choose one.
LAYERS = 256


Function = Callable[[float], float]

#: Where the tail begins: the only point at which so many layers of one area close at the top.
_EXPONENTIAL_TAIL = 7.69711747013104972
_NORMAL_TAIL = 3.6541528853610088
#: Area beyond it under exp(-x**2 / 2), by the continued fraction DLMF 7.9.1 to fifty digits.
_BEYOND_NORMAL_TAIL = 0.00032339576466332126


def layers(density: Function, inverse: Function, beyond: float, tail: float) -> Floats:
    """Edges of the layers and the density there, the lowest layer first, shape (2, LAYERS + 1).

    The first edge is the width that the lowest layer would have without a tail, the second where
    its tail begins, the last 0.

    Args:
        density: falls from 1 at 0; need not have area 1.
        inverse: where the density has a value.
        beyond: area under the density beyond the tail.
        tail: where the tail begins.
    """
    area = tail * density(tail) + beyond
    edges = [tail]
    while len(edges) < LAYERS - 1:
        edges.append(inverse(density(edges[-1]) + area / edges[-1]))
    x = np.array([area / density(tail), *edges, 0.0])
    return np.stack([x, [0.0, *(density(edge) for edge in x[1:])]])


def exponential_layers() -> Floats:
    """Layers for exponential numbers of mean 1."""
    return layers(
        lambda x: float(exp(-x)),
        lambda y: -float(log(y)),
        float(exp(-_EXPONENTIAL_TAIL)),
        _EXPONENTIAL_TAIL,
    )


def normal_layers() -> Floats:
    """Layers for the positive half of the standard normal distribution."""
    return layers(
        lambda x: float(exp(-0.5 * x * x)),
        lambda y: math.sqrt(-2.0 * float(log(y))),
        _BEYOND_NORMAL_TAIL,
        _NORMAL_TAIL,
    )
