"""From a hypothesis to the document of a scenario, without tables: pages and tests make the same.

What is typed is in percent: how much less or more, or which part of a flow goes elsewhere.
"""

from typing import cast

from vliegwiel.science.caresystem import (
    SCENARIO_SCHEMA,
    Assumed,
    CareSystem,
    CareType,
    Free,
    Group,
    Intervention,
    NextStep,
    Places,
    Quantity,
    Scenario,
    Stage,
    Stay,
    Text,
    Unit,
)

from .facts import Change, Estimate, HypothesisFacts, NewCare
from .vocabulary import NewNumber

#: Scenarios of initiatives are known by their identifier; a number never changes.
_IDENTIFIER = "initiative-{}"


def identifier_of(initiative: int) -> str:
    """The identifier of the scenario of an initiative."""
    return _IDENTIFIER.format(initiative)


def change_of(
    *, target: str, operation: str, to: str, low: float, likely: float, high: float
) -> Change:
    """A change from what somebody typed in percent: `multiply` less or more, `move` a share."""
    return Change(
        target=target,
        operation=operation,
        low=_read(operation, low),
        likely=_read(operation, likely),
        high=_read(operation, high),
        to=to,
    )


def percent_of(change: Change) -> tuple[float, float, float]:
    """Low, likely and high of a change as somebody types them, in percent."""
    zero = 1.0 if change.operation == "multiply" else 0.0
    low, likely, high = (
        round((number - zero) * 100, 6) for number in (change.low, change.likely, change.high)
    )
    return low, likely, high


def care_type_of(care: NewCare, judgement: str) -> CareType:
    """The form of care that a hypothesis describes, for the document of a scenario.

    Nobody measured how the length of stay differs between youths: it is exponential, which needs
    no more than its mean. Nobody is in it at the start.
    """
    places, days = care.number(NewNumber.PLACES), care.number(NewNumber.DAYS)
    cost, part = care.number(NewNumber.COST_PER_DAY), care.number(NewNumber.GOES_ON)
    assert days is not None, "the service asks for it"
    assert cost is not None, "the service asks for it"
    label = Text(nl=care.name, en=care.name)
    nothing = Estimate("", 0, 0, 0)
    after: tuple[NextStep, ...] = ()
    if part is not None:
        share = _assumed(part, "share", judgement)
        after = (NextStep(care_type=care.goes_on_to, probability=share),)
    return CareType(
        id=care.id,
        label=label,
        group=cast(Group, care.group),
        capacity=Places(kind="places", places=_assumed(places, "places", judgement))
        if places is not None
        else Free(kind="free"),
        stay=Stay(distribution="exponential", mean=_assumed(days, "days", judgement)),
        next=after,
        cost_per_day=_assumed(cost, "euro/day", judgement),
        cost_per_start=_assumed(nothing, "euro", judgement),
        in_care_at_start=_assumed(nothing, "youths", judgement),
    )


def scenario_of(
    hypothesis: HypothesisFacts,
    *,
    initiative: int,
    title: Text,
    description: Text,
    system: CareSystem,
    insight: int | None = None,
) -> Scenario:
    """The scenario on `system` that does what the hypothesis says.

    Every size is assumed within its range, by the judgement that the hypothesis names. Whether the
    care system can take it is asked by who reads the document.
    """
    municipalities, care = hypothesis.municipalities, hypothesis.new_care
    stage = Stage(
        from_=hypothesis.starts_on,
        municipalities=municipalities if municipalities else "all",
        ramp_months=hypothesis.ramp_months,
    )
    return Scenario(
        schema_=SCENARIO_SCHEMA,
        id=identifier_of(initiative),
        title=title,
        description=description,
        care_system=system.id,
        new_care_types=(care_type_of(care, hypothesis.judgement),) if care is not None else (),
        insight=f"insight-{insight}" if insight is not None else None,
        interventions=tuple(
            _intervention(change, hypothesis.judgement, stage) for change in hypothesis.changes
        ),
    )


def _intervention(change: Change, judgement: str, stage: Stage) -> Intervention:
    return Intervention(
        target=change.target,
        operation="move" if change.operation == "move" else "multiply",
        to=change.to or None,
        size=_assumed(change, "share" if change.operation == "move" else "ratio", judgement),
        stages=(stage,),
    )


def _assumed(number: Change | Estimate, unit: Unit, judgement: str) -> Quantity:
    why = Text(nl=f"Oordeel van: {judgement}", en=f"Judgement of: {judgement}")
    provenance = Assumed(kind="assumed", low=number.low, high=number.high, why=why)
    return Quantity(value=number.likely, unit=unit, provenance=provenance)


def _read(operation: str, percent: float) -> float:
    return round(percent / 100 + (1.0 if operation == "multiply" else 0.0), 10)
