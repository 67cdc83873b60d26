"""What the region keeps to see whether care goes on."""

from .checklist import CheckAnswer, CheckItem, CheckState
from .gaps import ContinuityCheck, Explanation, Gap, GapStatus, GapStep, WorkListRead, WorkStatus
from .reviews import CaseReview, ReviewObservation

__all__ = [
    "CaseReview",
    "CheckAnswer",
    "CheckItem",
    "CheckState",
    "ContinuityCheck",
    "Explanation",
    "Gap",
    "GapStatus",
    "GapStep",
    "ReviewObservation",
    "WorkListRead",
    "WorkStatus",
]
