"""How strong the evidence of an initiative is, and what it lacks for the next step.

:func:`maryland` is about the design of one study, :func:`ladder` about all studies of an
initiative.
"""

from .ladder import (
    ANY_STUDIES,
    FOUNDATION,
    STRONG_STUDIES,
    LadderGrade,
    Rung,
    Study,
    ladder,
)
from .maryland import LEAST_GROUPS, MarylandGrade, maryland
from .sentences import DESIGN_SENTENCES, LADDER_SENTENCES

__all__ = [
    "ANY_STUDIES",
    "DESIGN_SENTENCES",
    "FOUNDATION",
    "LADDER_SENTENCES",
    "LEAST_GROUPS",
    "STRONG_STUDIES",
    "LadderGrade",
    "MarylandGrade",
    "Rung",
    "Study",
    "ladder",
    "maryland",
]
