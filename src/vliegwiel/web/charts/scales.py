"""Axes that start and end where honesty asks: at zero, at round numbers."""

import itertools
import math
import sys


def round_up(value: float) -> float:
    """The next 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten that is not below `value`."""
    # Below the smallest ordinary number a power of ten would be zero.
    if value < sys.float_info.min:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10):
        if value <= step * power * (1 + 1e-9):
            return float(step * power)
    return float(10 * power)


def from_zero(values: list[float]) -> tuple[float, float]:
    """A domain that holds zero and all values, ending at round numbers."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high == 0:
        return 0.0, 1.0
    return (-round_up(-low) if low < 0 else 0.0), (round_up(high) if high > 0 else 0.0)


def spread_labels(positions: list[float], distance: float) -> list[float]:
    """Moves positions (pixels) just far enough apart that labels do not cover each other.

    The order is kept; the result has the order of the input.
    """
    order = sorted(range(len(positions)), key=positions.__getitem__)
    moved = list(positions)
    for _round in range(50):
        still = True
        for first, second in itertools.pairwise(order):
            gap = moved[second] - moved[first]
            if gap < distance - 1e-6:
                shift = (distance - gap) / 2
                moved[first] -= shift
                moved[second] += shift
                still = False
        if still:
            break
    return moved
