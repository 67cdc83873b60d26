"""From a hypothesis to the document of a scenario, without tables: pages and tests make the same.

What is typed is in percent: how much less or more, or which part of a flow goes elsewhere.
"""

from vliegwiel.science.caresystem import (
    SCENARIO_SCHEMA,
    Assumed,
    CareSystem,
    Intervention,
    Quantity,
    Scenario,
    Stage,
    Text,
)

from .facts import Change, HypothesisFacts

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
    municipalities = hypothesis.municipalities
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
        size=Quantity(
            value=change.likely,
            unit="share" if change.operation == "move" else "ratio",
            provenance=Assumed(
                kind="assumed",
                low=change.low,
                high=change.high,
                why=Text(nl=f"Oordeel van: {judgement}", en=f"Judgement of: {judgement}"),
            ),
        ),
        stages=(stage,),
    )


def _read(operation: str, percent: float) -> float:
    return round(percent / 100 + (1.0 if operation == "multiply" else 0.0), 10)
