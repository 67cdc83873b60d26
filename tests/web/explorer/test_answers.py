"""Beside the headline: the other side, and reasons for care."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from tests.science.caresystem import samples
from vliegwiel.science.caresystem import (
    Forecast,
    Interval,
    Scenario,
    WaterBedRow,
    forecast,
    read_care_system,
    read_scenario,
)
from vliegwiel.web.pages.explorer import answers


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    system = read_care_system(samples.as_text(samples.care_system()))
    return read_scenario(samples.as_text(samples.scenario()), system)


@pytest.fixture(scope="module")
def outcome(scenario: Scenario) -> Forecast:
    system = read_care_system(samples.as_text(samples.care_system()))
    return forecast(system, scenario, months=24, replications=4)


def with_rows(outcome: Forecast, *rows: tuple[str, float, str]) -> Forecast:
    nothing = Interval(0.0, 0.0, 0.0)
    made = [
        WaterBedRow(name, Interval(days, days - 1, days + 1), nothing, nothing, nothing, verdict)
        for name, days, verdict in rows
    ]
    return replace(outcome, water_bed=tuple(made))


def with_cost(outcome: Forecast, low: float, median: float, high: float) -> Forecast:
    changed = tuple(replace(row, difference=Interval(median, low, high)) for row in outcome.costs)
    return replace(outcome, costs=changed)


def test_the_longest_sure_wait_is_named_not_the_focus(outcome: Forecast) -> None:
    names = [row.care_type for row in outcome.water_bed if row.care_type != "all"]
    other = next(name for name in names if name != outcome.focus)
    found = with_rows(
        outcome, (outcome.focus, 90.0, "worse"), (other, 21.4, "worse"), ("all", 99.0, "worse")
    )
    with override("nl"):
        sentence = answers.other_side(found)
    assert "21 dagen langer" in sentence
    assert "90" not in sentence
    assert "99" not in sentence


def test_what_is_unclear_is_not_called_worse(outcome: Forecast) -> None:
    other = next(
        r.care_type for r in outcome.water_bed if r.care_type not in ("all", outcome.focus)
    )
    with override("nl"):
        assert "langer" not in answers.other_side(with_rows(outcome, (other, 30.0, "unclear")))


@pytest.mark.parametrize(
    ("low", "median", "high", "words"),
    [
        (100_000, 409_000, 800_000, "€ 409.000 meer"),
        (-800_000, -409_000, -100_000, "€ 409.000 minder"),
        (-100_000, 50_000, 200_000, "niet te zeggen"),
    ],
)
def test_cost_follows_the_band(
    outcome: Forecast, low: float, median: float, high: float, words: str
) -> None:
    with override("nl"):
        sentence = answers.other_side(with_cost(outcome, low, median, high))
    assert words in sentence.replace("\xa0", " ")


def test_the_place_and_the_time_are_said(outcome: Forecast) -> None:
    with override("nl"):
        several = answers.scope(outcome, "IJsselland", 11)
        assert "alle 11 gemeenten van regio IJsselland" in several
        assert "2025" in several
    with override("en"):
        assert "all" not in answers.scope(outcome, "Texel", 1).split()


def test_a_rough_or_short_run_says_so(outcome: Forecast, scenario: Scenario) -> None:
    late = (
        scenario.interventions[0]
        .stages[0]
        .model_copy(update={"from_": date(outcome.period[1].year, 6, 1), "ramp_months": 12})
    )
    slow = scenario.model_copy(
        update={
            "interventions": (
                scenario.interventions[0].model_copy(update={"stages": (late,)}),
                *scenario.interventions[1:],
            )
        }
    )
    with override("nl"):
        found = " ".join(answers.cautions(outcome, slow))
    assert "4 herhalingen" in found
    assert f"juni {outcome.period[1].year + 1}" in found


def test_a_long_run_with_many_repetitions_needs_no_caution(
    outcome: Forecast, scenario: Scenario
) -> None:
    many = replace(outcome, identity=replace(outcome.identity, replications=200))
    years_ahead = replace(many, period=(date(2090, 1, 1), date(2090, 12, 1)))
    assert answers.cautions(years_ahead, scenario) == []
