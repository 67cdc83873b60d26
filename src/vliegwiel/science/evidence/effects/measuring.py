"""From a table and a question to an effect: the one way in."""

from __future__ import annotations

from vliegwiel.science.kernel import DocumentError

from .asked import Question
from .choosing import choose, unfit_for
from .designs import EFFECT_DESIGNS
from .faults import design_fault, listed
from .result import Effect
from .table import EffectTable


def effect_of(table: EffectTable, question: Question) -> Effect:
    """What the initiative did according to a table, by the design that is asked or the strongest.

    Raises:
        DocumentError: with everything that keeps the design from an answer.
    """
    if not 0.5 <= question.level <= 0.999:
        raise DocumentError([design_fault("level_outside", value=question.level)])
    if question.design == "auto":
        choice = choose(table, question)
        return EFFECT_DESIGNS[choice.design].examine(table, choice.question)
    method = EFFECT_DESIGNS.get(question.design)
    if method is None:
        names = listed(["auto", *EFFECT_DESIGNS])
        raise DocumentError([design_fault("unknown_design", value=question.design, designs=names)])
    faults = unfit_for(question.design, table, question)
    if faults:
        raise DocumentError(faults)
    return method.examine(table, question)
