"""The insights of a region: list, map, one insight, and what was decided about it."""

import re
from datetime import date, timedelta

from django.utils import timezone

from vliegwiel.apps.insights import queries
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role
from vliegwiel.web.pages.insights.layout import HEIGHT, WIDTH, layout_of

from .conftest import Enter

LIST = "/regio/ijsselland/begrijpen/"


def test_the_list_groups_by_priority(enter: Enter, ijsselland: Region) -> None:
    page = enter(Role.READER, ijsselland).get(LIST).content.decode()
    assert page.index("Nu focus") < page.index("Bewust in zorg komen") < page.index("Lange termijn")
    assert page.count('class="vw-card"') == 7


def test_the_map_draws_each_insight_as_a_link_and_each_relation(
    enter: Enter, ijsselland: Region
) -> None:
    page = enter(Role.READER, ijsselland).get(f"{LIST}kaart/").content.decode()
    drawing = page[page.index('<svg class="vw-map"') : page.index("</svg>", page.index("vw-map"))]
    nodes = re.findall(r'data-node="(\d)" href="(/regio/ijsselland/begrijpen/\d/)"', drawing)
    assert [number for number, _href in nodes] == list("1234567")
    heads = re.findall(r'<polygon[^>]*data-from="(\d)" data-to="(\d)"', drawing)
    data = queries.insight_map(ijsselland)
    assert len(heads) == len(data.edges)
    assert {frozenset(map(int, head)) for head in heads} == {
        frozenset((edge.origin, edge.target)) for edge in data.edges
    }


def test_map_and_list_hold_the_same_relations(enter: Enter, ijsselland: Region) -> None:
    page = enter(Role.READER, ijsselland).get(f"{LIST}kaart/").content.decode()
    drawing = page[page.index('<svg class="vw-map"') : page.index("</svg>", page.index("vw-map"))]
    drawn = set()
    for line in re.findall(r"<path[^>]*>", drawing):
        origin, target = (int(re.search(rf'data-{end}="(\d)"', line)[1]) for end in ("from", "to"))  # type: ignore[index]
        drawn.add((origin, target))
        if "vw-map__edge--both" in line:
            drawn.add((target, origin))
    names, named_by = set(), set()
    for number, row in re.findall(r'<tr[^>]*data-insight="(\d)">(.*?)</tr>', page, re.DOTALL):
        for label, found in (("Noemt", names), ("Wordt genoemd door", named_by)):
            cell = row[row.index(f'data-label="{label}"') :]
            refs = re.findall(r'data-ref="(\d)"', cell[: cell.index("</td>")])
            found.update((int(number), int(ref)) for ref in refs)
    assert drawn == names
    assert {(origin, target) for target, origin in named_by} == names
    assert len(names) == 15


def test_the_map_is_told_again_as_a_list(enter: Enter, ijsselland: Region) -> None:
    page = enter(Role.READER, ijsselland).get(f"{LIST}kaart/").content.decode()
    table = page[page.index("<table") : page.index("</table>")]
    assert table.count('scope="row"') == 7
    assert "1. It takes a village to raise a child" in table


def test_boxes_stand_inside_the_map_and_apart(ijsselland: Region) -> None:
    nodes = layout_of(queries.insight_map(ijsselland)).nodes
    for node in nodes:
        assert node.left >= 0
        assert node.left + node.width <= WIDTH
        assert node.top >= 0
        assert node.top + node.height <= HEIGHT
    for index, one in enumerate(nodes):
        for other in nodes[index + 1 :]:
            apart_x = abs(one.x - other.x) >= (one.width + other.width) / 2
            apart_y = abs(one.y - other.y) >= (one.height + other.height) / 2
            assert apart_x or apart_y, (one.insight.number, other.insight.number)


def test_an_insight_shows_chances_relations_priority_and_source(
    enter: Enter, ijsselland: Region
) -> None:
    page = enter(Role.READER, ijsselland).get(f"{LIST}2/").content.decode()
    for words in ("Kansen", "Nu focus", "Kernteam", "30 november 2023", "Hangt samen met", "p. 9"):
        assert words in page, words
    assert "prioriteit/" not in page


def test_an_unknown_insight_does_not_exist(enter: Enter, ijsselland: Region) -> None:
    assert enter(Role.READER, ijsselland).get(f"{LIST}99/").status_code == 404


def decision(**changes: str) -> dict[str, str]:
    return {
        "level": "long_term",
        "reason": "Eerst de andere twee.",
        "decided_by": "Kernteam",
        "decided_on": date(2026, 11, 20).isoformat(),
        **changes,
    }


def test_a_decision_is_recorded_and_the_earlier_one_kept(enter: Enter, ijsselland: Region) -> None:
    client = enter(Role.PROGRAMME_MANAGER, ijsselland)
    page = client.post(f"{LIST}2/prioriteit/", decision(), follow=True).content.decode()
    assert "Het besluit is vastgelegd" in page
    assert "Eerst de andere twee." in page
    assert "Eerdere besluiten" in page
    detail = queries.insight_detail(ijsselland, 2)
    assert detail is not None
    assert detail.priority is not None
    assert detail.priority.level == "long_term"
    assert [earlier.level for earlier in detail.earlier_priorities] == ["focus"]


def test_a_decision_that_cannot_be_says_why_beside_the_field(
    enter: Enter, ijsselland: Region
) -> None:
    client = enter(Role.PROGRAMME_MANAGER, ijsselland)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = client.post(f"{LIST}2/prioriteit/", decision(decided_on=tomorrow)).content.decode()
    assert 'aria-invalid="true"' in page
    assert 'id="id_decided_on_error"' in page
    assert "Eerst de andere twee." in page, "what was typed is still there"
    empty = client.post(f"{LIST}2/prioriteit/", decision(reason="")).content.decode()
    assert 'id="id_reason_error"' in empty


def test_only_who_has_the_right_decides(enter: Enter, ijsselland: Region) -> None:
    client = enter(Role.ANALYST, ijsselland)
    assert client.get(f"{LIST}2/prioriteit/").status_code == 403
    assert client.post(f"{LIST}2/prioriteit/", decision()).status_code == 403
