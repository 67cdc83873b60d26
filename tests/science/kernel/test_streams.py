"""Random numbers by counter: even, independent, and the same in another language."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.agreement import plain_draws
from vliegwiel.science.kernel import (
    STEPS,
    Purpose,
    bits,
    child_key,
    first_uniforms,
    owned_key,
    owner_key,
    step,
    steps_below,
    text_number,
    uniform,
)

SIGNED = st.integers(-(2**63), 2**63 - 1)
SMALL = st.integers(-1, 2**40)


@settings(deadline=None)  # the first call compiles
@given(key=SIGNED, owner=st.integers(0, 10_000), number=SMALL)
def test_keys_are_those_of_plain_arithmetic(key: int, owner: int, number: int) -> None:
    expected = plain_draws.child_key(key & plain_draws.MASK, owner, number)
    assert int(child_key(key, owner, number)) & plain_draws.MASK == expected
    assert owned_key(owner_key(key, owner), number) == child_key(key, owner, number)


@settings(deadline=None)
@given(key=SIGNED, purpose=st.sampled_from(Purpose), counter=st.integers(0, 2**40))
def test_numbers_are_those_of_plain_arithmetic(key: int, purpose: Purpose, counter: int) -> None:
    whole = plain_draws.bits(key & plain_draws.MASK, int(purpose), counter)
    assert int(bits(key, int(purpose), counter)) & plain_draws.MASK == whole
    found = uniform(key, int(purpose), counter)
    assert found == plain_draws.uniform(key & plain_draws.MASK, int(purpose), counter)
    assert 0.0 < found < 1.0
    many = plain_draws.uniforms(np.array([key]).view(np.uint64), int(purpose), counter)
    assert many.tolist() == [found]


@settings(deadline=None)
@given(key=SIGNED, other=st.floats(0.0, 1.0), nudge=st.sampled_from([-1.0, 0.0, 1.0]))
def test_a_draw_lies_below_a_probability_when_its_step_does(
    key: int, other: float, nudge: float
) -> None:
    u, drawn = uniform(key, int(Purpose.NEXT), 3), step(key, int(Purpose.NEXT), 3)
    assert u == (drawn + 0.5) / STEPS
    # Hardest are the draw itself and its neighbours.
    beside = float(np.nextafter(u, u + nudge))
    for probability in (other, beside, 0.0, 1.0, float(np.nextafter(1.0, 0.0)), 5e-324):
        assert (u < probability) == (drawn < steps_below(np.array(probability)))


@settings(deadline=None)
@given(
    keys=st.lists(SIGNED, min_size=1, max_size=3),
    owner=st.integers(0, 2**21),
    numbers=st.lists(st.integers(0, 2**62), min_size=1, max_size=3),
    purpose=st.sampled_from(Purpose),
)
def test_many_numbers_at_once_are_those_one_by_one(
    keys: list[int], owner: int, numbers: list[int], purpose: Purpose
) -> None:
    found = first_uniforms(keys, owner, numbers, int(purpose))
    assert found.tolist() == [
        [uniform(int(child_key(key, owner, number)), int(purpose), 0) for number in numbers]
        for key in keys
    ]


@pytest.mark.slow
@pytest.mark.parametrize("across", ["individuals", "counters", "purposes", "replications"])
def test_numbers_are_even_and_unrelated(across: str) -> None:
    """Chi-square over 100 cells of neighbours in pairs, for whatever it is that varies."""
    count = 40_000
    base = int(child_key(17, 0, 4))
    made = {
        "individuals": lambda k: uniform(int(child_key(base, 3, k)), 9, 0),
        "counters": lambda k: uniform(base, 9, k),
        "purposes": lambda k: uniform(base, k % 24, k // 24),
        "replications": lambda k: uniform(int(child_key(child_key(17, 0, k), 3, 1)), 9, 0),
    }[across]
    drawn = np.array([made(k) for k in range(count)])
    pairs = (drawn[::2] * 10).astype(int) * 10 + (drawn[1::2] * 10).astype(int)
    seen = np.bincount(pairs, minlength=100)
    assert stats.chisquare(seen).pvalue > 1e-4
    assert stats.kstest(drawn, "uniform").pvalue > 1e-4


def test_keys_of_neighbours_never_meet() -> None:
    keys = {
        int(child_key(child_key(5, 0, replication), owner, number))
        for replication in range(20)
        for owner in range(20)
        for number in range(-1, 40)
    }
    assert len(keys) == 20 * 20 * 41


def test_names_have_numbers_of_their_own() -> None:
    names = ["a", "b", "ab", "ba", "care_types.ambulant.stay.mean", "care_types.ambulant.stay.cv"]
    numbers = {text_number(name) for name in names}
    assert len(numbers) == len(names)
    assert all(0 <= number < 2**63 for number in numbers)
