"""The strongest design that a table allows, why, and what would make the evidence stronger.

No table can tell that the lot decided: designs that need it are chosen only when the question says
so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from vliegwiel.science.kernel import Check, DocumentError, Fault, Outcome

from .asked import Question
from .designs import EFFECT_DESIGNS
from .faults import design_fault, listed
from .result import Effect, Lot
from .sides import with_start
from .table import EffectTable, Role

#: Code -> English sentence: why a design was chosen.
REASON_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "why_survival": (
            "The table holds waiting times of two sides, of which some have not ended. They are "
            "compared as waiting times."
        ),
        "why_clusters": "The lot decided which groups got the initiative.",
        "why_randomised": "The lot decided which persons got the initiative.",
        "why_stepped": "Groups started one after another, in an order by lot.",
        "why_synthetic": (
            "One place has the initiative and several others do not. A mix of the others that "
            "moved alike before the start shows what would have happened."
        ),
        "why_differences": (
            "Places with and without the initiative were followed before and since one start."
        ),
        "why_staggered": "Places started at different moments, and others did not start.",
        "why_staggered_late": (
            "Places started at different moments. Those that start later are compared with."
        ),
        "why_clusters_unequal": (
            "Groups with and without the initiative were measured, without a lot."
        ),
        "why_randomised_unequal": (
            "Persons with and without the initiative were measured, without a lot."
        ),
        "why_interrupted": (
            "There is one series, without others to compare with. Its level and trend before the "
            "start show what was to be expected."
        ),
        "why_interrupted_beside": (
            "What was measured beside it is not enough to compare with. The level and trend of the "
            "series before the start show what was to be expected."
        ),
        "why_before_after": (
            "The same was measured before and after, and nobody without the initiative. This tells "
            "what changed, not why."
        ),
    }
)

#: Code -> English sentence: what would make the evidence stronger.
ADVICE_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "draw_persons": (
            "Let the lot decide who comes first, for instance when there are fewer places than "
            "persons. Then both sides differ by chance only."
        ),
        "draw_groups": (
            "Let the lot decide which municipalities or teams start. Then both sides differ by "
            "chance only."
        ),
        "draw_order": (
            "Let places start one after another, in an order by lot. Everybody gets the initiative "
            "and the lot still shows the effect."
        ),
        "add_comparison": (
            "Measure the same in places or persons without the initiative, in the same periods."
        ),
        "add_periods": (
            "Add periods from before the start, at least 12, so that the trend can be seen."
        ),
        "measure_before": "Measure the outcome before the start as well, of the same persons.",
        "more_groups": "Take part with more groups: at least 8 on either side.",
        "name_clusters": (
            "Name the municipality, school or team of each person (role cluster), so that what "
            "stays together counts as such."
        ),
        "follow_everybody": "Find out the outcome of those that are missing, on both sides.",
        "follow_longer": "Follow longer: more ends of waiting make the answer sharper.",
        "other_places": "Do the same in another region; what holds there too is more certain.",
        "other_comparison": (
            "Look for comparison places that moved alike before the start, or compose them."
        ),
    }
)

#: What helps a design.
_BY_DESIGN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "before_after": ("add_comparison", "add_periods", "draw_persons"),
        "interrupted": ("add_comparison", "draw_order"),
        "synthetic": ("draw_order", "other_places"),
        "differences": ("draw_groups", "draw_order"),
        "staggered": ("draw_order",),
        "stepped": ("other_places",),
        "clusters": ("other_places",),
        "randomised": ("other_places",),
        "survival": ("draw_persons", "follow_longer"),
    }
)
#: What helps against a check that failed or warns.
_BY_CHECK: Mapping[str, str] = MappingProxyType(
    {
        "few_groups": "more_groups",
        "too_few_groups": "more_groups",
        "few_wedge_groups": "more_groups",
        "too_few_wedge_groups": "more_groups",
        "little_freedom": "more_groups",
        "cohorts_of_one": "more_groups",
        "trends_unknown": "add_periods",
        "trends_apart": "other_comparison",
        "before_fit": "other_comparison",
        "short_series": "add_periods",
        "memory_unseen": "add_periods",
        "lost": "follow_everybody",
        "lost_apart": "follow_everybody",
        "no_baseline": "measure_before",
        "few_counted": "add_periods",
        "few_events": "follow_longer",
        "no_comparison": "add_comparison",
        "not_by_lot": "draw_persons",
    }
)
#: Which advice about the lot fits a design better than that about persons.
_LOTS: Mapping[str, str] = MappingProxyType(
    {"clusters": "draw_groups", "differences": "draw_groups", "staggered": "draw_order",
     "stepped": "draw_order", "synthetic": "draw_order"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A design for a table.

    Attributes:
        design: its id.
        question: the question as the design is to answer it.
        why: the reason, as a sentence.
        stronger: what would make the evidence stronger.
        unfit: designs that were tried before, with what they lack.
    """

    design: str
    question: Question
    why: Check
    stronger: tuple[Check, ...]
    unfit: Mapping[str, tuple[Fault, ...]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """When a design comes into question; ``not_yet`` is what it changes in the question."""

    design: str
    why: str
    lots: tuple[Lot, ...]
    holds: Callable[[EffectTable, Question], bool] = lambda _table, _question: True
    not_yet: bool = False


def _waits(table: EffectTable, _question: Question) -> bool:
    return table.time is not None and table.outcome is None


def _single_place(table: EffectTable, question: Question) -> bool:
    """One unit with the initiative: its own chance cannot be known from a comparison of means."""
    try:
        started = with_start(table, question)
    except DocumentError:
        return False
    return len(np.unique(started.followed()[started.piloted])) == 1


def _grouped(table: EffectTable, _question: Question) -> bool:
    return table.cluster is not None


_EVERY = tuple(Lot)
#: Faults that say that a design is meant for another kind of table.
_ANOTHER_KIND = frozenset({"needs_role", "several_moments", "several_starts"})
_RULES = (
    _Rule("survival", "why_survival", _EVERY, _waits),
    _Rule("stepped", "why_stepped", (Lot.ORDER,)),
    _Rule("clusters", "why_clusters", (Lot.CLUSTERS,)),
    _Rule("randomised", "why_randomised", (Lot.PERSONS,)),
    _Rule("synthetic", "why_synthetic", _EVERY, _single_place),
    _Rule("differences", "why_differences", _EVERY),
    _Rule("staggered", "why_staggered", _EVERY),
    _Rule("staggered", "why_staggered_late", _EVERY, not_yet=True),
    _Rule("clusters", "why_clusters_unequal", (Lot.NOTHING,), _grouped),
    _Rule("randomised", "why_randomised_unequal", (Lot.NOTHING,)),
    _Rule("interrupted", "why_interrupted", _EVERY),
    _Rule("before_after", "why_before_after", _EVERY),
)


def choose(table: EffectTable, question: Question) -> Choice:
    """The strongest design that can answer a question from a table.

    Raises:
        DocumentError: when no design can, with what is lacking.
    """
    unfit: dict[str, tuple[Fault, ...]] = {}
    for rule in _RULES:
        if question.lot not in rule.lots or not rule.holds(table, question):
            continue
        adapted = _adapted(question, rule)
        faults = unfit_for(rule.design, table, adapted)
        if not faults:
            return Choice(
                rule.design, adapted, _why(rule, table, adapted), _stronger(adapted, table), unfit
            )
        unfit[rule.design] = faults
    # A design that is meant for such a table says best what is wrong with it.
    near = [
        faults
        for faults in unfit.values()
        if not any(fault.code in _ANOTHER_KIND for fault in faults)
    ]
    raise DocumentError(near[0] if near else [_nothing_fits(table)])


def unfit_for(design: str, table: EffectTable, question: Question) -> tuple[Fault, ...]:
    """What keeps a design from answering a question from a table; empty when nothing does."""
    method = EFFECT_DESIGNS[design]
    held = table.roles
    lacking = [roles for roles in method.needs if not held.intersection(roles)]
    if lacking:
        return tuple(design_fault("needs_role", role=_either(roles)) for roles in lacking)
    try:
        method.prepare(table, question)
    except DocumentError as error:
        return error.faults
    return ()


def advice(effect: Effect) -> tuple[Check, ...]:
    """What would make the evidence stronger, after its checks; most urgent first."""
    codes = [
        _LOTS.get(effect.design, one) if one == "draw_persons" else one
        for check in (*effect.weaknesses, *effect.checks)
        if (one := _BY_CHECK.get(check.code)) is not None
        and (check.outcome in (Outcome.FAILED, Outcome.WARNING) or check.code == "no_baseline")
    ]
    helpful = _helpful(effect.design, effect.grading.lot)
    return tuple(_advised(code) for code in dict.fromkeys([*codes, *helpful]))


def _helpful(design: str, lot: Lot) -> tuple[str, ...]:
    """What helps a design; where a lot was drawn, nobody is told to draw one."""
    codes = _BY_DESIGN[design]
    if lot is not Lot.NOTHING:
        codes = tuple(code for code in codes if not code.startswith("draw_"))
    return codes or ("other_places",)


def _why(rule: _Rule, table: EffectTable, question: Question) -> Check:
    """The reason of a rule; a series is not alone where others were measured beside it."""
    code = rule.why
    if code == "why_interrupted" and not with_start(table, question).piloted.all():
        code = "why_interrupted_beside"
    return Check(code, Outcome.INFORMATIVE, REASON_SENTENCES[code])


def _adapted(question: Question, rule: _Rule) -> Question:
    return replace(question, design=rule.design, not_yet=question.not_yet or rule.not_yet)


def _stronger(question: Question, table: EffectTable) -> tuple[Check, ...]:
    design = question.design
    codes = list(_helpful(design, question.lot))
    if design in ("randomised", "clusters") and table.baseline is None:
        codes.insert(0, "measure_before")
    if design == "randomised" and table.cluster is None:
        codes.append("name_clusters")
    return tuple(_advised(code) for code in codes)


def _advised(code: str) -> Check:
    return Check(code, Outcome.INFORMATIVE, ADVICE_SENTENCES[code])


def _nothing_fits(table: EffectTable) -> Fault:
    held = table.roles
    helpful = (Role.OUTCOME, Role.BASELINE, Role.PERIOD, Role.UNIT, Role.TREATED, Role.START)
    return design_fault(
        "no_design_fits", roles=listed([role.value for role in helpful if role not in held])
    )


def _either(roles: tuple[Role, ...]) -> str:
    return " / ".join(role.value for role in roles)
