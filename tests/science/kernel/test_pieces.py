"""Pieces of work: whatever the order they come in, all of them and nothing double."""

import sys
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vliegwiel.science.kernel import in_order, in_sequence, quick_hand_over


@dataclass(frozen=True)
class Part:
    plan_hash: str
    first: int
    last: int


PARTS = [Part("a", 0, 3), Part("a", 3, 4), Part("a", 4, 9)]


@given(st.permutations(PARTS))
def test_pieces_stand_in_the_order_of_their_numbers(parts: list[Part]) -> None:
    assert in_sequence(parts, "a", 9) == tuple(PARTS)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([], "from 0 to 9 are missing"),
        (PARTS[1:], "from 0 are missing or double"),
        (PARTS[:2], "from 4 to 9 are missing"),
        ([*PARTS, PARTS[1]], "from 4 are missing or double"),
        ([*PARTS, Part("a", 9, 12)], "there are 9 numbers, and pieces up to 12"),
        ([*PARTS[:2], Part("b", 4, 9)], "belongs to another plan"),
    ],
)
def test_pieces_that_are_not_all_there_are_refused(parts: list[Part], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        in_sequence(parts, "a", 9)


@pytest.mark.parametrize("threads", [1, 3])
def test_what_is_made_has_the_order_of_the_items(threads: int) -> None:
    assert in_order(lambda item: item * item, range(50), threads) == [n * n for n in range(50)]


def test_the_last_who_needs_threads_to_be_quick_puts_the_usual_back() -> None:
    usual = sys.getswitchinterval()
    first, second = quick_hand_over(), quick_hand_over()
    first.__enter__()
    second.__enter__()
    assert sys.getswitchinterval() < usual
    first.__exit__(None, None, None)
    assert sys.getswitchinterval() < usual
    second.__exit__(None, None, None)
    assert sys.getswitchinterval() == usual
