"""Every family of charts: readable by the page's rules, true to its values."""

import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest

from vliegwiel.web import charts

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [date(2027 + index // 12, index % 12 + 1, 1) for index in range(24)]


def bands(language: str = "nl") -> str:
    flat = [charts.BandPoint(month, 1000, 1200, 1500) for month in MONTHS]
    lower = [charts.BandPoint(month, 600, 900, 1100) for month in MONTHS]
    return charts.band_chart(
        [
            charts.BandSeries("Zonder verandering", flat, observed=[(MONTHS[0], 1190.0)]),
            charts.BandSeries("Bewust in zorg", lower, "scenario"),
        ],
        y_title="Wachtenden",
        language=language,
        events=[charts.Event(MONTHS[6], "start")],
    )


def compared() -> str:
    rows = [charts.CompareRow("Zonder verblijf", 8.5, 10), charts.CompareRow("Overig", 0.6, None)]
    return charts.compare_bars(
        rows, region_name="IJsselland", national_name="Nederland", language="nl"
    )


def differences() -> str:
    rows = [
        charts.DifferenceRow("Wijkteam", -3, 4, 12),
        charts.DifferenceRow("A & <B>", -30, -12, -5),
    ]
    return charts.difference_bars(rows, x_title="dagen", language="nl")


def tornado() -> str:
    rows = [
        charts.TornadoRow(
            "Duur van de hulp",
            charts.TornadoEnd(70, "260 dagen: +70"),
            charts.TornadoEnd(58, "200 dagen: +58"),
        ),
        charts.TornadoRow(
            "Geduld",
            charts.TornadoEnd(62, "3 maanden: +62"),
            charts.TornadoEnd(63, "6 maanden: +63", chance=True),
        ),
    ]
    return charts.tornado_chart(
        rows,
        centre=62,
        x_title="dagen",
        better="kortere wacht",
        worse="langere wacht",
        language="nl",
    )


def through_zero(*, high: float = 2.0) -> str:
    points = [
        charts.BandPoint(date(2027, month, 1), -8.0 - month, -4.0, high) for month in range(1, 13)
    ]
    return charts.difference_chart(
        points,
        y_title="Wachttijd (dagen)",
        more="langer wachten",
        less="korter wachten",
        language="nl",
        events=[charts.Event(date(2027, 4, 1), "eerst")],
    )


def test_names_of_events_are_not_printed_over_each_other() -> None:
    same, later = date(2027, 4, 1), date(2027, 5, 1)
    marks = charts.bands.event_marks(
        [charts.Event(later, "klaar"), charts.Event(same, "eerst"), charts.Event(same, "overal")]
    )
    told = [mark.to_dict() for mark in marks]
    texts = [mark for mark in told if mark["mark"]["type"] == "text"]
    assert [mark["mark"]["text"] for mark in texts] == ["eerst, overal", "klaar"]
    assert len({str(mark["encoding"]["y"]) for mark in texts}) == 2
    assert len(told) == 4


def dots() -> str:
    rows = [charts.DotRow("Ambulant", [0, 0, 6, 30], "midden 3 weken", 3)]
    return charts.dot_chart(rows, x_title="weken", language="nl")


def trend() -> str:
    region = charts.TrendSeries("IJsselland", [(2019, 9.0), (2020, None), (2021, 9.5), (2022, 9.3)])
    return charts.trend_chart([region], y_title="%", language="nl", unit="%", breaks=[(2021, 2022)])


FAMILIES: list[Callable[[], str]] = [
    bands,
    compared,
    differences,
    through_zero,
    tornado,
    dots,
    trend,
]


def parts(drawing: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f"<div>{drawing}</div>"))


def words(drawing: str) -> str:
    return " ".join(
        element.text or "" for svg in parts(drawing) for element in svg.iter() if element.text
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_a_wide_and_a_narrow_drawing_with_one_label_each(family: Callable[[], str]) -> None:
    wide, narrow = parts(family())
    assert (wide.get("class"), narrow.get("class")) == ("vw-chart__wide", "vw-chart__narrow")
    for svg in (wide, narrow):
        assert svg.get("role") == "img"
        assert len(svg.get("aria-label", "")) > 20
        inside = [element for element in svg.iter() if element is not svg]
        assert not [e for e in inside if any(name.startswith("aria-") for name in e.attrib)]


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_that_the_security_policy_forbids(family: Callable[[], str]) -> None:
    drawing = family()
    assert "style=" not in drawing
    assert "<style" not in drawing
    assert "<script" not in drawing
    assert not re.search(r"\son\w+=", drawing)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_colour_follows_the_theme(family: Callable[[], str]) -> None:
    for svg in parts(family()):
        for element in svg.iter():
            names = element.get("class", "")
            if element.tag == f"{SVG}text":
                continue
            if element.get("fill", "none") not in {"none", "transparent"}:
                assert "f-" in names, ElementTree.tostring(element)
            if element.get("stroke", "none") not in {"none", "transparent"}:
                assert "s-" in names, ElementTree.tostring(element)


def test_numbers_in_the_notation_of_the_language() -> None:
    assert "1.200" in words(bands("nl"))
    assert "1,200" in words(bands("en"))


def autumn(language: str) -> str:
    points = [charts.BandPoint(date(2027, month, 1), 1, 2, 3) for month in (9, 10, 11)]
    return words(
        charts.band_chart([charts.BandSeries("a", points)], y_title="b", language=language)
    )


def test_months_in_the_language() -> None:
    assert "okt 2027" in autumn("nl")
    assert "Oct 2027" in autumn("en")


def test_the_axis_starts_at_zero() -> None:
    assert " 0 " in f" {words(bands())} "
    assert " 0 " in f" {words(trend())} "


def test_lines_are_told_apart_without_colour() -> None:
    dashes = set(re.findall(r'stroke-dasharray="([^"]+)"', bands()))
    assert {"2,3", "9,4"} <= dashes


def test_what_users_write_is_escaped() -> None:
    assert "A &amp; &lt;B&gt;" in differences()


def test_the_same_chart_is_drawn_once() -> None:
    drawn = charts.drawing._svg.cache_info().misses
    first = bands()
    after_first = charts.drawing._svg.cache_info().misses
    assert bands() == first
    assert charts.drawing._svg.cache_info().misses == after_first >= drawn


def test_a_difference_has_a_zero_line_inside_with_words_on_both_sides() -> None:
    for high in (2.0, -1.0):
        for svg in parts(through_zero(high=high)):
            text = words(ElementTree.tostring(svg, encoding="unicode"))
            assert "▲ langer wachten" in text
            assert "▼ korter wachten" in text
            assert " 0 " in f" {text} "
            assert "−20" in text
            assert "+0" not in text


def test_better_and_worse_differ_in_colour_and_in_sign() -> None:
    wide, narrow = parts(tornado())
    for svg in (wide, narrow):
        text = words(ElementTree.tostring(svg, encoding="unicode"))
        for part in ("◀ 200 dagen: +58", "▶ 260 dagen: +70", "= 3 maanden: +62"):
            assert part in text
        assert "■ kortere wacht" in text
        assert "◀ kortere wacht – langere wacht ▶" in text
        assert "■ niet meer dan toeval" in text
        fills = {e.get("class", "") for e in svg.iter(f"{SVG}path") if e.get("fill")}
        assert {"f-5", "f-2", "f-national"} <= fills
    with pytest.raises(ValueError, match="at least one row"):
        charts.tornado_chart([], centre=0, x_title="", better="", worse="", language="nl")


def test_a_missing_year_breaks_the_line() -> None:
    wide, _narrow = parts(trend())
    lines = [p.get("d", "") for p in wide.iter(f"{SVG}path") if p.get("stroke-width") == "3"]
    assert "".join(lines).count("M") == 3


def test_no_line_across_a_break_in_the_series() -> None:
    whole = charts.TrendSeries("IJsselland", [(2019, 9.0), (2020, 9.1), (2021, 9.5)])
    drawn = [
        charts.trend_chart([whole], y_title="%", language="nl", breaks=breaks)
        for breaks in ([], [(2020, 2021)])
    ]
    pieces = [
        "".join(
            path.get("d", "")
            for path in parts(drawing)[0].iter(f"{SVG}path")
            if path.get("stroke-width") == "3"
        ).count("M")
        for drawing in drawn
    ]
    assert pieces == [1, 2]


def test_a_drawing_tells_where_its_plot_begins_and_ends() -> None:
    for svg in parts(bands()):
        left, right, top, bottom = map(float, svg.get("data-plot", "").split())
        width, height = map(float, svg.get("viewBox", "").split()[2:])
        assert 0 < left < right <= width
        assert 0 < top < bottom <= height


def test_an_empty_chart_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        charts.band_chart([charts.BandSeries("leeg", [])], y_title="x", language="nl")
    with pytest.raises(ValueError, match="at least one value"):
        charts.trend_chart([charts.TrendSeries("leeg", [(2020, None)])], y_title="x", language="nl")
