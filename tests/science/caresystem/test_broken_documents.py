"""A care system with faults is refused with a message for each, naming the place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vliegwiel.science.caresystem import FAULT_MESSAGES, DocumentError, read_care_system

from . import full_sample, samples

Document = dict[str, Any]


def ambulant(document: Document) -> Document:
    found: Document = document["care_types"][0]
    return found


def forget_the_stay(document: Document) -> None:
    del document["care_types"][2]["stay"]


def misspell_a_field(document: Document) -> None:
    document["refferers"] = document.pop("referrers")


def more_referrers_than_a_region_has(document: Document) -> None:
    document["referrers"] = [
        document["referrers"][0] | {"id": f"referrer-{number}"} for number in range(61)
    ]


def write_a_number_as_words(document: Document) -> None:
    ambulant(document)["stay"]["mean"]["value"] = "200 days"


def leave_out_where_a_number_comes_from(document: Document) -> None:
    del ambulant(document)["cost_per_day"]["provenance"]


def shares_that_do_not_add_up(document: Document) -> None:
    document["municipalities"][0]["share"]["value"] = 0.4


def a_stay_below_zero(document: Document) -> None:
    ambulant(document)["stay"]["mean"] = samples.printed(-4.0, "days")


def a_wrong_unit(document: Document) -> None:
    ambulant(document)["patience"]["mean"]["unit"] = "places"


def a_care_type_that_does_not_exist(document: Document) -> None:
    document["referrers"][1]["destinations"][0]["care_type"] = "lokal"


def the_same_care_type_twice(document: Document) -> None:
    document["care_types"].append(document["care_types"][1])


def a_source_that_is_not_listed(document: Document) -> None:
    ambulant(document)["cost_per_day"]["provenance"]["source"] = "hearsay"


def a_derived_number_that_does_not_follow(document: Document) -> None:
    ambulant(document)["capacity"]["places"]["value"] = 200.0


def an_assumption_outside_its_own_range(document: Document) -> None:
    ambulant(document)["stay"]["mean"]["provenance"]["high"] = 200.0


def a_range_that_holds_impossible_values(document: Document) -> None:
    ambulant(document)["extension"]["probability"]["provenance"]["high"] = 1.2


def a_formula_that_is_a_program(document: Document) -> None:
    provenance = ambulant(document)["capacity"]["places"]["provenance"]
    provenance["formula"] = "__import__('os').system('true') + in_care * use"


def a_derivation_in_a_circle(document: Document) -> None:
    here = "care_types.ambulant.in_care_at_start"
    ambulant(document)["in_care_at_start"] = samples.derived(
        180.0, "youths", "places", places={"ref": "care_types.ambulant.places"}
    )
    assert document["care_types"][0]["capacity"]["places"]["provenance"]["inputs"]["in_care"] == {
        "ref": here
    }


def nobody_stops_waiting_where_places_fall_short(document: Document) -> None:
    del ambulant(document)["patience"]


def a_spread_that_is_missing(document: Document) -> None:
    del ambulant(document)["stay"]["cv"]


def another_version_of_the_format(document: Document) -> None:
    document["schema"] = "vliegwiel.care-system/9"


def a_start_within_a_month(document: Document) -> None:
    document["start"] = "2024-01-15"


def a_season_of_eleven_months(document: Document) -> None:
    document["referrers"][0]["season"]["values"].pop()


def youths_who_never_leave(document: Document) -> None:
    document["care_types"][1]["next"] = samples.steps(local=1.0)


def more_in_care_than_places(document: Document) -> None:
    document["care_types"][2]["in_care_at_start"] = samples.printed(41.0, "youths")


def a_stay_of_a_thousand_years(document: Document) -> None:
    ambulant(document)["stay"]["mean"] = samples.printed(365250.0, "days")


def a_stay_of_a_second(document: Document) -> None:
    ambulant(document)["stay"]["mean"] = samples.printed(1e-5, "days")


def more_youths_than_can_be_simulated(document: Document) -> None:
    document["referrers"][1]["rate"] = samples.printed(900_000.0, "youths/month")


def chances_above_one(document: Document) -> None:
    document["care_types"][2]["next"] = samples.steps(ambulant=0.7, local=0.5)


def a_step_before_the_start(document: Document) -> None:
    ambulant(document)["capacity"]["steps"] = [
        full_sample.step("2023-06", samples.printed(170.0, "places"))
    ]


def steps_in_disorder(document: Document) -> None:
    ambulant(document)["cost_per_day_steps"] = [
        full_sample.step(month, samples.printed(25.0, "euro/day"))
        for month in ("2026-01", "2025-01")
    ]


def a_step_of_another_kind(document: Document) -> None:
    ambulant(document)["capacity"]["steps"] = [
        full_sample.step("2025-01", samples.printed(170.0, "youths"))
    ]


BROKEN: list[tuple[Callable[[Document], None], str, str, str]] = [
    (forget_the_stay, "care_types[2]", "missing", "The field “stay” is missing."),
    (misspell_a_field, "", "unknown_field", "The field “refferers” does not exist here."),
    (
        write_a_number_as_words,
        "care_types[0].stay.mean.value",
        "not_a_number",
        "A number is needed here.",
    ),
    (
        leave_out_where_a_number_comes_from,
        "care_types[0].cost_per_day",
        "missing",
        "The field “provenance” is missing.",
    ),
    (
        shares_that_do_not_add_up,
        "municipalities",
        "shares_sum",
        "The shares add up to 0.9; they must add up to 1.",
    ),
    (
        a_stay_below_zero,
        "care_types[0].stay.mean",
        "not_positive",
        "The value is -4; it must be above zero.",
    ),
    (
        more_referrers_than_a_region_has,
        "referrers",
        "too_many",
        "Too many: at most 60 are possible here.",
    ),
    (
        a_wrong_unit,
        "care_types[0].patience.mean.unit",
        "wrong_unit",
        "The unit is “places”; “days” is needed.",
    ),
    (
        a_care_type_that_does_not_exist,
        "referrers[1].destinations[0].care_type",
        "unknown_care_type",
        "The care type “lokal” does not exist.",
    ),
    (
        the_same_care_type_twice,
        "care_types[3].id",
        "duplicate_id",
        "“local” occurs more than once.",
    ),
    (
        a_source_that_is_not_listed,
        "care_types[0].cost_per_day.provenance.source",
        "unknown_source",
        "The source “hearsay” is not in the list of sources.",
    ),
    (
        a_derived_number_that_does_not_follow,
        "care_types[0].capacity.places",
        "derived_mismatch",
        "The formula gives 180, but 200 is written (allowed difference 0.5).",
    ),
    (
        an_assumption_outside_its_own_range,
        "care_types[0].stay.mean.provenance",
        "outside_range",
        "The value 210 lies outside its own range, 180 to 200.",
    ),
    (
        a_range_that_holds_impossible_values,
        "care_types[0].extension.probability.provenance",
        "range_impossible",
        "The range 0.15 to 1.2 holds impossible values.",
    ),
    (
        a_formula_that_is_a_program,
        "care_types[0].capacity.places.provenance.formula",
        "bad_formula",
        "A formula has numbers, names, + - * / **, min, max and sqrt, and nothing else, in at most "
        "500 characters.",
    ),
    (
        a_derivation_in_a_circle,
        "care_types[0].capacity.places",
        "circular",
        "The derivation goes round in a circle: care_types.ambulant.places → "
        "care_types.ambulant.in_care_at_start → care_types.ambulant.places.",
    ),
    (
        nobody_stops_waiting_where_places_fall_short,
        "care_types[0]",
        "unstable",
        "This care type cannot keep up (places needed: 225.047; places: 180), while nobody stops "
        "waiting. The waiting list would grow without end.",
    ),
    (
        a_spread_that_is_missing,
        "care_types[0].stay",
        "needs_cv",
        "A lognormal stay needs a coefficient of variation (cv).",
    ),
    (
        another_version_of_the_format,
        "schema",
        "wrong_schema",
        "This document says it is “vliegwiel.care-system/9”; “vliegwiel.care-system/1” is needed.",
    ),
    (
        a_start_within_a_month,
        "start",
        "not_first_of_month",
        "2024-01-15 is not the first day of a month.",
    ),
    (
        a_season_of_eleven_months,
        "referrers[0].season.values",
        "season_length",
        "A season has 12 factors, one a month; here the number is 11.",
    ),
    (
        youths_who_never_leave,
        "care_types[1].next",
        "endless_circle",
        "Youths go round here without ever leaving: local.",
    ),
    (
        more_in_care_than_places,
        "care_types[2].in_care_at_start",
        "more_in_care_than_places",
        "There are more youths in care (41) than places (40).",
    ),
    (
        a_stay_of_a_thousand_years,
        "care_types[0].stay.mean",
        "above_most",
        "The value is 365250; it may be at most 36525.",
    ),
    (
        a_stay_of_a_second,
        "care_types[0].stay.mean",
        "below_least",
        "The value is 1e-05; it must be at least 0.01.",
    ),
    (
        more_youths_than_can_be_simulated,
        "",
        "too_busy",
        "About 1548217 arrivals a month and 405 youths present at the start are too many to "
        "simulate; at most 500000 and 2000000 can be.",
    ),
    (
        chances_above_one,
        "care_types[2].next",
        "probabilities_sum",
        "The probabilities add up to 1.2; that is more than 1.",
    ),
    (
        a_step_before_the_start,
        "care_types[0].capacity.steps[0].from",
        "step_too_early",
        "2023-06-01 must lie after 2024-01-01: a step comes after the start of the care system "
        "and after the step before it.",
    ),
    (
        steps_in_disorder,
        "care_types[0].cost_per_day_steps[1].from",
        "step_too_early",
        "2025-01-01 must lie after 2026-01-01: a step comes after the start of the care system "
        "and after the step before it.",
    ),
    (
        a_step_of_another_kind,
        "care_types[0].capacity.steps[0].value.unit",
        "wrong_unit",
        "The unit is “youths”; “places” is needed.",
    ),
]


@pytest.mark.parametrize(
    ("breaking", "path", "code", "message"), BROKEN, ids=[row[0].__name__ for row in BROKEN]
)
def test_broken_care_system(
    breaking: Callable[[Document], None], path: str, code: str, message: str
) -> None:
    document = samples.care_system()
    breaking(document)
    with pytest.raises(DocumentError) as caught:
        read_care_system(samples.as_text(document))
    found = {(f.path, f.code): f for f in caught.value.faults}
    assert (path, code) in found, sorted(found)
    fault = found[path, code]
    assert fault.message == message
    assert FAULT_MESSAGES[code] == fault.template


def test_all_faults_come_out_at_once() -> None:
    document = samples.care_system()
    for breaking in (
        a_stay_below_zero,
        a_wrong_unit,
        shares_that_do_not_add_up,
        a_source_that_is_not_listed,
        a_derived_number_that_does_not_follow,
    ):
        breaking(document)
    with pytest.raises(DocumentError) as caught:
        read_care_system(samples.as_text(document))
    codes = {fault.code for fault in caught.value.faults}
    assert codes >= {"not_positive", "wrong_unit", "shares_sum", "unknown_source",
                     "derived_mismatch"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"schema": ', "not_json"),
        (b"\xff\xfe\x00", "not_text"),
        ("[]", "not_an_object"),
        ('{"id": "a", "id": "b"}', "duplicate_key"),
        ('{"value": NaN}', "not_finite"),
        ("[" * 200_000, "not_json"),
        (" " * 5_000_001, "too_large"),
    ],
    ids=["cut off", "not text", "a list", "a field twice", "not a number", "too deep", "too large"],
)
def test_what_is_not_a_document_at_all(text: str | bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_care_system(text)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_number_beyond_measure_is_refused() -> None:
    text = samples.as_text(samples.care_system()).replace("22.0", "1e999", 1)
    with pytest.raises(DocumentError) as caught:
        read_care_system(text)
    assert [(f.path, f.code) for f in caught.value.faults] == [
        ("care_types[0].cost_per_day.value", "not_finite")
    ]
