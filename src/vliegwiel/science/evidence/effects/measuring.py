"""From a table and a question to an effect: the one way in."""

from __future__ import annotations

import math

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
        DocumentError: with everything that keeps the design from an answer, also numbers with which
            it finds none.
    """
    if not 0.5 <= question.level <= 0.999:
        raise DocumentError([design_fault("level_outside", value=question.level)])
    try:
        effect = _examined(table, question)
    except (ValueError, ArithmeticError) as error:
        # Numbers of very different size, or hardly any: no line goes through them. What numpy
        # raises for a matrix without inverse is a ValueError too.
        raise DocumentError([design_fault("numbers_too_far")]) from error
    if not _is_answer(effect):
        raise DocumentError([design_fault("numbers_too_far")])
    return effect


def _examined(table: EffectTable, question: Question) -> Effect:
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


def _is_answer(effect: Effect) -> bool:
    """Whether all that is told of an effect are numbers, and ratios have a logarithm."""
    told = (effect.estimate, effect.low, effect.high)
    known = [one for one in (*told, effect.p, effect.error, effect.freedom) if one is not None]
    ratios = [one for one in told if one is not None] if effect.is_ratio else []
    return all(map(math.isfinite, known)) and all(one > 0 for one in ratios)
