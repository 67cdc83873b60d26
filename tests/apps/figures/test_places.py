"""Places in free text, read against the municipalities of the country."""

import pytest

from vliegwiel.apps.figures.published_waiting.places import read_place


@pytest.mark.parametrize(
    ("text", "spelled", "codes", "whole_region"),
    [
        ("Enschede/Twente", "Enschede / Twente", ("0153",), True),
        ("Enschede / Twente", "Enschede / Twente", ("0153",), True),
        ("Hengelo", "Hengelo", ("0164",), False),
        ("Twente / ambulant thuis", "Twente", (), True),
        ("Alle 14 Twentse gemeenten", "Twente", (), True),
        ("Oldenzaal / heel Twente", "Oldenzaal / Twente", ("0173",), True),
        ("Wierden / regio Twente", "Wierden / Twente", ("0189",), True),
        ("Losser / Overdinkel", "Losser / Overdinkel", ("0168",), False),
        ("Vriezenveen", "Vriezenveen", ("1700",), False),
        ("Rijssen-Holten", "Rijssen-Holten", ("1742",), False),
        ("Ommen / inzet via Twentse contractering", "Ommen", ("0175",), False),
    ],
)
def test_a_place(text: str, spelled: str, codes: tuple[str, ...], whole_region: bool) -> None:
    place = read_place(text, region_code="JZ14")
    assert (place.text, tuple(place.municipalities)) == (spelled, codes)
    assert place.whole_region is whole_region
    assert not place.unread


def test_a_place_that_nobody_knows_is_named() -> None:
    place = read_place("Enschede / Verweggistan", region_code="JZ14")
    assert place.municipalities == ("0153",)
    assert place.unread == ("Verweggistan",)


def test_the_name_of_another_region_is_not_this_region() -> None:
    assert not read_place("Twente", region_code="JZ07").whole_region
