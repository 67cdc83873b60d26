"""From simulated pilots to the smallest useful test, or to why there is none."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vliegwiel import __version__
from vliegwiel.science.caresystem import ALL, document_hash, extended
from vliegwiel.science.kernel import Check, Outcome, Result

from .judging import (
    ERROR,
    Effects,
    Half,
    Rule,
    Share,
    durations,
    effects,
    false_alarms,
    hits,
    judge,
    own_limits,
    power,
    promises_too_much,
    shortest,
)
from .piloting import PilotPiece, merge_pilots, run_pilots
from .planning import PilotPlan
from .sentences import SENTENCES, UNIT_LABELS
from .smallest import Asked, PowerPoint, SmallestTest, Trial, told_of

Floats = NDArray[np.float64]

#: Name of all care types together, in a sentence.
ALL_LABEL = {"nl": "alle zorg", "en": "all care"}
ALL_LIMITED_LABEL = {"nl": "alle zorg met plekken", "en": "all care with places"}

#: Fewer youths in a pilot than this say nothing of themselves.
_FEW = 30
#: From this share on, what reaches the compared youths hides the effect.
_LEAKS = 0.5
#: Simulated pilots between two reports of progress.
PILOTS_PER_PIECE = 20


def spans(plan: PilotPlan) -> tuple[tuple[int, int, int], ...]:
    """The pieces of work: number of sites, first pilot, and the one after the last."""
    count = 2 * plan.replications
    return tuple(
        (number, first, min(first + PILOTS_PER_PIECE, count))
        for number in plan.tried
        if _impossible(plan, number) is None
        for first in range(0, count, PILOTS_PER_PIECE)
    )


def smallest_test(
    plan: PilotPlan, threads: int = 1, progress: Callable[[int, int], None] | None = None
) -> SmallestTest:
    """How small a pilot may be to show its effect.

    Args:
        threads: pilots simulated at once; they do not change the answer.
        progress: called with how many pilots are simulated and how many there are; what it raises
            stops the work and passes through.
    """
    pieces: list[PilotPiece] = []
    work = spans(plan)
    total, done = sum(last - first for _number, first, last in work), 0
    for number, first, last in work:
        pieces.append(run_pilots(plan, number, first, last, threads))
        done += last - first
        if progress is not None:
            progress(done, total)
    return answer(plan, pieces)


def answer(plan: PilotPlan, pieces: Sequence[PilotPiece]) -> SmallestTest:
    """The smallest useful test of a plan from all its pieces, in whatever order they were done.

    Raises:
        ValueError: when pieces are missing, double or of another plan.
    """
    trials = tuple(_trial(plan, number, pieces) for number in plan.tried)
    measurable = [k for k, trial in enumerate(trials) if trial.months is not None]
    best = measurable[0] if measurable else None
    told = trials[told_of(trials, best)]
    return SmallestTest(
        asked=_asked(plan),
        unit=plan.measure.unit,
        trials=trials,
        answer=best,
        headline=_headline(plan, told),
        checks=tuple(_checks(plan, told)),
        labels=_labels(plan),
    )


def _impossible(plan: PilotPlan, number: int) -> str | None:
    """Why so many sites cannot even be tested, as a code; None when they can."""
    method = plan.method
    compared = _compared(plan, number) if plan.method.compares else method.least_compared
    few = number < method.least_sites or compared < method.least_compared
    return "too_few_sites" if few else None


def _compared(plan: PilotPlan, number: int) -> int:
    if not plan.method.compares:
        return 0
    return number if plan.method.drawn == "youths" else len(plan.available) - number


def _trial(plan: PilotPlan, number: int, pieces: Sequence[PilotPiece]) -> Trial:
    compared = float(_compared(plan, number)) if plan.method.drawn != "youths" else 0.0
    if _impossible(plan, number) is not None:
        nothing: tuple[PowerPoint, ...] = ()
        return Trial(
            number, compared, None, None, None, "too_few_sites", False,
            None, None, None, None, None, nothing,
        )  # fmt: skip
    piece = merge_pilots(plan, number, pieces)
    half = slice(0, plan.replications), slice(plan.replications, 2 * plan.replications)
    search, fresh = (judge(plan, piece, span) for span in half)
    found = effects(plan, piece, search, half[0])
    return _Judged(plan, number, compared, search, fresh, found).trial()


@dataclass(frozen=True, slots=True)
class _Judged:
    """The tests of all simulated pilots with so many sites."""

    plan: PilotPlan
    number: int
    compared: float
    search: Half
    fresh: Half
    found: Effects

    def trial(self) -> Trial:
        stricter = promises_too_much(self.search)
        rule = own_limits(self.search) if stricter else Rule()
        sign = float(np.sign(np.nan_to_num(self.found.inside[-1])))
        points = self._points(rule, sign)
        k = self._confirmed(points, power(self.search, rule.middle, sign))
        alarming = any(self._is_enough(p) and _alarms_too_often(p) for p in points)
        reason = None if k is not None else self._reason(sign, stricter, alarming)
        at = len(points) - 1 if k is None else k
        certainty = self.plan.certainty
        reached = [
            next((p.months for p in points if getattr(p.power, end) >= certainty), None)
            for end in ("high", "low")
        ]
        return Trial(
            sites=self.number,
            compared=self.compared,
            months=None if k is None else points[k].months,
            months_low=reached[0],
            months_high=None if reached[1] is None else max(reached[1], points[at].months),
            reason=reason,
            stricter=stricter,
            promised=false_alarms(self.fresh, None, at),
            effect=_known(self.found.inside[at]),
            elsewhere=_known(self.found.elsewhere[at]),
            without=_known(self.found.without[at]),
            chance=_known(self.found.chance[at]),
            points=points,
        )

    def _points(self, rule: Rule, sign: float) -> tuple[PowerPoint, ...]:
        return tuple(
            PowerPoint(
                months=months,
                power=hits(self.fresh, rule, sign, k),
                false_alarms=false_alarms(self.fresh, rule.middle, k),
                youths=float(self.found.youths[k]),
                youths_compared=float(self.found.youths_compared[k]),
            )
            for k, months in enumerate(durations(self.plan))
        )

    def _confirmed(self, points: Sequence[PowerPoint], searched: Floats) -> int | None:
        """The duration that the search picks, or the first after it that new pilots confirm."""
        picked = shortest(searched, self.plan.certainty)
        if picked is None:
            return None
        for k in range(picked, len(points)):
            if self._is_enough(points[k]) and not _alarms_too_often(points[k]):
                return k
        return None

    def _is_enough(self, point: PowerPoint) -> bool:
        return point.power.value >= self.plan.certainty

    def _reason(self, sign: float, stricter: bool, alarming: bool) -> str:
        """Why the effect cannot be measured within the longest duration."""
        found, last = self.found, -1
        inside = found.inside[last]
        if not math.isfinite(inside) or found.youths[last] < _FEW:
            return "too_few_youths"
        if abs(inside) <= 1e-9 * max(1.0, abs(found.without[last])):
            return "no_effect"
        if _leak(inside, found.elsewhere[last]) >= _LEAKS:
            return "effect_leaks"
        own = power(self.search, None, sign)
        if alarming or (stricter and own[last] >= self.plan.certainty):
            return "false_alarms"
        return "within_chance"


def _alarms_too_often(point: PowerPoint) -> bool:
    """Whether new pilots show that the test is too easily sure, also with stricter limits."""
    return point.false_alarms.low > ERROR


def _leak(inside: float | None, elsewhere: float | None) -> float:
    """The part of the effect that reaches those compared with."""
    if not inside or elsewhere is None or not math.isfinite(elsewhere):
        return 0.0
    return float(elsewhere / inside)


def _known(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _asked(plan: PilotPlan) -> Asked:
    return Asked(
        region=plan.system.region,
        care_system=plan.system.id,
        care_system_hash=document_hash(plan.system),
        scenario=plan.scenario.id,
        scenario_hash=document_hash(plan.scenario),
        design=plan.design,
        outcome=plan.outcome,
        care_type=plan.care_type,
        given=plan.given,
        available=plan.available,
        numbers=plan.tried,
        certainty=plan.certainty,
        months_before=plan.months_before,
        longest=plan.longest,
        step_months=plan.step_months,
        replications=plan.replications,
        seed=plan.seed,
        hoped=plan.hoped,
        code_version=__version__,
    )


def _labels(plan: PilotPlan) -> Mapping[str, Mapping[str, str]]:
    whole = extended(plan.system, plan.scenario)
    by_id = {care.id: care.label.model_dump() for care in whole.care_types}
    everything = ALL_LIMITED_LABEL if plan.measure.limited else ALL_LABEL
    care = by_id.get(plan.care_type, dict(everything))
    places = {m.code: {"nl": m.name, "en": m.name} for m in plan.system.municipalities}
    return {"care_type": care, "scenario": plan.scenario.title.model_dump(), **places}


def _headline(plan: PilotPlan, told: Trial) -> Result:
    label = _labels(plan)["care_type"]["en"] if plan.care_type != ALL else ALL
    params: dict[str, float | str] = {
        "sites": str(told.sites), "outcome": plan.outcome, "care_type": label,
        "asked": 100 * plan.certainty,
    }  # fmt: skip
    code = told.reason or ("measurable_in_one" if told.sites == 1 else "measurable")
    if told.points:
        point = told.at(told.months or told.points[-1].months)
        params |= {
            "months": str(point.months), "youths": point.youths, "power": 100 * point.power.value,
            "unit": UNIT_LABELS[plan.measure.unit], "effect": _amount(plan, told.effect),
            "chance": _amount(plan, told.chance), "leak": 100 * _leak(told.effect, told.elsewhere),
            "false_alarms": 100 * told.promised.value if told.promised else 0.0,
        }  # fmt: skip
    if code == "too_few_sites":
        method = plan.method
        params |= {"sites": str(method.least_sites), "compared": str(method.least_compared)}
    return Result(
        value=None if told.months is None else float(told.months),
        low=None if told.months_low is None else float(told.months_low),
        high=None if told.months_high is None else float(told.months_high),
        unit="months",
        code=code,
        template=SENTENCES[code],
        params=params,
    )


def _amount(plan: PilotPlan, value: float | None) -> str:
    """A number of the outcome in two or more digits that say something; shares in per cent."""
    shown = (value or 0.0) * (100.0 if plan.measure.unit == "share" else 1.0)
    digits = 0 if shown == 0 else max(0, 1 - math.floor(math.log10(abs(shown))))
    return f"{shown:.{digits}f}"


def _checks(plan: PilotPlan, told: Trial) -> list[Check]:
    if not told.points:
        return []
    found: list[Check] = []

    def add(code: str, outcome: Outcome, **params: float | str) -> None:
        found.append(Check(code, outcome, SENTENCES[code], params))

    point = told.at(told.months or told.points[-1].months)
    if told.months is not None:
        add("confirmed", Outcome.PASSED, **_in_hundred(point.power))
        if told.months > told.points[0].months:
            shorter = told.at(told.months - 1).power
            add("one_month_shorter", Outcome.INFORMATIVE, **_in_hundred(shorter))
    alarms = point.false_alarms
    if told.stricter and told.promised is not None:
        corrected = _in_hundred(told.promised)
        outcome = Outcome.FAILED if _alarms_too_often(point) else Outcome.INFORMATIVE
        add("alarms_corrected", outcome, after=100 * alarms.value, **corrected)
    else:
        outcome = Outcome.FAILED if _alarms_too_often(point) else Outcome.PASSED
        add("alarms_as_promised", outcome, **_in_hundred(alarms))
    if told.without is not None and told.effect is not None:
        numbers = {"before": told.without, "after": told.without + told.effect}
        code = "effect_in_model_alone"
        if told.elsewhere is not None:
            code, numbers["elsewhere"] = "effect_in_model", told.elsewhere
        words = {name: _amount(plan, value) for name, value in numbers.items()}
        add(code, Outcome.INFORMATIVE, unit=UNIT_LABELS[plan.measure.unit], **words)
    add("hoped_size" if plan.hoped else "drawn_size", Outcome.INFORMATIVE)
    if plan.method.compares and plan.method.drawn != "youths":
        add("alike_in_model", Outcome.INFORMATIVE)
    return found


def _in_hundred(part: Share) -> dict[str, float]:
    return {"power": 100 * part.value, "low": 100 * part.low, "high": 100 * part.high}
