"""The care system of a region as one typed, versioned document.

These classes say which shape a document has; :mod:`.validation` says what must hold between its
numbers.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from .capacity import Capacity, Step
from .quantity import Identifier, Number, Part, Provenance, Quantity, Text, Words

CARE_SYSTEM_SCHEMA = "vliegwiel.care-system/1"

#: Destination outside youth care: the base provisions of a municipality (basisvoorzieningen).
BASE = "base"
#: Leaving youth care altogether.
OUT = "out"

DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12

Group = Literal["light", "ambulant", "residential", "crisis", "protection"]
Shape = Literal["exponential", "gamma", "lognormal", "weibull", "fixed"]

Municipality4 = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
RegionCode = Annotated[str, Field(pattern=r"^JZ[0-9]{2}$")]


class Source(Part):
    """An entry of the bibliography."""

    id: Identifier
    title: Words
    publisher: Words
    year: int
    note: Text | None = None


class Municipality(Part):
    """A municipality and its share of the region's youths who seek care."""

    code: Municipality4
    name: Words
    share: Quantity


class Season(Part):
    """Twelve factors, January first, with mean 1, on the rate of a referrer.

    An assumed season is bounded by its ``low`` and ``high`` but not drawn: only its level is.
    """

    values: tuple[Number, ...]
    provenance: Provenance


class Destination(Part):
    """A share of the youths that goes to a care type, or to ``base``."""

    care_type: Identifier
    share: Quantity


class PriorityClass(Part):
    """A class of priority in every queue; the classes stand with the most urgent first."""

    id: Identifier
    label: Text


class PriorityShare(Part):
    """The share of a referrer's youths that belongs to a class of priority."""

    priority: Identifier
    share: Quantity


class Referrer(Part):
    """Who sends youths into care (verwijzer), how many, and to which care types.

    ``priorities`` are the shares of the classes of priority, when the care system has classes.
    """

    id: Identifier
    label: Text
    rate: Quantity
    trend: Quantity | None = None
    season: Season | None = None
    destinations: tuple[Destination, ...]
    priorities: tuple[PriorityShare, ...] = ()


class Stay(Part):
    """How long a youth is in care. ``cv`` is standard deviation over mean."""

    distribution: Shape
    mean: Quantity
    cv: Quantity | None = None


class Extension(Part):
    """At the end of a stay the care is prolonged once, with this probability and mean length."""

    probability: Quantity
    length: Quantity


class Patience(Part):
    """How long a youth keeps waiting (exponential) and where a youth who stops goes."""

    mean: Quantity
    leave_to: Identifier


class NextStep(Part):
    """After care, the probability of going on to another care type or to ``base``."""

    care_type: Identifier
    probability: Quantity


class CareType(Part):
    """A form of youth care (zorgvorm): places, stays, waiting, what comes after, what it costs."""

    id: Identifier
    label: Text
    group: Group
    capacity: Capacity
    stay: Stay
    extension: Extension | None = None
    patience: Patience | None = None
    next: tuple[NextStep, ...] = ()
    cost_per_day: Quantity
    cost_per_day_steps: tuple[Step, ...] = ()
    cost_per_start: Quantity
    cost_per_start_steps: tuple[Step, ...] = ()
    in_care_at_start: Quantity
    waiting_at_start: Quantity | None = None


class Reentry(Part):
    """Youths who left after care come back: how often, how soon (exponential), and to what.

    ``returning_at_start`` are the youths who left before the start and will come back.
    """

    probability: Quantity
    delay_mean: Quantity
    destinations: tuple[Destination, ...]
    returning_at_start: Quantity | None = None


class Working(Part):
    """A step between the sources and the numbers of the system, such as starts per month.

    Derived numbers refer to it as ``workings.<id>``; the simulation itself does not use it.
    """

    id: Identifier
    label: Text
    quantity: Quantity


class CareSystem(Part):
    """The care system of one region."""

    schema_: Literal["vliegwiel.care-system/1"] = Field(alias="schema")
    id: Identifier
    version: Words
    title: Text
    region: RegionCode
    start: date
    youths: Quantity
    norm_days: Quantity
    sources: tuple[Source, ...]
    municipalities: Annotated[tuple[Municipality, ...], Field(min_length=1)]
    referrers: Annotated[tuple[Referrer, ...], Field(min_length=1)]
    care_types: Annotated[tuple[CareType, ...], Field(min_length=1)]
    reentry: Reentry | None = None
    priorities: Annotated[tuple[PriorityClass, ...], Field(max_length=9)] = ()
    workings: tuple[Working, ...] = ()

    @property
    def care_type_ids(self) -> tuple[str, ...]:
        """The ids of the care types, in the order of the document."""
        return tuple(care_type.id for care_type in self.care_types)
