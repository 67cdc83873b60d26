"""Numbers and words of a document.

Every number is a :class:`Quantity`: a value, its unit, and where it comes from (printed in a
source, derived by a formula, assumed within a range, or fitted to the data of a region).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Unit = Literal[
    "youths",
    "youths/month",
    "days",
    "share",
    "ratio",
    "1/year",
    "places",
    "euro",
    "euro/day",
    "years",
]

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
Number = Annotated[float, Field(allow_inf_nan=False, strict=True)]
Words = Annotated[str, Field(min_length=1, max_length=4000)]


class Part(BaseModel):
    """Base of everything in a document: immutable, and unknown fields are a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Text(Part):
    """What a reader sees, in Dutch and in English."""

    nl: Words
    en: Words


class Printed(Part):
    """The number stands in a source."""

    kind: Literal["printed"]
    source: Identifier
    place: Words
    note: Text | None = None


class DerivedInput(Part):
    """A number that a formula uses: printed (``source``), assumed (``why``) or elsewhere (``ref``).

    ``ref`` is the address of another quantity of the document, such as
    ``care_types.ambulant.stay.mean``.
    """

    value: Number | None = None
    ref: Words | None = None
    source: Identifier | None = None
    place: Words | None = None
    low: Number | None = None
    high: Number | None = None
    why: Text | None = None


class Derived(Part):
    """The number follows from others; it is recomputed on reading and on every draw.

    ``rounding`` is the largest difference, in the unit of the number, between what is written and
    what the formula gives.
    """

    kind: Literal["derived"]
    formula: Words
    inputs: dict[str, DerivedInput]
    how: Text
    rounding: Annotated[Number, Field(ge=0)] = 0.0


class Ranged(Part):
    """A number that is not known for sure, between ``low`` and ``high``.

    A replication draws it from the PERT distribution with the written value as its mode.
    """

    kind: str
    low: Number
    high: Number
    why: Text


class Assumed(Ranged):
    """Nobody has measured the number; it is believed to lie between ``low`` and ``high``."""

    kind: Literal["assumed"]


class Fitted(Ranged):
    """The number was estimated from the data of a region, known until a day.

    ``error`` is its standard error, in the unit of the number, and ``observations`` on how many
    youths, stays or waits it rests; 0 for fewer than ten. The range is chosen so that what is drawn
    from it has that standard deviation.
    """

    kind: Literal["fitted"]
    source: Identifier
    until: date
    error: Annotated[Number, Field(ge=0)]
    observations: Annotated[int, Field(ge=0, strict=True)]


Provenance = Annotated[Printed | Derived | Assumed | Fitted, Field(discriminator="kind")]


class Quantity(Part):
    """A number with its unit and where it comes from."""

    value: Number
    unit: Unit
    provenance: Provenance
