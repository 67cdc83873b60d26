"""Every read of gaps, checklist and reviews."""

from vliegwiel.apps.continuity.reviewing import QUESTIONS

from .checklist import (
    CheckCell,
    CheckLine,
    Deadline,
    answers_of,
    check_item,
    check_states,
    checklist,
    deadlines,
)
from .gaps import (
    GapInfo,
    GapStepInfo,
    ReadInfo,
    Search,
    explanations,
    gap_info,
    gap_statuses,
    gap_steps,
    gaps,
    last_search,
    reads,
)
from .reviews import (
    Heard,
    ReviewCounts,
    ReviewInfo,
    ReviewTable,
    observations_of,
    review,
    review_tables,
    reviews,
)

__all__ = [
    "QUESTIONS",
    "CheckCell",
    "CheckLine",
    "Deadline",
    "GapInfo",
    "GapStepInfo",
    "Heard",
    "ReadInfo",
    "ReviewCounts",
    "ReviewInfo",
    "ReviewTable",
    "Search",
    "answers_of",
    "check_item",
    "check_states",
    "checklist",
    "deadlines",
    "explanations",
    "gap_info",
    "gap_statuses",
    "gap_steps",
    "gaps",
    "last_search",
    "observations_of",
    "reads",
    "review",
    "review_tables",
    "reviews",
]
