"""What limits how many youths a care type can help."""

from __future__ import annotations

from typing import Literal

from .quantity import Part, Quantity


class Free(Part):
    """Capacity without a limit."""

    kind: Literal["free"]


class Places(Part):
    """So many youths can be in care at once."""

    kind: Literal["places"]
    places: Quantity
