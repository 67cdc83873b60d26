"""A scenario: what changes in a care system, by how much, where and from when."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from .model import CareSystem, CareType, Municipality4, Source
from .quantity import Identifier, Number, Part, Quantity, Text, Words

SCENARIO_SCHEMA = "vliegwiel.scenario/1"

Operation = Literal["multiply", "add", "set", "move"]


class Stage(Part):
    """From the first of a month, for youths of these municipalities, growing in a straight line.

    ``share`` is the part of the youths of each municipality whom it reaches: the same youths from
    first to last, and whoever is within a share is within every larger one. ``ramp_months`` 0 means
    at full strength at once; 6 means one sixth more each month.
    """

    from_: date = Field(alias="from")
    municipalities: Annotated[tuple[Municipality4, ...], Field(min_length=1)] | Literal["all"]
    share: Annotated[Number, Field(ge=0, le=1)] = 1.0
    ramp_months: Annotated[int, Field(ge=0, le=120)] = 0


class Intervention(Part):
    """One parameter of the care system that changes.

    ``target`` is the address of the parameter (``care_types.ambulant.stay.mean``). ``multiply``
    has a size in ``ratio``, ``add`` and ``set`` in the unit of the parameter. ``move`` takes a
    ``share`` of a flow (``referrers.gp.destinations.ambulant``, ``care_types.crisis.next.secure``)
    and sends it ``to`` another destination of the same list: a care type, ``base`` or, after care,
    ``out``. An assumed size is drawn anew for every replication, as any assumption.
    """

    target: Words
    operation: Operation
    size: Quantity
    to: Identifier | None = None
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]


class Scenario(Part):
    """A named set of interventions on one care system.

    ``new_care_types`` do not exist in the baseline. They begin empty, and get youths from the flows
    that interventions move to them; before the first of these begins they have no places.
    ``sources`` are those that the numbers of the scenario name, besides those of the care system.
    """

    schema_: Literal["vliegwiel.scenario/1"] = Field(alias="schema")
    id: Identifier
    title: Text
    description: Text
    care_system: Identifier
    insight: Identifier | None = None
    focus: Identifier | None = None
    sources: tuple[Source, ...] = ()
    new_care_types: tuple[CareType, ...] = ()
    interventions: Annotated[tuple[Intervention, ...], Field(min_length=1)]


def extended(system: CareSystem, scenario: Scenario | None) -> CareSystem:
    """The care system with the new care types and the sources of a scenario in it."""
    if scenario is None or not (scenario.new_care_types or scenario.sources):
        return system
    return system.model_copy(
        update={
            "sources": (*system.sources, *scenario.sources),
            "care_types": (*system.care_types, *scenario.new_care_types),
        }
    )
