"""What makes no sense in a planning is found, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.apps.agenda.planning import Quarter, Trouble, circles, span, troubles
from vliegwiel.reference import AgendaItem, BilingualText


def item(key: str, *needs: str, starts: str = "", ends: str = "") -> AgendaItem:
    title = BilingualText(nl=key, en="")
    return AgendaItem(key=key, title=title, needs=needs, starts=starts, ends=ends or starts)


def test_quarters_are_read_counted_and_ordered() -> None:
    assert Quarter.read("2026-Q4") == Quarter(2026, 4)
    assert Quarter.read("") is None
    assert Quarter.at(Quarter(2026, 4).count + 1) == Quarter(2027, 1)
    assert str(Quarter(2026, 4)) == "2026-Q4"
    assert Quarter(2026, 4) < Quarter(2027, 1)
    for wrong in ("2026-Q5", "2026", "Q1", "x-Q1"):
        with pytest.raises(ValueError, match="not a quarter"):
            Quarter.read(wrong)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([item("a", starts="2026-Q1"), item("b", "a", starts="2026-Q1")], []),
        (
            [item("a", starts="2026-Q1", ends="2026-Q2"), item("b", "a", starts="2026-Q1")],
            [Trouble("before", ("b", "a"))],
        ),
        ([item("a"), item("b", "a", starts="2026-Q1")], []),
        ([item("b", "weg")], [Trouble("gone", ("b",), "weg")]),
        ([item("a", starts="2026-Q2", ends="2026-Q1")], [Trouble("backwards", ("a",))]),
        (
            [AgendaItem(key="a", title=BilingualText(nl="a", en=""), starts="2026-Q2")],
            [Trouble("half", ("a",))],
        ),
    ],
)
def test_what_makes_no_sense(items: list[AgendaItem], expected: list[Trouble]) -> None:
    assert list(troubles(items)) == expected


def test_a_circle_is_found_once() -> None:
    items = [item("a", "b"), item("b", "c"), item("c", "a"), item("d", "a"), item("e", "e")]
    found = {frozenset(trouble.items) for trouble in troubles(items)}
    assert found == {frozenset("abc"), frozenset("e")}
    assert len(troubles(items)) == 2


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_circles_are_the_items_that_reach_themselves(links: list[tuple[int, int]]) -> None:
    """Two ways to the same: groups that need each other, and following every link in turn."""
    items = {str(n): item(str(n), *{str(b) for a, b in links if a == n}) for n in range(8)}

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        waiting = list(items[start].needs)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += items[key].needs
        return found

    groups = [set(group) for group in circles(items)]
    assert set().union(*groups) == {key for key in items if key in reached(key)}
    for group in groups:
        assert all(group <= reached(key) for key in group)


def test_the_span_of_a_planning() -> None:
    assert span([item("a")]) is None
    both = [item("a", starts="2026-Q2", ends="2027-Q1"), item("b", starts="2025-Q4")]
    assert span(both) == (Quarter(2025, 4), Quarter(2027, 1))
