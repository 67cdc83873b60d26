"""The agendas that ship hold what their sources hold, each part with its place."""

from collections import Counter

import pytest

from vliegwiel import reference
from vliegwiel.reference import ShippedAgenda


def parts(agenda: ShippedAgenda) -> list[reference.AgendaItem]:
    found = agenda.document
    lists = (found.items, found.tasks, found.elements, found.spearheads, found.programmes)
    return [found.about, *(part for kind in lists for part in kind)]  # type: ignore[list-item]


def test_the_agenda_of_2025_has_its_items_tasks_and_elements() -> None:
    found = reference.agendas()["mijov-2025"].document
    assert len(found.items) == 10
    assert Counter(task.level for task in found.tasks) == {
        "local": 5,
        "regional": 6,
        "supraregional": 3,
    }
    assert len(found.elements) == 9
    asked = {item.key: item.providers_asked for item in found.items if item.providers_asked}
    assert asked == {"medication": 7, "sggz": 7, "living": 5, "family-home": 4, "support": 3}
    assert {item.key for item in found.items if not item.starts} == {"time-out"}
    assert all(len(item.elements) == 9 for item in found.items)


def test_the_portfolio_of_2023_starts_with_three_insights() -> None:
    found = reference.agendas()["ijsselland-2023"].document
    lines = {
        kind: {number for item in found.items if item.line == kind for number in item.insights}
        for kind in ("quick_start", "long_line", "basis")
    }
    assert lines == {"quick_start": {2, 4, 6}, "long_line": {1, 5}, "basis": {3, 7}}
    assert len(found.programmes) == 8
    assert all(item.feeds for item in found.items if item.line == "quick_start")
    before = reference.agendas()[reference.agendas()["ijsselland-2023"].step_before].document
    assert [item.insights for item in before.items] == [(number,) for number in range(1, 8)]


def test_the_agenda_of_2014_has_three_spearheads() -> None:
    found = reference.agendas()["haaglanden-2014"].document
    assert [part.key for part in found.spearheads] == ["base", "needs", "ambulant"]
    assert len(found.items) == 17
    assert all(item.spearheads for item in found.items)
    (task,) = found.tasks
    assert len(task.partners) == 3
    assert all(partner.brings.nl for partner in task.partners)


@pytest.mark.parametrize("key", sorted(reference.agendas()))
def test_every_part_is_in_two_languages_and_has_a_place(key: str) -> None:
    agenda = reference.agendas()[key]
    for part in parts(agenda):
        assert part.source in reference.sources(), part.key
        assert part.place, part.key
        for field, value in part:
            if isinstance(value, reference.BilingualText):
                assert bool(value.nl) == bool(value.en), (part.key, field)
        assert part.title.nl, part.key


@pytest.mark.parametrize("key", sorted(reference.agendas()))
def test_what_a_part_points_to_is_there(key: str) -> None:
    found = reference.agendas()[key].document
    keys = {
        name: {part.key for part in getattr(found, name)}
        for name in ("items", "spearheads", "programmes", "elements", "tasks")
    }
    assert all(len(keys[name]) == len(getattr(found, name)) for name in keys)
    for item in found.items:
        assert {*item.needs, *item.feeds} <= keys["items"]
        assert set(item.spearheads) <= keys["spearheads"]
        assert set(item.programmes) <= keys["programmes"]
        assert set(item.elements) <= keys["elements"]
