"""The care system of a region as one typed, versioned document.

These classes say which shape a document has; :mod:`.validation` says what must hold between its
numbers.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
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
Shape = Literal["exponential", "gamma", "lognormal", "weibull", "fixed", "observed"]

Municipality4 = Annotated[str, Field(pattern=r"^[0-9]{4}$")]
Age = Annotated[int, Field(ge=0, le=30, strict=True)]
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


class AgeBand(Part):
    """The share of youths who are at least ``from`` and not yet ``to`` years old."""

    from_: Age = Field(alias="from")
    to: Age
    share: Quantity

    @property
    def name(self) -> str:
        """As it stands in an address."""
        return f"{self.from_}-{self.to}"


class AgeSpan(Part):
    """At least ``from`` and not yet ``to`` years old."""

    from_: Age = Field(alias="from")
    to: Age


class Ages(Part):
    """How old youths are, and when they have to leave.

    ``leave_at`` holds for every care type that has no ``until_age`` of its own. ``at_entry``
    are the ages of youths who are referred, ``at_start`` of those who are there at the start.
    """

    leave_at: Quantity
    at_entry: tuple[AgeBand, ...]
    at_start: tuple[AgeBand, ...]


class PriorityClass(Part):
    """A class of priority in every queue; the classes stand with the most urgent first.

    Youths of these ``ages`` belong to it whatever their own class, unless that is more urgent.
    """

    id: Identifier
    label: Text
    ages: AgeSpan | None = None


class PriorityShare(Part):
    """The share of a referrer's youths that belongs to a class of priority."""

    priority: Identifier
    share: Quantity


class MunicipalityShare(Part):
    """The share of a referrer's youths who live in a municipality."""

    municipality: Municipality4
    share: Quantity


class Referrer(Part):
    """Who sends youths into care (verwijzer), how many, and to which care types.

    ``municipalities`` are the shares of the municipalities in its own youths, when they differ from
    those of the region; a municipality that is not named sends nobody this way. ``priorities`` are
    the shares of the classes of priority, when the care system has classes; ``ages`` are those of
    its own youths, when they differ from those of all.
    """

    id: Identifier
    label: Text
    rate: Quantity
    trend: Quantity | None = None
    season: Season | None = None
    municipalities: tuple[MunicipalityShare, ...] = ()
    destinations: tuple[Destination, ...]
    priorities: tuple[PriorityShare, ...] = ()
    ages: tuple[AgeBand, ...] = ()


class ObservedPoint(Part):
    """This share of what was observed is not longer than so many days."""

    share: Annotated[Number, Field(ge=0, le=1)]
    days: Annotated[Number, Field(ge=0, le=36525)]


class ObservedDays(Part):
    """Lengths as they were observed: from share 0 to share 1, straight lines between the points.

    Points and no persons: nobody's own stay or wait stands in a document.
    """

    points: Annotated[tuple[ObservedPoint, ...], Field(min_length=2)]
    provenance: Provenance

    @property
    def mean(self) -> float:
        """Mean number of days."""
        return sum(
            (after.share - before.share) * (before.days + after.days) / 2
            for before, after in pairwise(self.points)
        )


class Stay(Part):
    """How long a youth is in care. ``cv`` is standard deviation over mean.

    Observed stays keep their form when their mean is changed.
    """

    distribution: Shape
    mean: Quantity
    cv: Quantity | None = None
    observed: ObservedDays | None = None


class Extension(Part):
    """At the end of a stay the care is prolonged once, with this probability and mean length."""

    probability: Quantity
    length: Quantity


class Patience(Part):
    """How long a youth keeps waiting (exponential) and where a youth who stops goes.

    ``leave_to`` is one place, or shares of several: ``out``, down to ``base``, or a care type.
    """

    mean: Quantity
    leave_to: Identifier | tuple[Destination, ...]

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """The shares of several places; empty when everybody goes to one."""
        return () if isinstance(self.leave_to, str) else self.leave_to


class NextStep(Part):
    """After care, the probability of going on to another care type or to ``base``."""

    care_type: Identifier
    probability: Quantity


class CareType(Part):
    """A form of youth care (zorgvorm): places, stays, waiting, what comes after, what it costs.

    With a probability of ``success``, ``next`` is what follows success and ``next_without_success``
    what follows else. ``until_age`` is the age at which youths have to leave, when it is not that
    of the care system; ``ages_at_start`` are those of its own youths. ``waited_at_start`` is how
    long those who wait at the start have waited so far, ``in_care_since_at_start`` how long those
    in care have been there; without them both follow from the flow being in balance.
    """

    id: Identifier
    label: Text
    group: Group
    capacity: Capacity
    stay: Stay
    extension: Extension | None = None
    patience: Patience | None = None
    next: tuple[NextStep, ...] = ()
    success: Quantity | None = None
    next_without_success: tuple[NextStep, ...] = ()
    until_age: Quantity | None = None
    ages_at_start: tuple[AgeBand, ...] = ()
    cost_per_day: Quantity
    cost_per_day_steps: tuple[Step, ...] = ()
    cost_per_start: Quantity
    cost_per_start_steps: tuple[Step, ...] = ()
    in_care_at_start: Quantity
    waiting_at_start: Quantity | None = None
    waited_at_start: ObservedDays | None = None
    in_care_since_at_start: ObservedDays | None = None

    @property
    def steps(self) -> tuple[tuple[str, tuple[NextStep, ...]], ...]:
        """The lists of what may come after care, under their names."""
        return ("next", self.next), ("next_without_success", self.next_without_success)


class Reentry(Part):
    """Youths who left after care come back: how often, how soon (exponential), and to what.

    ``returning_at_start`` are the youths who left before the start and will come back. After care
    without success ``probability_without_success`` holds, when it is given.
    """

    probability: Quantity
    probability_without_success: Quantity | None = None
    delay_mean: Quantity
    destinations: tuple[Destination, ...]
    returning_at_start: Quantity | None = None


class Moving(Part):
    """Youths move to another municipality of the region, drawn by the shares of the others.

    ``rate`` is how often a youth moves, per year. The municipality in which care began stays
    responsible for that stay (woonplaatsbeginsel): a move is seen when the next care is looked for.
    """

    rate: Quantity


class Working(Part):
    """A step between the sources and the numbers of the system, such as starts per month.

    Derived numbers refer to it as ``workings.<id>``; the simulation itself does not use it.
    """

    id: Identifier
    label: Text
    quantity: Quantity


class CareSystem(Part):
    """The care system of one region.

    With ``warm_up_months`` the simulation begins so many months before ``start``, with nobody in
    care, waiting or on the way back; the numbers of youths at the start are not used then.
    """

    schema_: Literal["vliegwiel.care-system/1"] = Field(alias="schema")
    id: Identifier
    version: Words
    title: Text
    region: RegionCode
    start: date
    warm_up_months: Annotated[int, Field(ge=0, le=240, strict=True)] = 0
    youths: Quantity
    norm_days: Quantity
    sources: tuple[Source, ...]
    municipalities: Annotated[tuple[Municipality, ...], Field(min_length=1)]
    # The kernel looks at all of them for who sends somebody next.
    referrers: Annotated[tuple[Referrer, ...], Field(min_length=1, max_length=60)]
    care_types: Annotated[tuple[CareType, ...], Field(min_length=1)]
    reentry: Reentry | None = None
    priorities: Annotated[tuple[PriorityClass, ...], Field(max_length=9)] = ()
    ages: Ages | None = None
    moving: Moving | None = None
    workings: tuple[Working, ...] = ()

    @property
    def care_type_ids(self) -> tuple[str, ...]:
        """The ids of the care types, in the order of the document."""
        return tuple(care_type.id for care_type in self.care_types)
