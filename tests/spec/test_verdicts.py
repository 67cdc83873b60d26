"""What the outcome of a pilot allows.

Before the start is registered: outcome, direction, the smallest effect that is worth the trouble,
the chance of a false alarm, the design and how often will be looked. The verdict follows from that
rule and from what was found; nobody weighs anything afterwards. In the examples a higher outcome is
better, 2 is the smallest effect that is worth the trouble, and a hard verdict is what rolling out
asks for. Effects below 0 are worse.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from vliegwiel.science.evidence.verdicts import (
    Decision,
    Findings,
    RegisteredPlan,
    decide,
    may_scale,
)

PLAN = RegisteredPlan(
    outcome="success",
    better="higher",
    smallest_relevant=2.0,
    alpha=0.05,
    design="differences",
    tuning_size=400.0,
    registered_on=date(2026, 3, 1),
)
FOUND = Findings(
    outcome="success",
    design="differences",
    low=1.0,
    high=5.0,
    level=0.95,
    reading="any_look",
    maryland=3,
    tuning_size=400.0,
    next_low=0.5,
    next_high=5.5,
    first_measured_on=date(2026, 4, 1),
)


def verdict(found: Findings, plan: RegisteredPlan = PLAN) -> tuple[str, str]:
    decision = decide(plan, found)
    return decision.verdict.value, ", ".join(reason.code for reason in decision.lacking)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-3, 5, "not_yet"),
        (0, 5, "not_yet"),
        (-1, 1, "not_relevant"),
        (0.5, 1.5, "not_relevant"),
        (-1, 2, "not_yet"),
        (1, 5, "hard"),
        (3, 5, "hard"),
        (-5, -1, "hard_adverse"),
        (-1.5, -0.5, "hard_adverse"),
    ],
)
def test_the_interval_decides(low: float, high: float, expected: str) -> None:
    """With everything else in order the verdict depends on where the interval lies. Harm goes
    first: an effect that is surely below 0 is harm, also when it is small."""
    assert verdict(replace(FOUND, low=low, high=high))[0] == expected


@pytest.mark.parametrize(
    ("low", "claim", "expected", "lacking"),
    [
        (1, "any_effect", "hard", ""),
        (1, "relevant_effect", "indication", "relevance_open"),
        (2, "relevant_effect", "indication", "relevance_open"),
        (2.5, "relevant_effect", "hard", ""),
    ],
)
def test_the_claim_that_was_registered(low: float, claim: Any, expected: str, lacking: str) -> None:
    """A plan may claim that there is an effect, or that it is large enough to be worth it."""
    found = replace(FOUND, low=low)
    assert verdict(found, replace(PLAN, claim=claim)) == (expected, lacking)


@pytest.mark.parametrize(
    ("level_of_the_design", "expected", "lacking"),
    [
        (1, "indication", "weak_design"),
        (2, "indication", "weak_design"),
        (3, "hard", ""),
        (5, "hard", ""),
    ],
)
def test_a_weak_design_gives_an_indication_at_most(
    level_of_the_design: int, expected: str, lacking: str
) -> None:
    """Hard evidence asks for level 3 of the scale of Maryland: before and after, with and
    without."""
    assert verdict(replace(FOUND, maryland=level_of_the_design)) == (expected, lacking)


@pytest.mark.parametrize(
    ("meant_for", "low_in_next_region", "expected", "lacking"),
    [
        ("other_regions", 0.5, "hard", ""),
        ("other_regions", -0.5, "indication", "next_region_open"),
        ("other_regions", None, "indication", "next_region_unknown"),
        ("own_region", None, "hard", ""),
    ],
)
def test_what_is_hard_here_may_not_be_elsewhere(
    meant_for: Any, low_in_next_region: float | None, expected: str, lacking: str
) -> None:
    """For other regions the interval for a next region must lie on the good side as well."""
    high = None if low_in_next_region is None else 6.0
    found = replace(FOUND, next_low=low_in_next_region, next_high=high)
    assert verdict(found, replace(PLAN, reach=meant_for)) == (expected, lacking)


@pytest.mark.parametrize(
    ("what_differs", "value", "lacking"),
    [
        ("reading", "earlier_look", "looked_early"),
        ("level", 0.9, "less_certain"),
        ("tuning_size", 100, "other_tuning"),
        ("design", "before_after", "other_design"),
        ("failed", True, "check_failed"),
    ],
)
def test_what_was_not_registered_is_an_indication_at_most(
    what_differs: str, value: Any, lacking: str
) -> None:
    """An interval that was not made as registered keeps an effect from being hard evidence."""
    found = replace(FOUND, **{what_differs: value})
    assert verdict(found) == ("indication", lacking)


@pytest.mark.parametrize(
    ("registered", "first_measurement", "expected"),
    [
        ("2026-03-01", "2026-04-01", "hard"),
        ("2026-03-01", "2026-03-01", "hard"),
        ("2026-03-02", "2026-03-01", "indication"),
    ],
)
def test_registered_before_measured(registered: str, first_measurement: str, expected: str) -> None:
    """A rule that was written down after the first measurement is no rule."""
    plan = replace(PLAN, registered_on=date.fromisoformat(registered))
    found = replace(FOUND, first_measured_on=date.fromisoformat(first_measurement))
    assert verdict(found, plan)[0] == expected


def test_an_unknown_first_day_is_no_proof() -> None:
    """When it is not known when was first measured, the verdict is an indication at most."""
    found = replace(FOUND, first_measured_on=None)
    assert verdict(found) == ("indication", "measuring_unknown")


def test_another_outcome_decides_nothing() -> None:
    """An effect on an outcome that was not registered gives no verdict, however large."""
    assert verdict(replace(FOUND, outcome="costs", low=50, high=60))[0] == "not_yet"


@pytest.mark.parametrize(
    ("better", "low", "high", "expected"),
    [("higher", 1, 5, "hard"), ("lower", 1, 5, "hard_adverse"), ("lower", -5, -1, "hard")],
)
def test_the_direction_is_registered(better: Any, low: float, high: float, expected: str) -> None:
    """For waiting times less is better: what counts as good was said beforehand."""
    found = replace(FOUND, low=low, high=high, next_low=low, next_high=high)
    assert verdict(found, replace(PLAN, better=better))[0] == expected


def of(low: float, high: float, **other: Any) -> Decision:
    return decide(PLAN, replace(FOUND, low=low, high=high, **other))


@pytest.mark.parametrize(
    ("low", "high", "level_of_the_design", "verdict", "may_be_rolled_out"),
    [
        (1, 5, 3, "hard", "yes"),
        (1, 5, 2, "indication", "no"),
        (-3, 5, 3, "not_yet", "no"),
        (-1, 1, 5, "not_relevant", "no"),
        (-5, -1, 5, "hard_adverse", "no"),
    ],
)
def test_only_hard_evidence_is_rolled_out(
    low: float, high: float, level_of_the_design: int, verdict: str, may_be_rolled_out: str
) -> None:
    """Provisional evidence is refused, with the reason. An exception is recorded as one; it does
    not change the verdict."""
    decision = of(low, high, maryland=level_of_the_design)
    permission = may_scale(decision)
    assert decision.verdict.value == verdict
    assert ("yes" if permission.allowed else "no") == may_be_rolled_out
    first, *others = permission.reasons
    assert first.sentence
    assert permission.allowed or others


@pytest.mark.parametrize("level_of_the_design", [1, 2])
def test_harm_needs_no_strong_design(level_of_the_design: int) -> None:
    """To stop asks for less certainty than to roll out. The weak design is said beside it."""
    decision = of(-5, -1, maryland=level_of_the_design)
    assert decision.verdict.value == "hard_adverse"
    assert decision.reasons[-1].code == "worse_weak_design"
