"""The picture of flows: everything named, nothing overlapping, thickness as the number."""

import itertools
import re
from xml.etree import ElementTree

import pytest

from vliegwiel.web.charts import Flow, flow_chart

FLOWS = [
    Flow("huisarts", "jeugd-ggz", 30.0),
    Flow("huisarts", "wijkteam", 10.0),
    Flow("gemeente & co", "wijkteam", 20.0),
    Flow("gemeente & co", "crisishulp", 0.0),
]


def drawings(**options: object) -> list[ElementTree.Element]:
    text = flow_chart(FLOWS, what="verwijzingen", **options)  # type: ignore[arg-type]
    return list(ElementTree.fromstring(f"<all>{text}</all>"))


def test_there_is_one_for_wide_and_one_for_narrow_places() -> None:
    assert [d.get("class") for d in drawings()] == ["vw-chart__wide", "vw-chart__narrow"]
    assert all("verwijzingen" in str(d.get("aria-label")) for d in drawings())


def test_a_line_is_as_thick_as_its_number_and_nothing_is_drawn_for_zero() -> None:
    for drawing in drawings():
        widths = sorted(float(path.get("stroke-width", "0")) for path in drawing.iter("path"))
        assert len(widths) == 3
        assert widths[1] / widths[0] == pytest.approx(2.0, rel=0.01)
        assert widths[2] / widths[0] == pytest.approx(3.0, rel=0.01)


def test_names_stand_in_the_order_that_is_asked_for() -> None:
    (wide, _narrow) = drawings(order=["wijkteam", "jeugd-ggz"])
    tops = {"".join(text.itertext()): float(text[0].get("y", "0")) for text in wide.iter("text")}
    assert set(tops) == {"huisarts", "gemeente & co", "wijkteam", "jeugd-ggz"}
    assert tops["wijkteam"] < tops["jeugd-ggz"]


def test_names_do_not_cover_each_other() -> None:
    for drawing in drawings():
        columns: dict[str, list[float]] = {}
        for span in drawing.iter("tspan"):
            columns.setdefault(span.get("x", ""), []).append(float(span.get("y", "0")))
        for ys in columns.values():
            ordered = sorted(ys)
            assert all(b - a >= 18 for a, b in itertools.pairwise(ordered))


def test_a_word_is_never_broken_and_has_room() -> None:
    flows = [
        Flow("gecertificeerde instelling", "jeugdreclassering", 2.0),
        Flow("arts", "zeer gespecialiseerde jeugdhulpverlening", 1.0),
    ]
    words = {word for flow in flows for word in f"{flow.source} {flow.target}".split()}
    for drawing in ElementTree.fromstring(f"<all>{flow_chart(flows, what='verwijzingen')}</all>"):
        width = float(str(drawing.get("viewBox")).split()[2])
        for text in drawing.iter("text"):
            for span in text.iter("tspan"):
                assert set((span.text or "").split()) <= words
                x, room = float(span.get("x", "0")), 7.5 * len(span.text or "")
                assert room <= (x if text.get("text-anchor") == "end" else width - x)


def test_nothing_needs_an_inline_style() -> None:
    assert not re.search(r"style=|<style", flow_chart(FLOWS, what="verwijzingen"))


def test_a_chart_without_a_flow_is_refused() -> None:
    with pytest.raises(ValueError, match="flow"):
        flow_chart([Flow("a", "b", 0.0)], what="nothing")
