"""Faults in the optional parts of a document, each with the place and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vliegwiel.science.caresystem import FAULT_MESSAGES, DocumentError, read_care_system

from . import full_sample, samples

Document = dict[str, Any]
RESIDENTIAL, TRAINING, THERAPY, BY_SHARE = 2, 3, 4, 5


def care_type(document: Document, number: int) -> Document:
    found: Document = document["care_types"][number]
    return found


def a_budget_from_the_middle_of_a_year(document: Document) -> None:
    care_type(document, TRAINING)["capacity"]["steps"][0]["from"] = "2025-07-01"


def a_budget_in_places(document: Document) -> None:
    care_type(document, TRAINING)["capacity"]["ceiling"] = samples.printed(40.0, "places")


def a_budget_that_cannot_last_while_nobody_leaves(document: Document) -> None:
    capacity = {"kind": "budget", "ceiling": samples.printed(20_000.0, "euro")}
    care_type(document, TRAINING)["capacity"] = capacity
    del care_type(document, TRAINING)["patience"]


def points(*pairs: tuple[float, float], source: str = samples.SOURCE) -> Document:
    found = [{"share": share, "days": days} for share, days in pairs]
    origin = {"kind": "printed", "source": source, "place": "counted"}
    return {"points": found, "provenance": origin}


def waits_so_far_of_nobody(document: Document) -> None:
    document["care_types"][1]["waited_at_start"] = points((0.0, 0.0), (1.0, 9.0))


def waits_so_far_that_fall(document: Document) -> None:
    document["care_types"][0]["waited_at_start"] = points((0.0, 5.0), (1.0, 2.0))


def time_in_care_of_half_the_youths(document: Document) -> None:
    document["care_types"][1]["in_care_since_at_start"] = points((0.0, 0.0), (0.5, 9.0))


def time_in_care_from_nowhere(document: Document) -> None:
    found = points((0.0, 0.0), (1.0, 9.0), source="hearsay")
    document["care_types"][1]["in_care_since_at_start"] = found


def shares_of_providers_that_do_not_add_up(document: Document) -> None:
    providers = care_type(document, THERAPY)["capacity"]["providers"]
    providers[0]["share"] = samples.printed(0.4, "share")


def the_same_provider_twice(document: Document) -> None:
    providers = care_type(document, THERAPY)["capacity"]["providers"]
    providers[1]["id"] = "north"


def one_provider_among_several(document: Document) -> None:
    care_type(document, THERAPY)["capacity"]["providers"] = []


def a_provider_without_a_limit(document: Document) -> None:
    providers = care_type(document, THERAPY)["capacity"]["providers"]
    providers[0]["capacity"] = {"kind": "free"}


def a_way_to_queue_that_does_not_exist(document: Document) -> None:
    care_type(document, THERAPY)["capacity"]["queue"] = "longest_queue"


def more_in_care_than_all_providers_have(document: Document) -> None:
    care_type(document, BY_SHARE)["in_care_at_start"] = samples.printed(16.0, "youths")


def a_class_of_priority_that_does_not_exist(document: Document) -> None:
    document["referrers"][0]["priorities"][0]["priority"] = "haste"


def a_referrer_without_classes(document: Document) -> None:
    del document["referrers"][1]["priorities"]


def ages_that_nobody_gives(document: Document) -> None:
    del document["ages"]


def ages_that_overlap(document: Document) -> None:
    document["ages"]["at_entry"][1]["from"] = 11


def ages_the_wrong_way_round(document: Document) -> None:
    document["referrers"][0]["ages"][0] |= {"from": 6, "to": 0}


def youths_who_come_in_too_old(document: Document) -> None:
    document["ages"]["at_entry"][1]["to"] = 20


def youths_sent_to_care_that_stops_younger(document: Document) -> None:
    care_type(document, TRAINING)["until_age"] = samples.printed(12.0, "years")


def youths_of_their_own_referrer_sent_too_old(document: Document) -> None:
    document["referrers"][0]["ages"][1]["to"] = 19


def youths_who_are_there_too_old(document: Document) -> None:
    document["care_types"][RESIDENTIAL]["until_age"] = samples.printed(19.0, "years")


def a_step_on_which_everybody_is_too_old(document: Document) -> None:
    """Only the oldest are referred to residential care, and then sent on to care for the young."""
    early = care_type(document, BY_SHARE)
    early["until_age"] = samples.printed(6.0, "years")
    early["ages_at_start"] = [full_sample.band(0, 6, 1.0)]
    early["in_care_at_start"] = samples.printed(0.0, "youths")
    early["waiting_at_start"] = samples.printed(0.0, "youths")
    flows = document["referrers"][1]["destinations"]
    flows[5]["share"], flows[6]["share"] = (samples.printed(v, "share") for v in (0.0, 0.2))
    for bands in (document["ages"]["at_entry"], document["ages"]["at_start"]):
        bands[0]["from"] = 7
    document["referrers"][0]["ages"] = [full_sample.band(8, 18, 1.0)]
    care_type(document, THERAPY)["next"] = samples.steps(guidance_by_share=0.1)


def shares_of_ages_that_do_not_add_up(document: Document) -> None:
    document["ages"]["at_start"][1]["share"] = samples.printed(0.5, "share")


def steps_without_success_of_what_always_succeeds(document: Document) -> None:
    del document["care_types"][0]["success"]


def more_chances_without_success_than_one(document: Document) -> None:
    care_type(document, 0)["next_without_success"] = samples.steps(residential=0.8, local=0.3)


def leaving_the_queue_to_nowhere(document: Document) -> None:
    care_type(document, 0)["patience"]["leave_to"][0]["care_type"] = "elsewhere"


def shares_of_leaving_that_do_not_add_up(document: Document) -> None:
    care_type(document, 0)["patience"]["leave_to"].pop()


def observed_stays_without_points(document: Document) -> None:
    del care_type(document, 1)["stay"]["observed"]


def observed_points_that_fall(document: Document) -> None:
    care_type(document, 1)["stay"]["observed"]["points"][2]["days"] = 30.0


def observed_points_that_end_early(document: Document) -> None:
    care_type(document, 1)["stay"]["observed"]["points"].pop()


def observed_points_with_another_mean(document: Document) -> None:
    care_type(document, 1)["stay"]["mean"] = samples.printed(150.0, "days")


def observed_points_of_a_fixed_stay(document: Document) -> None:
    care_type(document, 1)["stay"]["distribution"] = "fixed"


BROKEN: list[tuple[Callable[[Document], None], str, str, str]] = [
    (
        a_budget_from_the_middle_of_a_year,
        "care_types[3].capacity.steps[0].from",
        "not_january",
        "2025-07-01 is not the first of January; a budget is for a calendar year.",
    ),
    (
        a_budget_in_places,
        "care_types[3].capacity.ceiling.unit",
        "wrong_unit",
        "The unit is “places”; “euro” is needed.",
    ),
    (
        a_budget_that_cannot_last_while_nobody_leaves,
        "care_types[3]",
        "unstable_budget",
        "This care type cannot keep up: 104400 euro a year are needed and the budget is 20000, "
        "while nobody stops waiting. The waiting list would grow without end.",
    ),
    (
        shares_of_providers_that_do_not_add_up,
        "care_types[4].capacity.providers",
        "shares_sum",
        "The shares add up to 0.9; they must add up to 1.",
    ),
    (
        the_same_provider_twice,
        "care_types[4].capacity.providers[1].id",
        "duplicate_id",
        "“north” occurs more than once.",
    ),
    (
        one_provider_among_several,
        "care_types[4].capacity.providers",
        "too_few",
        "Too few: at least 2 are needed here.",
    ),
    (
        a_provider_without_a_limit,
        "care_types[4].capacity.providers[0].capacity.kind",
        "not_allowed",
        "“free” is not possible here; choose from places, budget.",
    ),
    (
        a_way_to_queue_that_does_not_exist,
        "care_types[4].capacity.queue",
        "not_allowed",
        "“longest_queue” is not possible here; choose from one_queue, by_share, shortest_queue.",
    ),
    (
        more_in_care_than_all_providers_have,
        "care_types[5].in_care_at_start",
        "more_in_care_than_places",
        "There are more youths in care (16) than places (15).",
    ),
    (
        a_class_of_priority_that_does_not_exist,
        "referrers[0].priorities[0].priority",
        "unknown_priority",
        "“haste” is not one of the classes of priority.",
    ),
    (
        a_referrer_without_classes,
        "referrers[1].priorities",
        "shares_sum",
        "The shares add up to 0; they must add up to 1.",
    ),
    (
        ages_that_nobody_gives,
        "care_types[2].until_age",
        "needs_ages",
        "This needs the ages of youths; write “ages” in the care system.",
    ),
    (
        ages_that_overlap,
        "ages.at_entry[1]",
        "age_overlap",
        "The ages 11 to 18 overlap with 4-12.",
    ),
    (
        ages_the_wrong_way_round,
        "referrers[0].ages[0]",
        "age_order",
        "The ages 6 to 0 are not a span of years.",
    ),
    (
        youths_who_come_in_too_old,
        "ages.at_entry[1].to",
        "too_old_to_enter",
        "Youths of 19 years would come to “local”, where care stops at 18. "
        "Give referrers of older youths ages of their own.",
    ),
    (
        youths_sent_to_care_that_stops_younger,
        "ages.at_entry[1].to",
        "too_old_to_enter",
        "Youths of 17 years would come to “training”, where care stops at 12. "
        "Give referrers of older youths ages of their own.",
    ),
    (
        youths_of_their_own_referrer_sent_too_old,
        "referrers[0].ages[1].to",
        "too_old_to_enter",
        "Youths of 18 years would come to “ambulant”, where care stops at 18. "
        "Give referrers of older youths ages of their own.",
    ),
    (
        youths_who_are_there_too_old,
        "care_types[2].ages_at_start[1].to",
        "too_old_at_start",
        "Youths of 20 years would be in “residential” at the start, where care stops at 19. "
        "Give this care type ages of its own (ages_at_start).",
    ),
    (
        a_step_on_which_everybody_is_too_old,
        "care_types[4].next[0]",
        "always_too_old",
        "Nobody comes here young enough for “guidance_by_share”: the youngest is 7 and care there "
        "stops at 6.",
    ),
    (
        shares_of_ages_that_do_not_add_up,
        "ages.at_start",
        "shares_sum",
        "The shares add up to 0.9; they must add up to 1.",
    ),
    (
        steps_without_success_of_what_always_succeeds,
        "care_types[0].next_without_success",
        "needs_success",
        "What follows without success needs the chance of “success”.",
    ),
    (
        more_chances_without_success_than_one,
        "care_types[0].next_without_success",
        "probabilities_sum",
        "The probabilities add up to 1.1; that is more than 1.",
    ),
    (
        waits_so_far_of_nobody,
        "care_types[1].waited_at_start",
        "needs_waiting",
        "How long youths have waited (waited_at_start) needs how many wait (waiting_at_start).",
    ),
    (
        waits_so_far_that_fall,
        "care_types[0].waited_at_start.points[1].days",
        "observed_order",
        "The points must rise: after 5 comes 2.",
    ),
    (
        time_in_care_of_half_the_youths,
        "care_types[1].in_care_since_at_start.points",
        "observed_ends",
        "The shares of the points must run from 0 to 1; here from 0 to 0.5.",
    ),
    (
        time_in_care_from_nowhere,
        "care_types[1].in_care_since_at_start.provenance.source",
        "unknown_source",
        "The source “hearsay” is not in the list of sources.",
    ),
    (
        leaving_the_queue_to_nowhere,
        "care_types[0].patience.leave_to[0].care_type",
        "unknown_care_type",
        "The care type “elsewhere” does not exist.",
    ),
    (
        shares_of_leaving_that_do_not_add_up,
        "care_types[0].patience.leave_to",
        "shares_sum",
        "The shares add up to 0.8; they must add up to 1.",
    ),
    (
        observed_stays_without_points,
        "care_types[1].stay",
        "needs_observed",
        "An observed stay needs “observed”: the points of its distribution.",
    ),
    (
        observed_points_that_fall,
        "care_types[1].stay.observed.points[2].days",
        "observed_order",
        "The points must rise: after 40 comes 30.",
    ),
    (
        observed_points_that_end_early,
        "care_types[1].stay.observed.points",
        "observed_ends",
        "The shares of the points must run from 0 to 1; here from 0 to 0.9.",
    ),
    (
        observed_points_with_another_mean,
        "care_types[1].stay.mean",
        "observed_mean",
        "The mean of the points is 120.375 days, but 150 is written.",
    ),
    (
        observed_points_of_a_fixed_stay,
        "care_types[1].stay.observed",
        "needless_observed",
        "A stay that is fixed has no observed points.",
    ),
]


@pytest.mark.parametrize(
    ("breaking", "path", "code", "message"), BROKEN, ids=[row[0].__name__ for row in BROKEN]
)
def test_broken_feature(
    breaking: Callable[[Document], None], path: str, code: str, message: str
) -> None:
    document = full_sample.care_system()
    breaking(document)
    with pytest.raises(DocumentError) as caught:
        read_care_system(samples.as_text(document))
    found = {(f.path, f.code): f for f in caught.value.faults}
    assert (path, code) in found, sorted(found)
    assert found[path, code].message == message
    assert FAULT_MESSAGES[code] == found[path, code].template
