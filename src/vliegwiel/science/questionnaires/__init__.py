"""Questionnaires and checklists: documents with a version, their answers, scores and triage."""

from .comparing import ComparedQuestion, compare
from .document import (
    AnswerKind,
    Aspect,
    Choice,
    Instrument,
    Of,
    Part,
    Question,
    Scale,
    Use,
)
from .generating import generated_answers
from .reading import (
    LONGEST_ANSWER,
    LONGEST_TEXT,
    LONGEST_TITLE,
    QUESTIONNAIRE_MESSAGES,
    Answer,
    read_answers,
    read_instrument,
    write_instrument,
)
from .scoring import LEAST_RESPONDENTS, Answered, Profile, ScanResult, Score, profile, scan_result
from .triage import Advice, Level, Step, Triage, Way, lead, read_triage

__all__ = [
    "LEAST_RESPONDENTS",
    "LONGEST_ANSWER",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "QUESTIONNAIRE_MESSAGES",
    "Advice",
    "Answer",
    "AnswerKind",
    "Answered",
    "Aspect",
    "Choice",
    "ComparedQuestion",
    "Instrument",
    "Level",
    "Of",
    "Part",
    "Profile",
    "Question",
    "Scale",
    "ScanResult",
    "Score",
    "Step",
    "Triage",
    "Use",
    "Way",
    "compare",
    "generated_answers",
    "lead",
    "profile",
    "read_answers",
    "read_instrument",
    "read_triage",
    "scan_result",
    "write_instrument",
]
