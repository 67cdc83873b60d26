"""What somebody types of a plan and of the work on a pilot."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """A group; `treated` ones start on `starts_on`, or with the pilot when that is empty."""

    key: str
    name: str
    treated: bool
    municipality: str = ""
    starts_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFacts:
    """An outcome by the row of a version of an indicator; the first of a plan is the main one."""

    version: int
    smallest_relevant: float
    relevant_per_cent: bool = False
    claim: str = "any_effect"
    expected_low: float | None = None
    expected: float | None = None
    expected_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """A plan; a draft may lack anything but its title."""

    title: str
    starts_on: date | None = None
    ends_on: date | None = None
    design: str = ""
    lot: str = "nothing"
    alpha: float = 0.05
    tuning_size: int | None = None
    reach: str = "own_region"
    analysis: str = ""
    stop_rule: str = ""
    groups: tuple[GroupFacts, ...] = ()
    outcomes: tuple[OutcomeFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFacts:
    kind: str
    title: str
    chance: str
    impact: str
    owner: str
    status: str = "open"
    measure: str = ""
    early_sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """A decision in the minutes: what, who does it, before when."""

    text: str
    owner: str
    due_on: date | None = None
