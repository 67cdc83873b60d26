"""Numbers of the model with their unit: one of a thing reads as one, in both languages."""

import pytest
from django.utils.translation import override

from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.science.caresystem import MEASURES as KNOWN
from vliegwiel.science.caresystem import Interval
from vliegwiel.web.pages.explorer.amounts import amount, plain_interval


@pytest.mark.parametrize(
    ("value", "unit", "english", "dutch"),
    [
        (1.0, "days", "1 day", "1 dag"),
        (2.0, "days", "2 days", "2 dagen"),
        (1.0, "youths", "1 youth", "1 jeugdige"),
        (0.0, "youths", "0 youths", "0 jeugdigen"),
        (1.0, "youths/month", "1 youth a month", "1 jeugdige per maand"),
        (1.0, "places", "1 place", "1 plek"),
        (1.5, "years", "1.50 years", "1,50 jaar"),
        (1.0, "years", "1 year", "1 jaar"),
        (0.01, "1/year", "1.0% a year", "1,0% per jaar"),
    ],
)
def test_one_is_told_as_one(value: float, unit: str, english: str, dutch: str) -> None:
    with override("en"):
        assert amount(value, unit) == english
    with override("nl"):
        assert amount(value, unit) == dutch


def test_every_measure_of_the_model_has_its_words_and_no_other() -> None:
    assert MEASURES.keys() == KNOWN.keys()
    with override("nl"):
        assert all(str(measure.label) and str(measure.unit) for measure in MEASURES.values())


def test_pages_show_thousands_where_files_are_exact() -> None:
    cost = MEASURES["cost"]
    assert cost.show(12_345.0) == pytest.approx(12.345)
    assert cost.file_factor == 1.0
    assert MEASURES["waiting_time"].file_unit is MEASURES["waiting_time"].unit


def test_an_interval_that_is_not_known_is_a_dash() -> None:
    with override("nl"):
        assert plain_interval(Interval(1234.4, 1000.0, 1500.0)) == "1.234 (1.000 tot 1.500)"
        assert plain_interval(Interval(None, None, None)) == "–"
        assert plain_interval(None) == "–"
