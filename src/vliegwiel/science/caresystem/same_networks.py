"""Whether two networks are the same, so that simulating one of them is enough."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from .network import Network


def same_network(one: Network, other: Network) -> bool:
    """Whether all that is in both is equal: with the same key they then count the same."""
    return _equal(one, other)


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.array_equal(one, other)
    if is_dataclass(one):
        return type(one) is type(other) and all(
            _equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(one)
        )
    return bool(one == other)
