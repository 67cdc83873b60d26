"""Regional figures as pages read them: to the digit, beside the country, over the years."""

from decimal import Decimal

import pytest
from django.utils import translation

from vliegwiel.apps.figures.queries import (
    CareRow,
    all_figures,
    figure_periods,
    key_figures,
    referrer_remainder,
    shares_by_care_form,
    shares_by_referrer,
    trend,
    youths_by_sex_and_age,
)
from vliegwiel.apps.figures.services import load_shipped_figures
from vliegwiel.apps.figures.vocabulary import CareForm
from vliegwiel.apps.regions.models import Region, User

ALL_CARE = CareForm.ALL.label


@pytest.fixture
def loaded(ijsselland: Region, system: User, bibliography: None) -> Region:
    load_shipped_figures(region=ijsselland, by=system)
    return ijsselland


def test_key_figures(loaded: Region) -> None:
    with translation.override("en"):
        pairs = {pair.label: pair for pair in key_figures(loaded)}
    values = {label: pair.region.value for label, pair in pairs.items() if pair.region}
    assert values == {
        "Inhabitants": 534800,
        "Youths (0 to 22 years)": 145420,
        "Youths with youth care": 13450,
        "Share of youths with youth care": Decimal("9.25"),
    }


def test_only_figures_of_one_source_stand_beside_each_other(
    loaded: Region, twente: Region, system: User
) -> None:
    """9.25 % comes from the region's document, 10.5 % from one of a year later."""
    with_care = next(pair for pair in shares_by_care_form(loaded) if pair.label == ALL_CARE)
    assert with_care.region is not None
    assert with_care.national is None
    assert with_care.difference is None
    load_shipped_figures(region=twente, by=system)
    (share,) = shares_by_care_form(twente)
    assert share.region is not None
    assert share.national is not None
    assert (share.region.value, share.national.value) == (Decimal("9.3"), Decimal("9.8"))
    assert share.difference == Decimal("-0.5")


def test_shares_by_form_as_printed(loaded: Region) -> None:
    found = {
        pair.region.care_form: (
            (pair.region.value, pair.region.decimals),
            (pair.national.value, pair.national.decimals),
        )
        for pair in shares_by_care_form(loaded)
        if pair.region and pair.national and pair.region.status == "printed"
    }
    assert found == {
        "without_residence": ((Decimal("8.5"), 1), (Decimal(10), 0)),
        "with_residence": ((Decimal("1.2"), 1), (Decimal("1.0"), 1)),
        "other_residence": ((Decimal("0.6"), 1), (Decimal("0.4"), 1)),
    }


@pytest.mark.parametrize(("language", "words"), [("nl", "maakt deel uit"), ("en", "is part of")])
def test_other_residence_says_that_it_is_part_of_residence(
    loaded: Region, language: str, words: str
) -> None:
    with translation.override(language):
        pairs = {pair.region.care_form: pair for pair in shares_by_care_form(loaded) if pair.region}
    other = pairs["other_residence"].region
    assert other is not None
    assert words in other.note.casefold()


def test_shares_by_referrer_as_printed(loaded: Region) -> None:
    found = {
        pair.region.referrer: (pair.region.value, pair.national.value)
        for pair in shares_by_referrer(loaded)
        if pair.region and pair.national
    }
    assert found == {
        "municipality": (Decimal("42.3"), Decimal("32.6")),
        "general_practitioner": (Decimal("30.5"), Decimal("35.7")),
        "certified_institution": (Decimal(9), Decimal("8.6")),
    }


def test_what_is_left_beside_the_referrers_is_marked_as_calculated(loaded: Region) -> None:
    """100 - 42.3 - 30.5 - 9 and 100 - 32.6 - 35.7 - 8.6; the 9 is printed without a decimal."""
    with translation.override("en"):
        pair = referrer_remainder(shares_by_referrer(loaded))
    assert pair is not None
    assert pair.region is not None
    assert pair.national is not None
    assert (pair.region.value, pair.national.value) == (18, 23)
    assert pair.region.decimals == 0
    assert pair.region.status == pair.national.status == "calculated"
    assert "calculated by us" in pair.region.note
    assert len(all_figures(loaded)) == 37 + 102, "it is not kept"


def test_nothing_is_left_beside_referrers_that_add_up(loaded: Region) -> None:
    pairs = shares_by_referrer(loaded)
    remainder = referrer_remainder(pairs)
    assert remainder is not None
    assert referrer_remainder([*pairs, remainder, remainder]) is None
    assert referrer_remainder([]) is None


def test_the_two_printed_rows_carry_their_reservation(loaded: Region) -> None:
    with translation.override("en"):
        first, second = youths_by_sex_and_age(loaded)
    assert (first.label, second.label) == ("All youth care", "Youth care in kind")
    assert first.is_interpreted
    assert second.is_interpreted
    assert "Not proven" in first.note
    assert "Not proven" in second.note
    assert _printed(first) == [13450, 7305, 6145, 730, 6500, 5920, 300]
    assert _printed(second) == [13275, 7200, 6075, 725, 6425, 5830, 300]
    assert [value.age_band for value in first.by_age] == ["0-3", "4-11", "12-17", "18-22"]


def _printed(row: CareRow) -> list[Decimal]:
    assert row.total is not None
    return [figure.value for figure in (row.total, *row.by_sex, *row.by_age)]


def test_trend_of_the_region_and_the_country(loaded: Region) -> None:
    without = trend(loaded, measure="share_of_youths", care_form="without_residence")
    assert [(point.period, point.figure.value) for point in without.region] == [
        ("2019", Decimal("8.1")),
        ("2022", Decimal("8.5")),
    ]
    assert [(item.after, item.before) for item in without.breaks] == [("2020", "2021")]
    everything = trend(loaded, measure="youths_with_care", care_form="all_youth_care")
    assert [(point.period, point.figure.value) for point in everything.region] == [
        ("2020", 12820),
        ("2022", 13450),
    ]
    assert [point.period for point in everything.national] == [
        "2018", "2019", "2020", "2021", "2022", "2023"
    ]  # fmt: skip


def test_of_two_sources_the_more_final_is_drawn_and_the_other_is_kept(loaded: Region) -> None:
    everything = trend(loaded, measure="youths_with_care", care_form="all_youth_care")
    of_2021 = next(point for point in everything.national if point.period == "2021")
    assert of_2021.figure.value == 469000
    assert [(other.value, other.status) for other in of_2021.others] == [(461000, "provisional")]


def test_a_series_on_one_side_of_the_break_has_none(loaded: Region) -> None:
    assert not trend(loaded, measure="share_by_referrer", care_form="all_youth_care").breaks


def test_every_figure_has_a_source_and_a_place(loaded: Region) -> None:
    figures = all_figures(loaded)
    assert len(figures) == 37 + 102
    assert all(figure.source.title and figure.place for figure in figures)


def test_a_region_without_figures(twente: Region) -> None:
    assert key_figures(twente) == []
    assert shares_by_care_form(twente) == []
    assert youths_by_sex_and_age(twente) == []
    assert figure_periods(twente, "youths") == []
    assert trend(twente, measure="youths", care_form="none").region == []
