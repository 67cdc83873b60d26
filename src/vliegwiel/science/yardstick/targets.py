"""How far an indicator is on its way to a target in per cent against a base, and where it heads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

import numpy as np
from scipy.special import stdtrit

#: Part of the way in time before anything is said about the course.
LEAST_ELAPSED = 0.1
#: Part of the way that a course may fall short and still count as going there.
NEAR = 0.01
#: Readings from which the course gets an interval, and how sure that interval is.
ENOUGH_READINGS, PROJECTION_LEVEL = 3, 0.8
_DECIMALS = 9


class Course(StrEnum):
    """What may be said about the way to a target."""

    TOO_EARLY = "too_early"
    REACHED = "reached"
    ON_COURSE = "on_course"
    UNCERTAIN = "uncertain"
    BEHIND = "behind"
    WRONG_WAY = "wrong_way"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """A target: ``percent`` of the base, counted in the direction that is better.

    Attributes:
        base, base_on: value and day that the target is counted from; the base is not 0.
        percent: the change that is wanted, above 0 and so large that the goal is another number
            than the base; 15 with ``better`` lower is 15 % less.
        due_on: day on which it should be reached, after ``base_on``.
    """

    base: float
    base_on: date
    percent: float
    due_on: date
    better: Literal["higher", "lower"]

    def __post_init__(self) -> None:
        if not math.isfinite(self.base) or self.base == 0:
            raise ValueError("a change in per cent needs a base that is not 0")
        if not 0 < self.percent < math.inf:
            raise ValueError("a target is a change of more than 0 per cent")
        if self.due_on <= self.base_on:
            raise ValueError("a target is due after its base")
        if self.goal == self.base:
            raise ValueError("a target lies so far from its base that both can be told apart")

    @property
    def goal(self) -> float:
        """The value to reach, in the unit of the base."""
        change = abs(self.base) * self.percent / 100.0
        return self.base + change if self.better == "higher" else self.base - change


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Attributes:
        goal: the value to reach.
        done: part of the way that was gone at the last reading (1 is reached, below 0 is back).
        expected: part of the way that a straight line would have gone on that day.
        projected: part of the way on the due day if it goes on like this, with its interval of
            ``PROJECTION_LEVEL``; None without enough readings.
    """

    course: Course
    goal: float
    done: float | None
    expected: float
    projected: float | None
    projected_low: float | None
    projected_high: float | None


def progress(
    target: TargetLine, readings: Sequence[tuple[date, float]], *, today: date
) -> Progress:
    """Where an indicator stands on the way to its target, and the early signal when it is off.

    The course is the straight line from the base through the readings (least squares). With three
    readings or more its interval is that of a slope through a fixed point, by Student's t; fewer
    give a number without one.

    Args:
        readings: day and value, in any order; those on or before the base day do not count.
        today: the day on which is asked; what was due before it is reached or missed.

    Raises:
        ValueError: for a reading that is not a number.
    """
    if not all(math.isfinite(value) for _day, value in readings):
        raise ValueError("a reading is a number")
    later = sorted((day, value) for day, value in readings if day > target.base_on)
    days = (target.due_on - target.base_on).days
    if not later:
        course = Course.MISSED if today > target.due_on else Course.TOO_EARLY
        elapsed = min((today - target.base_on).days / days, 1.0)
        return Progress(course, target.goal, None, max(elapsed, 0.0), None, None, None)
    times = np.array([(day - target.base_on).days / days for day, _value in later])
    way = np.array([value - target.base for _day, value in later]) / (target.goal - target.base)
    slope, low, high = _slope(times, way)
    done, expected = round(float(way[-1]), _DECIMALS), min(float(times[-1]), 1.0)
    course = _course(done, float(times[-1]), (slope, low, high), late=today > target.due_on)
    return Progress(course, target.goal, done, expected, slope, low, high)


def _slope(times: np.ndarray, way: np.ndarray) -> tuple[float, float | None, float | None]:
    """The slope through the base: what the whole way comes to on the due day."""
    weight = float(times @ times)
    slope = float(times @ way) / weight
    if len(times) < ENOUGH_READINGS:
        return slope, None, None
    freedom = len(times) - 1
    spread = float(np.square(way - slope * times).sum()) / freedom
    reach = float(stdtrit(freedom, (1 + PROJECTION_LEVEL) / 2)) * math.sqrt(spread / weight)
    return slope, slope - reach, slope + reach


def _course(
    done: float, elapsed: float, projected: tuple[float, float | None, float | None], *, late: bool
) -> Course:
    if done >= 1.0:
        return Course.REACHED
    if late:
        return Course.MISSED
    if elapsed < LEAST_ELAPSED:
        return Course.TOO_EARLY
    slope, low, high = projected
    least, most = (slope, slope) if low is None or high is None else (low, high)
    if most < 10.0**-_DECIMALS:
        return Course.WRONG_WAY
    if most < 1.0 - NEAR:
        return Course.BEHIND
    return Course.ON_COURSE if least >= 1.0 - NEAR else Course.UNCERTAIN
