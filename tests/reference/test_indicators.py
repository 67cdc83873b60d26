"""The library of indicators holds what its sources name."""

from collections import Counter

from vliegwiel import reference


def test_each_source_is_counted() -> None:
    found = reference.indicator_library().indicators
    assert Counter(one.source for one in found) == {
        "innovatieagenda-haaglanden-2014": 10,
        "nji-outcome-in-zicht-2017": 6,
        "kpmg-innovatie-jeugdzorg-2023": 2,
        "aanpak-wachttijden-ijsselland-2023": 1,
    }
    assert {one.source for one in found} <= reference.sources().keys()
    assert Counter(one.role for one in found) == {"outcome": 17, "performance": 2}
    assert len({one.key for one in found}) == len(found)


def test_definitions_are_whole() -> None:
    library = reference.indicator_library()
    splits = {one.key for one in library.breakdowns}
    for one in library.indicators:
        assert splits.issuperset(one.breakdowns), one.key
        assert one.place, one.key
        assert all((one.name.nl, one.name.en, one.definition.nl, one.definition.en)), one.key
        if one.kind == "share":
            assert (one.lowest, one.highest) == (0, 1), one.key
            assert one.denominator.nl, one.key
