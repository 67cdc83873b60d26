"""The interval of a share of youths."""

from __future__ import annotations

import math

from scipy.special import ndtri


def share_interval(count: float, total: float, *, level: float = 0.95) -> tuple[float, float]:
    """Interval of a share by Wilson's score (1927, *JASA* 22:209-212).

    Raises:
        ValueError: without anything counted.
    """
    if not total > 0:
        raise ValueError("a share needs something to be a share of")
    z = float(ndtri(0.5 + level / 2.0))
    share = count / total
    scale = 1.0 + z * z / total
    middle = (share + z * z / (2.0 * total)) / scale
    half = z / scale * math.sqrt(share * (1.0 - share) / total + z * z / (4.0 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)
