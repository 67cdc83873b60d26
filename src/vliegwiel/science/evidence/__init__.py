"""What a pilot can show and did show.

How small a pilot may be stands here, by simulation of the pilot itself; what it showed has doors of
its own, so that they load only where they are used: :mod:`.effects`, :mod:`.monitoring`,
:mod:`.pooling`, :mod:`.grading`, :mod:`.verdicts` and :mod:`.scoring`.

Ask with a :class:`PilotPlan` and answer with :func:`smallest_test`. For work in pieces, do the
:func:`spans` of a plan with :func:`run_pilots` anywhere and in any order, and bring them together
with :func:`answer`.
"""

from .answering import answer, smallest_test, spans
from .designs import DESIGNS, Design
from .judging import Share
from .outcomes import OUTCOMES, Measure
from .piloting import PilotPiece, run_pilots
from .planning import LIMITS, PilotPlan
from .scheduling import halved, piloted
from .sentences import PLAN_MESSAGES, SENTENCES, UNIT_LABELS
from .smallest import (
    SMALLEST_SCHEMA,
    Asked,
    PowerPoint,
    SmallestTest,
    SmallestTestFormatError,
    Trial,
)

__all__ = [
    "DESIGNS",
    "LIMITS",
    "OUTCOMES",
    "PLAN_MESSAGES",
    "SENTENCES",
    "SMALLEST_SCHEMA",
    "UNIT_LABELS",
    "Asked",
    "Design",
    "Measure",
    "PilotPiece",
    "PilotPlan",
    "PowerPoint",
    "Share",
    "SmallestTest",
    "SmallestTestFormatError",
    "Trial",
    "answer",
    "halved",
    "piloted",
    "run_pilots",
    "smallest_test",
    "spans",
]
