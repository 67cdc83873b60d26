"""The assumed numbers of many replications: quantiles of PERT distributions, all at once.

What a replication draws depends on its key and the addresses of the assumptions alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Purpose, beta_quantiles, first_uniforms, text_number

from .derivation import Range

Floats = NDArray[np.float64]

#: Owner of the parameter draws among the children of a replication's key.
_PARAMETERS = 1 << 20


def assumed_draws(ranges: Sequence[Range], keys: Sequence[int]) -> dict[str, Floats]:
    """Of each assumed number its value in every replication, shape (replications,).

    The PERT distribution is a beta between low and high with this mode, and weight 4.
    """
    if not ranges:
        return {}
    low, mode, high = (
        np.array([getattr(one, name) for one in ranges]) for name in ("low", "value", "high")
    )
    width = high - low
    wide = np.where(width > 0, width, 1.0)
    a = 1.0 + 4.0 * (mode - low) / wide
    b = 1.0 + 4.0 * (high - mode) / wide
    numbers = [text_number(one.address) >> 1 for one in ranges]
    uniforms = first_uniforms(keys, _PARAMETERS, numbers, int(Purpose.PARAMETER)).T
    drawn = low[:, None] + width[:, None] * beta_quantiles(a, b, uniforms)
    values = np.where(width[:, None] > 0, drawn, mode[:, None])
    return {one.address: values[i] for i, one in enumerate(ranges)}
