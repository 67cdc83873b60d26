"""The index of fragmentation: its ends, by counting pairs, and what it does not need."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.science.portfolio import fragmentation

COUNTS = st.dictionaries(
    st.sampled_from("xyz"), st.dictionaries(st.sampled_from("abcd"), st.integers(0, 4))
)


def test_one_place_and_each_apart() -> None:
    assert fragmentation({"x": {"a": 7}}).index == 0
    assert fragmentation({"x": {"a": 1, "b": 1, "c": 1}}).index == 1
    assert fragmentation({"x": {"a": 1}, "y": {"b": 1}}).index is None
    found = fragmentation({"x": {"a": 2, "b": 1, "c": 0}, "y": {"a": 1}})
    assert found.index == pytest.approx(2 / 3)
    (first, second) = found.kinds
    assert (first.kind, first.initiatives, first.places, second.index) == ("x", 3, 2, None)
    with pytest.raises(ValueError, match="none"):
        fragmentation({"x": {"a": -1}})


@settings(max_examples=30, deadline=None)
@given(COUNTS)
def test_it_is_the_share_of_pairs_in_different_places(counts: dict[str, dict[str, int]]) -> None:
    pairs = [
        first != second
        for places in counts.values()
        for first, second in permutations(
            [place for place, count in places.items() for _ in range(count)], 2
        )
    ]
    found = fragmentation(counts).index
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)
