"""The way to a target: how far, and the signal when it is off course."""

from datetime import date

import pytest

from vliegwiel.science.yardstick import Course, TargetLine, progress

BASE, DUE = date(2024, 1, 1), date(2028, 1, 1)
LINE = TargetLine(base=0.2, base_on=BASE, percent=25, due_on=DUE, better="lower")
HALF = date(2026, 1, 1)


def test_the_goal_lies_in_the_better_direction() -> None:
    assert LINE.goal == pytest.approx(0.15)
    up = TargetLine(base=40, base_on=BASE, percent=15, due_on=DUE, better="higher")
    assert up.goal == pytest.approx(46)


@pytest.mark.parametrize(
    ("value", "course"),
    [
        (0.149, Course.REACHED),
        (0.175, Course.ON_COURSE),
        (0.19, Course.BEHIND),
        (0.21, Course.WRONG_WAY),
    ],
)
def test_one_reading_half_way(value: float, course: Course) -> None:
    found = progress(LINE, [(HALF, value)], today=HALF)
    assert found.course is course
    assert found.done == pytest.approx((0.2 - value) / 0.05)
    assert found.expected == pytest.approx(731 / 1461)
    assert found.projected_low is None


def test_readings_that_scatter_leave_it_open() -> None:
    days = [date(2024, 7, 1), date(2025, 1, 1), date(2025, 7, 1), HALF]
    found = progress(LINE, list(zip(days, (0.185, 0.2, 0.17, 0.183), strict=True)), today=HALF)
    assert found.course is Course.UNCERTAIN
    assert found.projected_low is not None
    assert found.projected_high is not None
    assert found.projected_low < 1 < found.projected_high


def test_steady_readings_that_lag_give_an_early_signal() -> None:
    days = [date(2024, 7, 1), date(2025, 1, 1), date(2025, 7, 1), HALF]
    found = progress(LINE, list(zip(days, (0.197, 0.195, 0.192, 0.19), strict=True)), today=HALF)
    assert found.course is Course.BEHIND


def test_without_readings_after_the_base_nothing_is_said() -> None:
    assert progress(LINE, [(BASE, 0.1)], today=HALF).course is Course.TOO_EARLY
    assert progress(LINE, [], today=date(2028, 1, 2)).course is Course.MISSED


def test_what_was_not_reached_in_time_is_missed() -> None:
    assert progress(LINE, [(HALF, 0.175)], today=date(2028, 1, 2)).course is Course.MISSED


@pytest.mark.parametrize(
    "changed",
    [{"base": 0.0}, {"percent": 0.0}, {"percent": 1e-15}, {"due_on": BASE}, {"base": float("nan")}],
)
def test_a_target_that_means_nothing_is_refused(changed: dict[str, object]) -> None:
    facts = {"base": 0.2, "base_on": BASE, "percent": 25, "due_on": DUE, "better": "lower"}
    with pytest.raises(ValueError, match=r"base|change|due"):
        TargetLine(**{**facts, **changed})  # type: ignore[arg-type]
