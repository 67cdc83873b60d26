"""Flows through three columns: as thick as their numbers, nothing lost, nothing overlapping."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from vliegwiel.web.charts import Place, Stream, sankey_chart

PLACES = [
    Place("gp", "huisarts", 0, "40"),
    Place("town", "gemeente & co", 0, "20"),
    Place("mental", "jeugd-ggz", 1, "30"),
    Place("team", "wijkteam", 1, "30"),
    Place("out", "uit de jeugdhulp", 2, "45"),
    Place("stopped", "gestopt met wachten", 2, "15"),
    Place("nobody", "niemand", 2),
]
STREAMS = [
    Stream("gp", "mental", 30.0),
    Stream("gp", "team", 10.0),
    Stream("town", "team", 20.0),
    Stream("mental", "out", 15.0),
    Stream("mental", "stopped", 15.0, "aside"),
    Stream("team", "out", 30.0),
]


def drawings(
    places: list[Place] = PLACES, streams: list[Stream] = STREAMS
) -> list[ElementTree.Element]:
    text = sankey_chart(
        places,
        streams,
        description="De meesten komen via de huisarts",
        headings=("Van", "Naar", "Daarna"),
    )
    return list(ElementTree.fromstring(f"<all>{text}</all>"))


def widths(drawing: ElementTree.Element) -> list[float]:
    return sorted(float(path.get("stroke-width", "0")) for path in drawing.iter("path"))


def names(drawing: ElementTree.Element) -> list[str]:
    return [" ".join(text.itertext()).strip() for text in drawing.iter("text")]


def test_it_is_drawn_for_wide_and_narrow_places_and_says_its_finding() -> None:
    wide, narrow = drawings()
    assert [wide.get("class"), narrow.get("class")] == ["vw-chart__wide", "vw-chart__narrow"]
    for drawing in (wide, narrow):
        assert drawing.get("role") == "img"
        assert drawing.get("aria-label") == "De meesten komen via de huisarts"


def test_every_stream_is_as_thick_as_its_number_in_both() -> None:
    for drawing in drawings():
        found = widths(drawing)
        assert len(found) == len(STREAMS)
        assert found[-1] / found[0] == pytest.approx(3.0, rel=0.02)
        assert sum(found) / found[0] == pytest.approx(12.0, rel=0.02)


def test_a_narrow_place_gets_two_drawings_under_each_other() -> None:
    wide, narrow = drawings()
    assert len(narrow.findall("g")) == 2
    assert float(str(narrow.get("viewBox")).split()[2]) < 380
    assert float(str(wide.get("viewBox")).split()[2]) < 900
    assert names(narrow).count("jeugd-ggz 30") == 2
    assert names(wide).count("jeugd-ggz 30") == 1


def test_names_stand_in_the_order_given_with_their_numbers() -> None:
    wide, _narrow = drawings()
    tops = {
        " ".join(text.itertext()): float(text[0].get("y", "0"))
        for text in wide.iter("text")
        if len(text)
    }
    assert tops["huisarts 40"] < tops["gemeente & co 20"]
    assert tops["jeugd-ggz 30"] < tops["wijkteam 30"]
    assert not any("niemand" in name for name in tops)


def test_names_do_not_cover_each_other_and_stay_inside() -> None:
    long = [
        Place(f"{column}{k}", f"gecertificeerde instelling nummer {k}", column, "1")
        for column in range(3)
        for k in range(12)
    ]
    streams = [Stream(f"{c}{k}", f"{c + 1}{k}", 1.0 + k) for c in range(2) for k in range(12)]
    for drawing in drawings(long, streams):
        width, height = map(float, str(drawing.get("viewBox")).split()[2:])
        groups = drawing.findall("g") or [drawing]
        for group in groups:
            columns: dict[str, list[float]] = {}
            for text in group.iter("text"):
                for span in text.iter("tspan"):
                    columns.setdefault(span.get("x", ""), []).append(float(span.get("y", "0")))
                    room = 7.5 * len(span.text or "")
                    x = float(span.get("x", "0"))
                    assert room <= (x if text.get("text-anchor") == "end" else width - x) + 1
            for ys in columns.values():
                assert all(b - a >= 18 for a, b in itertools.pairwise(sorted(ys)))
                assert max(ys) <= height


def test_what_stops_gets_strokes_and_less_differs_from_more_without_colour() -> None:
    (wide, _narrow) = drawings()
    dashed = [p for p in wide.iter("path") if p.get("stroke-dasharray")]
    assert [p.get("class") for p in dashed] == ["s-national"]
    signed = [
        Stream("gp", "mental", 3.0, "more"),
        Stream("gp", "team", 3.0, "less"),
    ]
    for drawing in drawings(PLACES, signed):
        strokes = {p.get("class"): p.get("stroke-dasharray") for p in drawing.iter("path")}
        assert strokes["s-2"] is None
        assert strokes["s-5"]


def test_streams_of_a_place_lie_against_each_other_and_fill_it() -> None:
    (wide, _narrow) = drawings()
    starts = []
    for path in wide.iter("path"):
        found = re.match(r"M([\d.]+),([\d.]+)", path.get("d", ""))
        assert found
        starts.append((float(found[1]), float(found[2]), float(path.get("stroke-width", "0"))))
    first = min(x for x, _y, _w in starts)
    spans = sorted((y - w / 2, y + w / 2) for x, y, w in starts if x == first)
    assert spans[0][1] == pytest.approx(spans[1][0], abs=0.2)
    assert spans[1][1] < spans[2][0]


def test_nothing_needs_an_inline_style_and_names_are_escaped() -> None:
    text = sankey_chart(PLACES, STREAMS, description="<&>", headings=("a", "b", "c"))
    assert not re.search(r"style=|<style", text)
    assert "gemeente &amp; co" in text
    assert "&lt;&amp;&gt;" in text


@pytest.mark.parametrize(
    ("streams", "words"),
    [
        ([], "needs a stream"),
        ([Stream("gp", "mental", 0.0)], "above zero"),
        ([Stream("gp", "out", 1.0)], "to the next"),
        ([Stream("mental", "gp", 1.0)], "to the next"),
    ],
)
def test_what_cannot_be_drawn_is_refused(streams: list[Stream], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        drawings(PLACES, streams)


def test_only_the_columns_that_have_streams_are_drawn_on_a_narrow_screen() -> None:
    _wide, narrow = drawings(PLACES, [Stream("mental", "out", 2.0)])
    assert len(narrow.findall("g")) == 1
