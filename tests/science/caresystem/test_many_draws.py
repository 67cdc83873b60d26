"""Many draws worked out together are, to the last digit, those worked out one by one."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.science.caresystem import full_sample, samples
from vliegwiel.science.caresystem import ForecastPlan, read_care_system, read_scenario
from vliegwiel.science.caresystem.compiling import compile_arms, compile_many
from vliegwiel.science.caresystem.formula import (
    FormulaError,
    evaluate,
    evaluate_many,
    parse,
    program_of,
)

NUMBERS = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 1e308, 1e-308, 710.0]), st.floats(-1e6, 1e6, width=64)
)
FORMULAS = (
    "a + b * c", "a / b", "a ** b", "min(a, b, 1) - max(0, c)", "sqrt(a) / (b - c)",
    "1 / (1 / a)", "a * b * c * 1e300", "2.718281828459045 ** (a / b)", "-a", "0",
)  # fmt: skip


def plans() -> Iterator[ForecastPlan]:
    for module in (samples, full_sample):
        system = read_care_system(samples.as_text(module.care_system()))
        scenario = read_scenario(samples.as_text(module.scenario()), system)
        for change in (None, scenario):
            yield ForecastPlan(system, change, 24, 10, seed=3)


def leaves(part: object) -> Iterator[object]:
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        for field in dataclasses.fields(part):
            yield from leaves(getattr(part, field.name))
    elif isinstance(part, tuple):
        for item in part:
            yield from leaves(item)
    else:
        yield part


@pytest.mark.parametrize("plan", list(plans()))
def test_networks_of_many_draws_are_those_of_each(plan: ForecastPlan) -> None:
    draws = [plan.draws(replication) for replication in range(5)]
    together = {name: np.array([draw[name] for draw in draws]) for name in draws[0]}
    known = plan.derivations
    many = compile_many(
        plan.system, plan.scenario, plan.frame, known.values_of_many(together, len(draws))
    )
    assert len(many) == len(draws)
    for arms, draw in zip(many, draws, strict=True):
        alone = compile_arms(plan.system, plan.scenario, plan.frame, known.values(draw))
        for one, other in zip(leaves(arms), leaves(alone), strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("formula", FORMULAS)
@given(rows=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=5))
def test_a_formula_for_many_is_that_for_each(
    formula: str, rows: list[tuple[float, float, float]]
) -> None:
    expression = parse(formula)
    columns = dict(zip("abc", np.array(rows).T, strict=True))
    many = evaluate_many(expression, program_of(expression), columns, len(rows))
    assert many.shape == (len(rows),)
    for row, found in zip(rows, many.tolist(), strict=True):
        try:
            expected = evaluate(expression, dict(zip("abc", row, strict=True)))
        except FormulaError:
            assert not math.isfinite(found)
        else:
            assert found == expected


def test_what_a_replication_draws_does_not_depend_on_those_beside_it() -> None:
    plan = next(iter(plans()))
    together = plan.draws_of([4, 0, 7])
    for at, replication in enumerate((4, 0, 7)):
        alone = plan.draws(replication)
        assert {name: values[at] for name, values in together.items()} == alone


def test_draws_follow_the_pert_distribution() -> None:
    """Theory: mean (low + 4 mode + high) / 6, variance (mean - low)(high - mean) / 7."""
    count = 4000
    plan = dataclasses.replace(next(iter(plans())), replications=count)
    drawn = plan.draws_of(range(count))
    for one in plan.derivations.ranges:
        values = drawn[one.address]
        mean = (one.low + 4 * one.value + one.high) / 6
        variance = (mean - one.low) * (one.high - mean) / 7
        assert one.low <= values.min()
        assert values.max() <= one.high
        assert abs(values.mean() - mean) < 4.5 * math.sqrt(variance / count), one.address
        assert abs(values.var() / variance - 1) < 4.5 * math.sqrt(2 / count) * 1.2, one.address
