"""A care system for every region: sound, of the published size, and open about what is assumed."""

from __future__ import annotations

import json
import math

import pytest

from vliegwiel import reference
from vliegwiel.science.caresystem import (
    CareSystem,
    assumptions,
    quantities,
    read_care_system,
    recomputed,
    write_document,
)
from vliegwiel.science.country import CountryRegion, country_regions, region_care_system

#: Numbers that grow with the size of a region; all others belong to a youth or are shares.
OF_SIZE = {"youths", "youths/month", "places", "euro"}


def region(code: str) -> CountryRegion:
    return next(found for found in country_regions() if found.code == code)


def starts(system: CareSystem) -> float:
    return sum(w.quantity.value for w in system.workings if w.id.startswith("starts_"))


def test_forty_one_regions_hold_every_municipality_once() -> None:
    found = country_regions()
    codes = [row.code for one in found for row in one.municipalities]
    assert (
        len(found) == len({one.slug for one in found}) == len({one.number for one in found}) == 41
    )
    assert sorted(codes) == sorted(row.code for row in reference.municipality_rows())


def test_midden_limburg_is_one_region_under_the_first_code() -> None:
    joined = region("JZ42")
    assert joined.name == "Midden-Limburg"
    assert len(joined.municipalities) == 7
    assert "JZ43" not in {one.code for one in country_regions()}


def test_sizes_add_up_to_the_national_number() -> None:
    """CBS 84134NED, 2020: 435,760 youths; numbers are rounded to five, and so may the sum be."""
    assert sum(one.youths for one in country_regions()) == pytest.approx(435_760, abs=5)


@pytest.mark.parametrize(
    ("code", "youths"),
    [("JZ01", 14_695), ("JZ07", 12_820), ("JZ08", 11_845), ("JZ14", 15_480), ("JZ38", 9_805)],
)
def test_a_region_with_a_published_number_has_that_number(code: str, youths: int) -> None:
    assert region(code).published
    assert region(code).youths == youths


def test_a_region_in_two_provinces_has_a_part_of_each() -> None:
    """Foodvalley: Ede (three), three others of Gelderland, three of Utrecht."""
    parts = {part.province.name: part.share for part in region("JZ21").parts}
    assert parts == pytest.approx({"Gelderland": 6 / 65, "Utrecht": 3 / 38}, rel=0.06)


@pytest.mark.slow
@pytest.mark.parametrize("code", [one.code for one in country_regions()])
def test_the_document_of_a_region_is_sound(code: str) -> None:
    found = region(code)
    system = region_care_system(found)
    again = read_care_system(write_document(system))
    assert again == system
    assert system.region == code
    assert {m.code for m in system.municipalities} == {row.code for row in found.municipalities}
    counts = [q for q in quantities(system) if q.unit == "places" or "_at_start" in q.address]
    assert counts
    assert all(q.value == round(q.value) for q in counts)


@pytest.mark.slow
def test_starts_of_all_regions_are_those_of_the_country() -> None:
    """287,870 trajectories of help begun in 2021, and 13 thousand measures; shares are rounded."""
    regions = [one for one in country_regions() if one.code != "JZ07"]
    whole = sum(one.youths for one in country_regions())
    part = sum(one.youths for one in regions) / whole
    help_and_measures = 287_870 * 1.001 + (9_065 + 11_955) / 2 + (5_380 + 5_405) / 2
    found = 12 * sum(starts(region_care_system(one)) for one in regions)
    assert found == pytest.approx(part * help_and_measures, rel=0.001)


@pytest.mark.slow
def test_everything_of_size_grows_with_the_region_and_nothing_else_does() -> None:
    small, large = region("JZ19"), region("JZ13")
    ratio = large.youths / small.youths
    of_large = {q.address: q for q in quantities(region_care_system(large))}
    for number in quantities(region_care_system(small)):
        other = of_large.get(number.address)
        if other is None or number.address.startswith("workings.part"):
            continue  # a municipality or a province of one of the two
        if number.unit not in OF_SIZE or number.address == "workings.national_spending":
            # Weights of the price of a day hang on whole youths in care, as shares on rates.
            assert other.value == pytest.approx(number.value, rel=0.05, abs=0.002), number.address
        elif number.value * ratio > 200:
            # Whole youths, and the province of each: shares of youths with care differ.
            assert other.value == pytest.approx(number.value * ratio, rel=0.12), number.address


@pytest.mark.slow
def test_a_divided_province_is_an_assumption_with_a_wide_range() -> None:
    found = {a.address: a for a in assumptions(region_care_system(region("JZ13")))}
    size = found["workings.youths_jz13_noord_holland#part"]
    assert size.low == pytest.approx(size.value / 2, rel=1e-4)
    assert size.high == pytest.approx(size.value * 1.5, rel=1e-4)
    assert "Aanname" in size.why.nl
    assert "Assumption" in size.why.en
    assert not [
        a for a in assumptions(region_care_system(region("JZ01"))) if "youths_" in a.address
    ]


@pytest.mark.slow
def test_assumptions_of_a_size_are_those_of_one_region() -> None:
    """Two regions of one province draw their sizes apart: no address is in both."""
    sizes = [
        {a.address for a in assumptions(region_care_system(region(code))) if "youths_" in a.address}
        for code in ("JZ13", "JZ06")
    ]
    assert all(sizes)
    assert not sizes[0] & sizes[1]


@pytest.mark.slow
def test_a_generated_document_says_nothing_of_the_region_it_has_its_shape_from() -> None:
    text = json.loads(write_document(region_care_system(region("JZ22"))))
    del text["sources"]
    words = json.dumps(text, ensure_ascii=False)
    places = [w for w in words.split('"') if "IJsselland" in w]
    assert not places
    assert "42,3%" not in words


def test_ijsselland_keeps_the_care_system_that_was_worked_out_for_it() -> None:
    file = reference.care_system_file("ijsselland")
    assert file is not None
    assert region_care_system(region("JZ07")) == read_care_system(file.content)


def test_numbers_that_follow_are_worked_out_anew() -> None:
    file = reference.care_system_file("ijsselland")
    assert file is not None
    document = json.loads(file.content)
    assert recomputed(document) == read_care_system(file.content)
    part = next(w for w in document["workings"] if w["id"] == "mental_health_part")
    part["quantity"]["value"] = 0.3
    found = {w.id: w.quantity.value for w in recomputed(document).workings}
    assert math.isclose(found["starts_mental_health"], 191.213 * 0.3 / 0.45, rel_tol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("code", ["JZ01", "JZ10", "JZ13", "JZ21"])
def test_no_more_youths_come_than_the_figures_say(code: str) -> None:
    """What others refer and what flows on from care leaves something for the municipality."""
    system = region_care_system(region(code))
    municipality = next(r for r in system.referrers if r.id == "municipality")
    shares = {d.care_type: d.share.value for d in municipality.destinations}
    assert all(share > 0.002 for share in shares.values()), shares
