"""The answer of a smallest useful test is true: theory, fresh pilots, and reasons for no answer."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from statsmodels.stats.power import TTestIndPower, TTestPower

from vliegwiel.science.evidence import (
    PilotPiece,
    PilotPlan,
    SmallestTest,
    SmallestTestFormatError,
    answer,
    run_pilots,
    smallest_test,
    spans,
)
from vliegwiel.science.evidence.judging import share
from vliegwiel.science.kernel import Outcome

from .samples import CODES, care_type, change, printed, region

RATE, SITES = 240.0, 12
ASK = PilotPlan(
    region(), change(region()), design="differences", outcome="arrivals", given=CODES[:6],
    months_before=6, longest=12, replications=300, seed=11,
)  # fmt: skip
DESIGNS = {
    "before_after": replace(
        ASK, design="before_after", given=CODES[:4], months_before=24, longest=24
    ),
    "differences": ASK,
    "clusters": replace(ASK, design="clusters", given=(), numbers=(6,)),
    "youths": replace(ASK, design="youths", given=CODES[:4]),
    "stepped": replace(ASK, design="stepped", given=CODES[:8], longest=24, replications=150),
}


@cache
def answered(design: str) -> SmallestTest:
    return smallest_test(DESIGNS[design])


def hits(test: SmallestTest, months: int, level: float = 0.999) -> tuple[float, float]:
    """Interval of the power at a duration, in which the truth lies in 999 of 1,000 tests."""
    power = test.trials[0].at(months).power.value
    found = share(round(power * test.asked.replications), test.asked.replications, level)
    return found.low, found.high


def interval(test: SmallestTest, months: int) -> tuple[float, float]:
    """The same; where limits come from simulated pilots, the interval that holds these as well."""
    if test.told.stricter:
        point = test.told.at(months)
        return point.power.low, point.power.high
    return hits(test, months)


@pytest.mark.slow
@pytest.mark.parametrize("months", [3, 6, 12])
def test_power_by_municipality_is_that_of_the_formula(months: int) -> None:
    """Youths come at random: the variance of a rate follows from the rate itself."""
    rate = RATE / SITES
    pilot, other = (k * rate / months + rate / ASK.months_before for k in (1.3, 1.0))
    effect = 0.3 * rate / np.sqrt((pilot + other) / 2)
    formula = TTestIndPower().power(effect, 6, 0.05)
    low, high = hits(answered("differences"), months)
    assert low <= formula <= high


@pytest.mark.slow
@pytest.mark.parametrize("months", [3, 6, 9, 12])
def test_power_by_youth_is_that_of_the_formula(months: int) -> None:
    """Each month the halves of four municipalities differ by two random numbers of youths."""
    half = RATE / SITES / 2
    effect = 0.3 * half / np.sqrt(2.3 * half / 4)
    formula = TTestPower().power(effect, months, 0.05)
    low, high = hits(answered("youths"), months)
    assert low <= formula <= high


@pytest.mark.slow
@pytest.mark.parametrize("design", list(DESIGNS))
def test_other_pilots_confirm_the_answer(design: str) -> None:
    """With seeds that the answer has not seen, the power is what was asked; shorter, it is less."""
    test = answered(design)
    assert test.answer == 0
    told = test.told
    assert told.months is not None
    assert told.at(told.months).power.high >= test.asked.certainty
    # No longer than the answer: what came after it is not looked at.
    longest = max(told.months, DESIGNS[design].method.least_after)
    again = smallest_test(replace(DESIGNS[design], seed=12, longest=longest))
    assert interval(again, told.months)[1] >= test.asked.certainty
    if told.months > told.points[0].months:
        assert interval(again, told.months - 1)[0] <= test.asked.certainty


@pytest.mark.slow
@pytest.mark.parametrize("design", list(DESIGNS))
def test_without_an_effect_the_test_sees_one_in_twenty_at_most(design: str) -> None:
    told = answered(design).told
    assert told.months is not None
    alarms = told.at(told.months).false_alarms
    pilots = answered(design).asked.replications
    found = share(round(alarms.value * pilots), pilots, 0.999)
    assert found.low <= 0.05


@pytest.mark.slow
def test_answer_counts_youths_and_says_what_the_model_does() -> None:
    test = answered("differences")
    told = test.told
    months = told.months
    assert months is not None
    point = told.at(months)
    # Six of twelve municipalities; 1.3 times as many come where the pilot is.
    assert point.youths == pytest.approx(1.3 * RATE / 2 * months, rel=0.03)
    assert point.youths_compared == pytest.approx(RATE / 2 * months, rel=0.03)
    assert told.effect == pytest.approx(0.3 * told.without, rel=0.05)
    assert told.elsewhere == pytest.approx(0.0, abs=0.02)
    assert test.headline.code == "measurable"
    assert test.headline.value == months
    assert told.months_low is not None
    assert told.months_low <= months
    assert told.months_high is None or months <= told.months_high
    assert point.power.value >= test.asked.certainty
    assert f"{months} months" in test.headline.sentence


@pytest.mark.slow
def test_more_municipalities_need_less_time() -> None:
    plan = replace(DESIGNS["youths"], given=(), numbers=(2, 4, 8), longest=14, replications=200)
    test = smallest_test(plan)
    months = [trial.months for trial in test.trials]
    assert test.answer is not None
    assert None not in months[1:]
    known = [one for one in months if one is not None]
    assert known == sorted(known, reverse=True)
    assert known[-1] < known[0]
    assert test.told.sites == min(t.sites for t in test.trials if t.months is not None)


@pytest.mark.slow
@pytest.mark.parametrize("design", ["clusters", "stepped"])
def test_threads_and_order_do_not_matter(design: str) -> None:
    plan = replace(DESIGNS[design], replications=50)
    pieces = [run_pilots(plan, *span, threads=2) for span in reversed(spans(plan))]
    kept = [PilotPiece.from_bytes(piece.to_bytes()) for piece in pieces]
    assert answer(plan, kept).to_json() == smallest_test(plan).to_json()


def test_pieces_of_another_question_are_refused() -> None:
    plan = replace(DESIGNS["clusters"], replications=50)
    pieces = [run_pilots(plan, *span) for span in spans(plan)]
    with pytest.raises(ValueError, match="another plan"):
        answer(replace(plan, seed=99), pieces)
    with pytest.raises(ValueError, match="missing"):
        answer(plan, pieces[1:])
    with pytest.raises(ValueError, match="missing or double"):
        answer(plan, [*pieces, pieces[0]])
    with pytest.raises(ValueError, match="no pilots"):
        run_pilots(plan, 6, 0, 101)
    with pytest.raises(ValueError, match="no pilots"):
        run_pilots(plan, 5, 0, 10)
    with pytest.raises(ValueError, match="hold"):
        PilotPiece.from_bytes(b"broken")


@pytest.mark.slow
def test_answer_survives_being_kept() -> None:
    test = answered("differences")
    assert SmallestTest.from_json(test.to_json()) == test
    assert len(test.rows()) == len(test.trials[0].points)
    for text in ("{}", "[]", "no", '{"schema": "vliegwiel.forecast/1"}'):
        with pytest.raises(SmallestTestFormatError):
            SmallestTest.from_json(text)


@pytest.mark.slow
def test_progress_is_told_and_may_stop_the_work() -> None:
    told: list[tuple[int, int]] = []

    def listen(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        smallest_test(replace(DESIGNS["clusters"], replications=50), progress=listen)
    assert told == [(20, 100), (40, 100), (60, 100)]


def reason(plan: PilotPlan) -> tuple[str, SmallestTest]:
    test = smallest_test(plan)
    assert test.answer is None
    assert test.headline.value is None
    assert test.headline.sentence.startswith("This cannot be measured")
    return test.headline.code, test


def test_too_few_municipalities_are_told() -> None:
    code, test = reason(replace(ASK, candidates=(CODES[7],)))
    assert code == "too_few_sites"
    assert not test.checks


@pytest.mark.slow
def test_too_few_youths_are_told() -> None:
    system = region(rate=2.0)
    plan = replace(ASK, system=system, scenario=change(system), replications=50)
    assert reason(plan)[0] == "too_few_youths"


@pytest.mark.slow
def test_change_that_does_nothing_to_the_outcome_is_told() -> None:
    plan = replace(ASK, scenario=change(region(), 0.8, "care_types.help.cost_per_day"))
    assert reason(replace(plan, replications=50))[0] == "no_effect"


@pytest.mark.slow
def test_effect_beside_chance_is_told() -> None:
    code, test = reason(replace(ASK, scenario=change(region(), 1.02), replications=100))
    assert code == "within_chance"
    told = test.told
    assert told.chance is not None
    assert told.effect is not None
    assert told.effect < told.chance


@pytest.mark.slow
def test_effect_that_reaches_everybody_is_told() -> None:
    """Shorter care in the pilot frees places that all municipalities share."""
    care = care_type(
        {"kind": "places", "places": printed(480.0, "places")},
        in_care_at_start=printed(480.0, "youths"),
        waiting_at_start=printed(100.0, "youths"),
    )
    system = region(care=care)
    shorter = change(system, 0.7, "care_types.help.stay.mean")
    plan = replace(ASK, system=system, scenario=shorter, outcome="waiting_time", replications=50)
    code, test = reason(plan)
    assert code == "effect_leaks"
    told = test.told
    assert told.effect is not None
    assert told.elsewhere is not None
    assert told.effect < -5
    assert told.elsewhere / told.effect > 0.8
    # Before and after in the same sites does see it.
    after = smallest_test(replace(plan, design="before_after", months_before=12))
    assert after.told.effect is not None
    assert after.told.effect < -5


@pytest.mark.slow
def test_design_that_sees_seasons_for_effects_gets_a_stricter_limit() -> None:
    winter = [1.6, 1.6, 1.6, 1.0, 1.0, 0.6, 0.3, 0.3, 0.6, 1.0, 1.2, 1.2]
    season = [12 * value / sum(winter) for value in winter]
    system = region(season=season)
    plan = replace(
        ASK, system=system, scenario=change(system), design="before_after", months_before=12,
        longest=12, replications=100,
    )  # fmt: skip
    test = smallest_test(plan)
    told = test.told
    assert told.stricter
    assert told.promised is not None
    assert max(point.false_alarms.low for point in told.points) <= 0.05
    found = {check.code: check for check in test.checks}
    assert found["alarms_corrected"].outcome is Outcome.INFORMATIVE
    assert "alarms_as_promised" not in found


@pytest.mark.slow
def test_size_that_is_uncertain_is_drawn_when_asked() -> None:
    scenario = change(region(), 1.3, size_range=(0.9, 1.7))
    plan = replace(ASK, scenario=scenario, replications=100)
    hoped, drawn = smallest_test(plan), smallest_test(replace(plan, hoped=False))
    assert {check.code for check in hoped.checks} >= {"hoped_size"}
    assert {check.code for check in drawn.checks} >= {"drawn_size"}
    # Who is sure of the effect sees it more often at the end than who is not.
    assert hoped.told.points[-1].power.value > drawn.told.points[-1].power.value
