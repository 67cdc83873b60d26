"""Care that cannot keep up, in the words of a reader."""

from datetime import date

import pytest
from django.utils.translation import override

from vliegwiel.apps.explorer import overload_words
from vliegwiel.science.caresystem import Overload, Text

LABEL = Text(nl="Ambulante hulp", en="Ambulant help")


def test_a_waiting_list_without_end_is_told_with_places_and_month() -> None:
    found = Overload("scenario", "ambulant", LABEL, date(2025, 1, 1), None, 1234.4, 100.0, "places")
    with override("nl"):
        assert overload_words.in_words(found) == (
            "Met de verandering kan ambulante hulp het vanaf januari 2025 niet bijhouden, terwijl "
            "niemand stopt met wachten. Er zijn 1.234 plekken nodig en er zijn er 100. Zo ver als "
            "de voorspelling kijkt, blijft de wachtlijst groeien: hoe lang die wordt, hangt af van "
            "hoe ver u vooruitkijkt."
        )


@pytest.mark.parametrize(("language", "words"), [("nl", "tot mei 2026"), ("en", "until May 2026")])
def test_an_overload_that_ends_is_told_with_its_end(language: str, words: str) -> None:
    found = Overload(
        "baseline", "a", LABEL, date(2025, 1, 1), date(2026, 5, 1), 2.0e6, 1.5e6, "euro"
    )
    with override(language):
        told = overload_words.in_words(found)
    assert words in told
    assert "€" in told
