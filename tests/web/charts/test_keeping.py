"""Drawings that all processes share."""

import logging

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.utils.translation import override

from vliegwiel.web import charts

pytestmark = pytest.mark.usefixtures("nothing_drawn_yet")
ROWS = [charts.DifferenceRow("Ambulant", -12, -8, -3)]


class Draughtsman:
    """Draws, and counts how often."""

    __name__ = "draughtsman"

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, rows: list[charts.DifferenceRow], *, title: str) -> str:
        self.drawn += 1
        return f"<svg>{len(rows)} {title} €</svg>"


@pytest.mark.django_db
def test_the_same_content_is_drawn_once() -> None:
    first, other_process = Draughtsman(), Draughtsman()
    drawing = charts.kept(first, ROWS, title="a")
    assert drawing == "<svg>1 a €</svg>"
    assert charts.kept(other_process, list(ROWS), title="a") == drawing
    assert (first.drawn, other_process.drawn) == (1, 0)


@pytest.mark.django_db
def test_other_content_is_another_drawing() -> None:
    hand = Draughtsman()
    charts.kept(hand, ROWS, title="a")
    charts.kept(hand, ROWS, title="b")
    charts.kept(hand, [charts.DifferenceRow("Ambulant", -12, -8, -2)], title="a")
    with override("en"):
        charts.kept(hand, ROWS, title="a")
    assert hand.drawn == 4


def test_without_the_cache_it_is_drawn_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError("away")

    monkeypatch.setattr(type(cache._connections["default"]), "get", away)
    hand = Draughtsman()
    with caplog.at_level(logging.WARNING):
        assert charts.kept(hand, ROWS, title="a") == "<svg>1 a €</svg>"
    assert "cannot be read" in caplog.text


@pytest.mark.slow
def test_the_engine_is_warmed_up_beside_the_rest() -> None:
    before = charts.drawing._svg.cache_info().currsize
    thread = charts.warm()
    thread.join(60)
    assert not thread.is_alive()
    assert charts.drawing._svg.cache_info().currsize >= min(before, 1)
    assert thread.daemon
