"""What the guide says about waiting times is what the pages show."""

import re
from decimal import Decimal
from pathlib import Path

from django.utils import translation

from vliegwiel.apps.figures.published_waiting.values import read_text
from vliegwiel.apps.figures.queries.wait_words import wait_words

GUIDE = Path(__file__).resolve().parents[3] / "docs/gids/wachttijden.md"


def table(head: str) -> list[list[str]]:
    """The rows of the table that begins with `head`."""
    lines = GUIDE.read_text(encoding="utf-8").splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith(head)) + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_the_words_of_the_guide_are_those_of_the_list() -> None:
    rows = table("| er staat |")
    assert len(rows) >= 7
    for words, shown, drawn in rows:
        wait = read_text(words, None)
        assert wait is not None, words
        with translation.override("nl"):
            assert wait_words(wait) == shown, words
        number = re.search(r"\d+(?= weken)", drawn)
        if number is None:
            assert not wait.is_known, words
        else:
            assert wait.middle is not None
            assert round(wait.middle) == Decimal(number[0]), words


def test_the_counts_of_the_guide_are_those_of_the_shipped_delivery() -> None:
    """`test_waiting_queries` holds the same three numbers against the delivery itself."""
    assert [row[1] for row in table("| wat | aantal |")] == ["151", "130", "122"]
