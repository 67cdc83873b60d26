"""What limits how many youths a care type can help."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from .quantity import Part, Quantity


class Step(Part):
    """From the first of a month a number has this value, until its next step."""

    from_: date = Field(alias="from")
    value: Quantity


class Free(Part):
    """Capacity without a limit."""

    kind: Literal["free"]


class Places(Part):
    """So many youths can be in care at once; ``steps`` when that changes."""

    kind: Literal["places"]
    places: Quantity
    steps: tuple[Step, ...] = ()
