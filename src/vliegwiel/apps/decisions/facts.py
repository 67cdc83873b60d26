"""What somebody types of a decision."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """A decision about an initiative.

    Attributes:
        kind: stop, adjust, continue or scale.
        evidence: number of the kept evidence that it rests on; None without.
        reason: why; of a stop also what was learned.
        decided_by: who decided together.
        exception_reason, exception_by: why it is scaled on provisional evidence all the same, and
            who answers for that; both or neither.
    """

    kind: str
    reason: str
    decided_by: str
    decided_on: date
    evidence: int | None = None
    exception_reason: str = ""
    exception_by: str = ""
