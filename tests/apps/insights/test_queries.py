"""The map of insights, its list form, and one insight with all that belongs to it."""

from datetime import date

import pytest
from django.utils import translation

from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.insights.queries import (
    consultations,
    focus_insights,
    insight_detail,
    insight_list,
    insight_map,
)
from vliegwiel.apps.insights.services import set_priority
from vliegwiel.apps.regions.models import Region, User

PRINTED = {1: [2, 6], 2: [3, 4], 3: [2, 4, 6], 4: [2, 3, 5], 5: [4, 6], 6: [1, 4, 5], 7: []}


def test_edges_are_as_printed(loaded: Region) -> None:
    found = insight_map(loaded)
    edges = [(edge.origin, edge.target) for edge in found.edges]
    assert edges == [(origin, target) for origin, targets in PRINTED.items() for target in targets]


def test_not_every_relation_is_printed_back(loaded: Region) -> None:
    one_way = {
        (edge.origin, edge.target) for edge in insight_map(loaded).edges if not edge.is_mutual
    }
    assert one_way == {(1, 2), (3, 6), (6, 4)}


def test_nodes_count_their_edges_both_ways(loaded: Region) -> None:
    nodes = {node.number: node for node in insight_map(loaded).nodes}
    assert {number: node.out_degree for number, node in nodes.items()} == {
        number: len(targets) for number, targets in PRINTED.items()
    }
    assert {number: node.in_degree for number, node in nodes.items()} == {
        number: sum(number in targets for targets in PRINTED.values()) for number in PRINTED
    }


def test_priorities_as_decided(loaded: Region) -> None:
    nodes = insight_map(loaded).nodes
    assert [node.number for node in nodes if node.level == "focus"] == [2, 4, 6]
    assert [node.number for node in nodes if node.basis_for_all_projects] == [3, 7]
    assert [detail.number for detail in focus_insights(loaded)] == [2, 4, 6]
    detail = insight_detail(loaded, 2)
    assert detail is not None
    assert detail.priority is not None
    assert detail.priority.decided_on == date(2023, 11, 30)
    assert "p. 21" in detail.priority.place


def test_every_insight_can_be_traced(loaded: Region) -> None:
    for detail in insight_list(loaded):
        assert detail.observations
        assert [link.source.key for link in detail.sources] == [
            "aanpak-wachttijden-ijsselland-2023"
        ]
        assert "p. " in detail.sources[0].place
    cited = {
        heard.cited_source.key
        for detail in insight_list(loaded)
        for heard in detail.observations
        if heard.cited_source
    }
    assert cited == {"nji-groeiend-jeugdzorggebruik-2019", "nji-wacht-maar"}


@pytest.mark.parametrize(
    ("language", "title", "reason"),
    [
        ("nl", "Bewust in zorg komen", "Gekozen als startpunt"),
        ("en", "Deliberate entry into care", "Chosen as a starting point"),
    ],
)
def test_texts_follow_the_reader(loaded: Region, language: str, title: str, reason: str) -> None:
    with translation.override(language):
        detail = insight_detail(loaded, 2)
        assert detail is not None
        assert detail.title == title
        assert detail.priority is not None
        assert detail.priority.reason.startswith(reason)


def test_empty_lists_say_why(loaded: Region) -> None:
    with translation.override("en"):
        details = {detail.number: detail for detail in insight_list(loaded)}
    assert details[7].chances == []
    assert "prints no chance" in details[7].chances_note
    assert all("without content" in detail.initiatives_note for detail in details.values())


def test_a_later_decision_shows_with_the_earlier_one(loaded: Region, manager: User) -> None:
    insight = Insight.objects.get(region=loaded, number=5)
    set_priority(
        insight_id=insight.pk,
        level="focus",
        basis_for_all_projects=False,
        reason="Nu ook dit.",
        decided_by="Kernteam",
        decided_on=date(2026, 1, 5),
        by=manager,
    )
    # A reason that a region writes stands in one language, whatever the reader's.
    with translation.override("en"):
        detail = insight_detail(loaded, 5)
    assert detail is not None
    assert detail.priority is not None
    assert (detail.priority.level, detail.priority.reason) == ("focus", "Nu ook dit.")
    assert [earlier.level for earlier in detail.earlier_priorities] == ["long_term"]


def test_consultations_in_their_order(loaded: Region) -> None:
    held = consultations(loaded)
    assert [(item.start, item.end) for item in held] == [
        (date(2023, 11, 20), date(2023, 11, 21)),
        (date(2023, 11, 27), date(2023, 11, 27)),
        (date(2023, 11, 30), date(2023, 11, 30)),
        (date(2023, 12, 6), date(2023, 12, 6)),
    ]


def test_a_region_without_insights(region: Region) -> None:
    found = insight_map(region)
    assert (found.nodes, found.edges, found.source) == ([], [], None)
    assert insight_detail(region, 1) is None
    assert consultations(region) == []
