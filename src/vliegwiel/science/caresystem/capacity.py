"""What limits how many youths a care type can help."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from .quantity import Identifier, Part, Quantity, Text


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


class Budget(Part):
    """Nobody starts any more when what is spent in a calendar year reaches the ceiling.

    Who is in care stays and goes on to cost; who waits keeps waiting. In January the spending
    starts again. ``steps`` are the ceilings of later years. ``places`` may limit as well.
    """

    kind: Literal["budget"]
    ceiling: Quantity
    steps: tuple[Step, ...] = ()
    places: Quantity | None = None
    places_steps: tuple[Step, ...] = ()


Limit = Annotated[Places | Budget, Field(discriminator="kind")]


class Provider(Part):
    """A provider of a care type (aanbieder): its share of the youths and its own limit."""

    id: Identifier
    label: Text
    share: Quantity
    capacity: Limit


class Providers(Part):
    """Several providers with limits of their own.

    ``queue`` says how they share the youths. ``by_share``: each youth comes to one of them by their
    shares and waits there. ``shortest_queue``: to another that has a place when that one has none,
    and else to where the fewest wait. ``one_queue``: who finds no place anywhere waits for the
    first that comes free.
    """

    kind: Literal["several"]
    queue: Literal["one_queue", "by_share", "shortest_queue"]
    providers: Annotated[tuple[Provider, ...], Field(min_length=2)]


Capacity = Annotated[Free | Places | Budget | Providers, Field(discriminator="kind")]
