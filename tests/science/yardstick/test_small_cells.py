"""Small counts are not shown and cannot be worked out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.science.yardstick import LEAST_SHOWN, Margin, bounds, protect


def two_way(rows: list[list[int]]) -> tuple[dict[str, int], list[Margin]]:
    """A table with its totals: cells r0c0, totals r0, c0 and all."""
    counts = {f"r{i}c{j}": n for i, row in enumerate(rows) for j, n in enumerate(row)}
    height, width = len(rows), len(rows[0])
    margins = []
    for i in range(height):
        counts[f"r{i}"] = sum(rows[i])
        margins.append(Margin(f"r{i}", tuple(f"r{i}c{j}" for j in range(width))))
    for j in range(width):
        counts[f"c{j}"] = sum(row[j] for row in rows)
        margins.append(Margin(f"c{j}", tuple(f"r{i}c{j}" for i in range(height))))
    counts["all"] = sum(map(sum, rows))
    margins.append(Margin("all", tuple(f"r{i}" for i in range(height))))
    margins.append(Margin("all", tuple(f"c{j}" for j in range(width))))
    return counts, margins


def test_a_small_count_is_hidden() -> None:
    found = protect({"a": 9, "b": 10, "c": 0})
    assert found.shown == {"b": 10}
    assert found.small == {"a", "c"}
    assert not found.beside


def test_who_can_subtract_finds_nothing() -> None:
    counts = {"a": 3, "b": 20, "c": 40, "all": 63}
    found = protect(counts, [Margin("all", ("a", "b", "c"))])
    assert found.small == {"a"}
    assert found.beside == {"b"}


def test_a_table_with_totals() -> None:
    counts, margins = two_way([[3, 30, 50], [40, 60, 20], [35, 45, 55]])
    found = protect(counts, margins, keep={name: 100.0 for name in counts if "c" not in name[1:]})
    assert found.small == {"r0c0"}
    assert len(found.beside) == 3
    low, high = bounds(counts, margins, found.small | found.beside)["r0c0"]
    assert low == 0
    assert high is not None
    assert high >= LEAST_SHOWN


def test_a_count_that_grows_does_not_give_away_what_came() -> None:
    """May and June were shown, so what came between would be."""
    counts = {"may": 40, "june": 44, "came": 4}
    found = protect(counts, [Margin("june", ("may", "came"))])
    assert found.small == {"came"}
    assert len(found.beside) == 1


def test_what_should_stay_is_hidden_last() -> None:
    counts = {"a": 3, "b": 20, "c": 40, "all": 63}
    found = protect(counts, [Margin("all", ("a", "b", "c"))], keep={"b": 10})
    assert found.beside == {"c"}


def test_two_small_ones_may_protect_each_other() -> None:
    counts = {"a": 6, "b": 7, "c": 40, "all": 53}
    assert not protect(counts, [Margin("all", ("a", "b", "c"))]).beside
    # Together they are fewer than ten: then both are known to be small.
    counts = {"a": 2, "b": 3, "c": 40, "all": 45}
    assert protect(counts, [Margin("all", ("a", "b", "c"))]).beside == {"c"}


@pytest.mark.parametrize(
    ("counts", "margins", "words"),
    [
        ({"a": -1}, [], "below zero"),
        ({"a": 1, "all": 2}, [Margin("all", ("a",))], "add up"),
        ({"a": 1}, [Margin("all", ("a",))], "unknown"),
    ],
)
def test_impossible_tables_are_refused(
    counts: dict[str, int], margins: list[Margin], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        protect(counts, margins)


def by_trying(
    counts: dict[str, int], margins: list[Margin], hidden: set[str], cell: str
) -> set[int]:
    """Every value of a hidden cell that fits, by trying all of a few cells."""
    inner = [name for name in counts if "r" in name and "c" in name]
    unseen = [name for name in inner if name in hidden]
    fits = set()
    for values in product(range(counts["all"] + 1), repeat=len(unseen)):
        table = {**counts, **dict(zip(unseen, values, strict=True))}
        if all(
            sum(table[p] for p in margin.parts) == counts[margin.total]
            for margin in margins
            if margin.total != "all" and margin.total not in hidden
        ):
            fits.add(table[cell])
    return fits


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(rows=st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=2))
def test_bounds_are_those_of_trying_everything(rows: list[list[int]]) -> None:
    counts, margins = two_way(rows)
    hidden = {"r0c0", "r0c1", "r1c0", "r1c1"}
    found = bounds(counts, margins, frozenset(hidden))
    for cell in hidden:
        fits = by_trying(counts, margins, hidden, cell)
        assert found[cell] == (min(fits), max(fits))


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(
    rows=st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 60), min_size=width, max_size=width), min_size=1, max_size=4
        )
    )
)
def test_no_small_count_can_be_narrowed_down(rows: list[list[int]]) -> None:
    counts, margins = two_way(rows)
    found = protect(counts, margins)
    assert not [count for count in found.shown.values() if count < LEAST_SHOWN]
    assert found.shown.items() <= counts.items()
    assert found.shown.keys() | found.small | found.beside == counts.keys()
    limits = bounds(counts, margins, found.small | found.beside)
    for cell in found.small:
        low, high = limits[cell]
        assert low == 0
        assert high is None or high >= LEAST_SHOWN
