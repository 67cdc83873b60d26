"""The answer to how small a pilot may be, with its picture and what it rests on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from vliegwiel.science.kernel import Check, Outcome, Result, ScienceError

from .judging import Share

SMALLEST_SCHEMA = "vliegwiel.smallest-test/1"


class SmallestTestFormatError(ScienceError):
    """A text is not a smallest useful test that this version can read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, and what it was answered with."""

    region: str
    care_system: str
    care_system_hash: str
    scenario: str
    scenario_hash: str
    design: str
    outcome: str
    care_type: str
    given: tuple[str, ...]
    available: tuple[str, ...]
    numbers: tuple[int, ...]
    certainty: float
    months_before: int
    longest: int
    step_months: int
    replications: int
    seed: int
    hoped: bool
    code_version: str


@dataclass(frozen=True, slots=True)
class PowerPoint:
    """A duration in months: chance of seeing the effect, and of seeing one that is not there.

    Both are those of the confirming pilots. ``youths`` are those counted at the pilot sites after
    the start, ``youths_compared`` those elsewhere.
    """

    months: int
    power: Share
    false_alarms: Share
    youths: float
    youths_compared: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What a pilot with so many municipalities can show.

    Attributes:
        sites, compared: municipalities with the pilot and, on average, without it.
        months: shortest duration with the certainty that was asked; None when there is none.
        months_low, months_high: between which durations the shortest lies, for all that the
            number of simulated pilots leaves open; None beyond the longest.
        reason: code of why it cannot be measured, None when it can.
        stricter: whether the limits of the test are stricter than its own.
        promised: false alarms of the design's own test, at the duration of the answer.
        effect, elsewhere: difference that the change makes in the model at the pilot sites and to
            those compared with, in the unit of the outcome, at the answer or the longest duration.
        without: outcome at the pilot sites without the change.
        chance: how far the estimate strays without an effect (95 of 100 pilots lie within).
        points: by duration.
    """

    sites: int
    compared: float
    months: int | None
    months_low: int | None
    months_high: int | None
    reason: str | None
    stricter: bool
    promised: Share | None
    effect: float | None
    elsewhere: float | None
    without: float | None
    chance: float | None
    points: tuple[PowerPoint, ...]

    def at(self, months: int) -> PowerPoint:
        """The point of a duration.

        Raises:
            KeyError: when that duration was not tried.
        """
        for point in self.points:
            if point.months == months:
                return point
        raise KeyError(months)


def told_of(trials: Sequence[Trial], answer: int | None) -> int:
    """Which trial the answer tells of: without an answer the last that was simulated at all."""
    if answer is not None:
        return answer
    simulated = [k for k, trial in enumerate(trials) if trial.points]
    return simulated[-1] if simulated else len(trials) - 1


@dataclass(frozen=True)
class SmallestTest:
    """The smallest useful test of a plan.

    Attributes:
        trials: one for each number of pilot municipalities that was tried, increasing.
        answer: place in ``trials`` of the fewest municipalities that can show the effect; None
            when it cannot be measured.
        headline: months, with the durations between which the answer lies.
        labels: label of the care type (or all), of the scenario and of each municipality.
        unit: of the outcome.
    """

    asked: Asked
    unit: str
    trials: tuple[Trial, ...]
    answer: int | None
    headline: Result
    checks: tuple[Check, ...]
    labels: Mapping[str, Mapping[str, str]]

    @property
    def told(self) -> Trial:
        """The trial of the answer; without one that of most municipalities that was simulated."""
        return self.trials[told_of(self.trials, self.answer)]

    def rows(self) -> list[dict[str, float | int | None]]:
        """Every duration of every number of sites as flat rows, for tables and CSV."""
        return [
            {
                "sites": trial.sites,
                "months": point.months,
                "youths": point.youths,
                "youths_compared": point.youths_compared,
                "power": point.power.value,
                "power_low": point.power.low,
                "power_high": point.power.high,
                "false_alarms": point.false_alarms.value,
                "false_alarms_low": point.false_alarms.low,
                "false_alarms_high": point.false_alarms.high,
            }
            for trial in self.trials
            for point in trial.points
        ]

    def to_json(self) -> str:
        """As JSON; :meth:`from_json` gives an equal one."""
        return json.dumps({"schema": SMALLEST_SCHEMA, **asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> SmallestTest:
        """Read what :meth:`to_json` wrote.

        Raises:
            SmallestTestFormatError: when the text is something else, or of another version.
        """
        try:
            plain = json.loads(text)
            if plain["schema"] != SMALLEST_SCHEMA:
                raise SmallestTestFormatError(f"this is not a {SMALLEST_SCHEMA}")
            return _read(plain)
        except (KeyError, TypeError, ValueError) as error:
            raise SmallestTestFormatError(f"this is not a {SMALLEST_SCHEMA}") from error


def _read(plain: dict[str, Any]) -> SmallestTest:
    lists = ("given", "available", "numbers")
    return SmallestTest(
        asked=Asked(**{**plain["asked"], **{name: tuple(plain["asked"][name]) for name in lists}}),
        unit=plain["unit"],
        trials=tuple(_trial(one) for one in plain["trials"]),
        answer=plain["answer"],
        headline=Result(**plain["headline"]),
        checks=tuple(
            Check(**{**check, "outcome": Outcome(check["outcome"])}) for check in plain["checks"]
        ),
        labels=plain["labels"],
    )


def _trial(plain: dict[str, Any]) -> Trial:
    promised = plain["promised"]
    points = tuple(
        PowerPoint(**{**one, **{name: Share(**one[name]) for name in ("power", "false_alarms")}})
        for one in plain["points"]
    )
    return Trial(**{**plain, "promised": promised and Share(**promised), "points": points})
