"""Every read of decisions and what they rest on."""

from vliegwiel.apps.decisions.expecting import choice_of, read_choice
from vliegwiel.apps.decisions.forecasts import (
    ModelExpects,
    Option,
    model_expects,
    run_under_way,
)
from vliegwiel.apps.decisions.models import Kind

from .deeds import Deeds, deeds_of
from .elsewhere import (
    Expected,
    Lesson,
    Origin,
    RegionEffect,
    Tried,
    adopted_here,
    came_from,
    expected_elsewhere,
    lessons,
    taken_over_by,
    tried,
)
from .kept import DecisionLine, EvidenceLine, decisions_of, evidence_of
from .scores import Look, OnRecord, Scores, on_record, on_record_in, record_of, scores_of
from .sizes import realised_sizes
from .waiting import ToDecide, Why, to_decide

__all__ = [
    "DecisionLine",
    "Deeds",
    "EvidenceLine",
    "Expected",
    "Kind",
    "Lesson",
    "Look",
    "ModelExpects",
    "OnRecord",
    "Option",
    "Origin",
    "RegionEffect",
    "Scores",
    "ToDecide",
    "Tried",
    "Why",
    "adopted_here",
    "came_from",
    "choice_of",
    "decisions_of",
    "deeds_of",
    "evidence_of",
    "expected_elsewhere",
    "lessons",
    "model_expects",
    "on_record",
    "on_record_in",
    "read_choice",
    "realised_sizes",
    "record_of",
    "run_under_way",
    "scores_of",
    "taken_over_by",
    "to_decide",
    "tried",
]
