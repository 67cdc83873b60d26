"""What ships is what was published: counted, and compared to the digit."""

import csv
import json
import re
from importlib import resources

from vliegwiel import reference

IJSSELLAND = {
    "0148": "Dalfsen",
    "0150": "Deventer",
    "0160": "Hardenberg",
    "0166": "Kampen",
    "0175": "Ommen",
    "0177": "Raalte",
    "0180": "Staphorst",
    "0193": "Zwolle",
    "1708": "Steenwijkerland",
    "1773": "Olst-Wijhe",
    "1896": "Zwartewaterland",
}


def test_the_division_of_the_country() -> None:
    rows = reference.municipality_rows()
    assert len({row.code for row in rows}) == len(rows) == 342
    assert len({row.region_code for row in rows}) == 42
    assert all(row.source and row.confidence in {"high", "good", "check"} for row in rows)


def test_the_eleven_municipalities_of_ijsselland() -> None:
    rows = [row for row in reference.municipality_rows() if row.region == "IJsselland"]
    assert {row.code: row.name for row in rows} == IJSSELLAND
    assert {row.region_code for row in rows} == {"JZ07"}
    assert {row.confidence for row in rows} == {"high"}


def test_towns_lie_in_municipalities_that_exist() -> None:
    codes = {row.code for row in reference.municipality_rows()}
    names = {row.name for row in reference.municipality_rows()}
    for town, code in reference.place_rows().items():
        assert code in codes
        assert town not in names


def test_municipalities_with_a_weight_exist_under_their_name() -> None:
    """The weights are by code, so a wrong code would weigh another municipality unseen."""
    exist = {row.code: row.name for row in reference.municipality_rows()}
    file = resources.files(reference).joinpath("large_municipalities.csv")
    lines = file.read_text(encoding="utf-8").splitlines()
    printed = {row["municipality_code"]: row["municipality"] for row in csv.DictReader(lines)}
    weights = reference.municipality_weights()
    assert printed == {code: exist.get(code) for code in weights}
    assert min(weights.values()) > 1


def test_the_bibliography_is_complete() -> None:
    sources = reference.sources()
    for key, source in sources.items():
        assert source.id == key
        assert re.fullmatch(r"[a-z0-9-]+", key)
        assert source.title
        assert source.publisher
        assert bool(source.note.nl) == bool(source.note.en)
    assert {item.source for item in reference.series_breaks()} <= set(sources)


def test_seven_insights_with_their_printed_relations() -> None:
    shipped = reference.insights_of("ijsselland")
    assert shipped is not None
    assert {insight.number: insight.related_to for insight in shipped.insights} == {
        1: [2, 6],
        2: [3, 4],
        3: [2, 4, 6],
        4: [2, 3, 5],
        5: [4, 6],
        6: [1, 4, 5],
        7: [],
    }
    assert [len(insight.chances) for insight in shipped.insights] == [2, 2, 2, 2, 1, 2, 0]


def test_insights_refer_to_sources_that_exist() -> None:
    shipped = reference.insights_of("ijsselland")
    assert shipped is not None
    cited = {heard.cited_source for insight in shipped.insights for heard in insight.heard}
    assert {shipped.source, *cited} - {None} <= set(reference.sources())


def test_nothing_is_made_up_where_the_source_is_empty() -> None:
    shipped = reference.insights_of("ijsselland")
    assert shipped is not None
    for insight in shipped.insights:
        assert insight.running_initiatives == []
        assert insight.running_initiatives_note.nl
        assert bool(insight.chances) != bool(insight.chances_note.nl)


def test_no_insights_ship_for_another_region() -> None:
    assert reference.insights_of("twente") is None


def test_shipped_waiting_times_hold_facts_and_no_sentences() -> None:
    """The collector's explanations are reduced to a few words of our own."""
    files = reference.published_waiting_time_files("twente")
    assert [file.name for file in files] == ["twente-2026-08-07.json", "twente-2026-08-14.json"]
    for file in files:
        document = json.loads(file.content)
        assert document["report"] == ""
        assert max(len(row["s"]) for row in document["rows"]) < 80
        assert all("us" not in row for row in document["rows"])


def test_figures_ship_for_two_regions_and_the_country() -> None:
    names = [file.name for file in reference.regional_figure_files()]
    assert names == ["ijsselland.csv", "netherlands.csv", "twente.csv"]
