"""The page of a result: each outcome from its sentence to the numbers behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vliegwiel.apps.explorer import effect_words
from vliegwiel.apps.pilots import queries, result_words
from vliegwiel.apps.pilots.queries import OutcomeResult, PilotRow, Plan
from vliegwiel.science.evidence.effects import advice
from vliegwiel.science.kernel import Check, Outcome
from vliegwiel.web import notation
from vliegwiel.web.components import FigureBlock

from .figures import looks_figure, sides_figure

#: Outcome of a check -> its badge: tone, and words.
BADGES = {
    Outcome.PASSED: ("valid", gettext_lazy("In order")),
    Outcome.WARNING: ("warning", gettext_lazy("Be careful")),
    Outcome.FAILED: ("danger", gettext_lazy("Not in order")),
    Outcome.INFORMATIVE: ("neutral", gettext_lazy("To know")),
}
#: Checks whose numbers differ from those above, which only who knows statistics can place.
_FOR_STATISTICIANS = frozenset({"answers_agree"})
_ORDER = (Outcome.FAILED, Outcome.WARNING, Outcome.PASSED, Outcome.INFORMATIVE)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Something that was looked at, in plain words."""

    outcome: str
    tone: str
    label: str
    sentence: str
    is_note: bool


@dataclass(frozen=True, slots=True)
class GradeWords:
    """How strong the design is, 1 to 5, why, and what would make it stronger."""

    level: int
    ceiling: int
    reasons: Sequence[str]
    stronger: Sequence[str]


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """One outcome; empty texts and lists are not shown."""

    id: int
    name: str
    definition: str
    headline: str
    verdict: str
    verdict_label: str
    tone: str
    may: str
    sureness: str
    relevance: str
    caution: str
    when: str
    lacking: Sequence[str]
    faults: Sequence[str]
    figures: Sequence[FigureBlock]
    checks: Sequence[CheckLine]
    notes: Sequence[str]
    doubts: str
    grade: GradeWords | None
    how: Sequence[tuple[str, str]]


def result_page(region: Any, pilot: PilotRow) -> dict[str, Any]:
    """The plan with what each of its outcomes shows; a draft has none."""
    plan = queries.plan_of(pilot.id)
    assert plan is not None, "asked before"
    results = queries.results_of(pilot.id)
    return {
        "plan": plan,
        "outcomes": [outcome_page(region, pilot, plan, one) for one in results],
        "looked_on": timezone.localdate(),
    }


def outcome_page(region: Any, pilot: PilotRow, plan: Plan, result: OutcomeResult) -> OutcomePage:
    """Everything about one outcome in words, pictures and tables."""
    registered, found = result.plan, result.found
    verdict = result_words.verdict_of(found)
    label, may = result_words.VERDICTS[verdict]
    later = result_words.when(registered, found, today=timezone.localdate())
    checks = _checks(result)
    figures = [
        figure
        for make in (looks_figure, sides_figure)
        if (figure := make(region, pilot, result)) is not None
    ]
    return OutcomePage(
        id=result.outcome,
        name=registered.name,
        definition=result.definition,
        headline=result_words.headline(registered, found),
        verdict=verdict,
        verdict_label=str(label),
        tone=result_words.TONES[verdict],
        may=str(may),
        sureness=result_words.sureness(registered, found),
        relevance=result_words.relevance(registered, found),
        caution=result_words.caution(found),
        when=later.sentence if later is not None else "",
        lacking=result_words.lacking(registered, found),
        faults=[effect_words.fault(fault) for fault in found.faults if found.since],
        figures=figures,
        checks=[check for check in checks if not check.is_note],
        notes=[check.sentence for check in checks if check.is_note],
        doubts=_doubts(checks),
        grade=_grade(result),
        how=_how(plan, result),
    )


def check_line(check: Check) -> CheckLine:
    tone, label = BADGES[check.outcome]
    is_note = check.outcome is Outcome.INFORMATIVE or check.code in _FOR_STATISTICIANS
    return CheckLine(str(check.outcome), tone, str(label), result_words.said(check), is_note)


def _doubts(checks: Sequence[CheckLine]) -> str:
    count = sum(check.outcome in (Outcome.FAILED, Outcome.WARNING) for check in checks)
    if not count:
        return _("Nothing was found that takes away from the result.")
    words = ngettext(
        "There is %(count)s point to be careful about.",
        "There are %(count)s points to be careful about.",
        count,
    )
    return words % {"count": count}


def _checks(result: OutcomeResult) -> list[CheckLine]:
    """What went wrong first; what monitoring looked at beside what the design did."""
    found = result.found
    every: list[Check] = []
    if found.effect is not None:
        every += found.effect.checks
    if found.monitored is not None:
        every += found.monitored.checks
    return [check_line(one) for kind in _ORDER for one in every if one.outcome is kind]


def _grade(result: OutcomeResult) -> GradeWords | None:
    grade, effect = result.found.grade, result.found.effect
    if grade is None or effect is None:
        return None
    return GradeWords(
        grade.level,
        grade.ceiling,
        [result_words.said(one) for one in grade.reasons],
        [result_words.said(one) for one in advice(effect)],
    )


def _how(plan: Plan, result: OutcomeResult) -> list[tuple[str, str]]:
    """By which method, with what, and by which plan it was computed."""
    found, registered = result.found, result.plan
    lines = [
        (_("Measurements since the start"), notation.number(found.since)),
        (_("Last day that was measured"), notation.day(result.last_day)),
        (_("Registered on"), notation.day(registered.registered_on)),
        (_("Hash of the plan"), plan.fingerprint),
    ]
    if found.effect is None:
        return lines
    effect = found.effect
    shown = result_words.any_look(registered, found)
    assert shown is not None, "there is an effect"
    lines += [
        (_("Design"), effect_words.design(effect)),
        (_("Computed with"), effect.method.library),
        (_("Method of the estimate and of its error"), _method(effect.method)),
        (_("Difference at one look"), _once(result)),
    ]
    return lines


def _method(method: Any) -> str:
    return f"{method.estimator}, {method.variance}"


def _once(result: OutcomeResult) -> str:
    """The interval that would hold for one look at the end, for who knows statistics."""
    effect = result.found.effect
    assert effect is not None, "asked before"
    if effect.low is None or effect.high is None:
        return effect_words.number(effect.estimate)
    return _("%(estimate)s (%(interval)s), p %(p)s") % {
        "estimate": effect_words.number(effect.estimate),
        "interval": effect_words.interval(effect),
        "p": effect_words.chance(effect.p),
    }
