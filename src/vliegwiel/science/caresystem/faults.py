"""What can be wrong in a care-system or scenario document, as sentences with named parameters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vliegwiel.science.kernel import SHAPE_MESSAGES, Fault

#: Code of a fault -> English sentence. The sentences are also the message ids of the translations.
FAULT_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        **SHAPE_MESSAGES,
        # The numbers
        "wrong_unit": "The unit is “%(unit)s”; “%(expected)s” is needed.",
        "negative": "The value is %(value)s; it may not be below zero.",
        "not_positive": "The value is %(value)s; it must be above zero.",
        "above_most": "The value is %(value)s; it may be at most %(most)s.",
        "below_least": "The value is %(value)s; it must be at least %(least)s.",
        "not_a_share": "The value is %(value)s; it must lie between 0 and 1.",
        "outside_range": "The value %(value)s lies outside its own range, %(low)s to %(high)s.",
        "range_impossible": "The range %(low)s to %(high)s holds impossible values.",
        "shares_sum": "The shares add up to %(total)s; they must add up to 1.",
        "probabilities_sum": "The probabilities add up to %(total)s; that is more than 1.",
        "season_length": "A season has 12 factors, one a month; here the number is %(count)s.",
        "season_mean": "The mean of the 12 factors is %(mean)s; it must be 1.",
        # Where numbers come from
        "unknown_source": "The source “%(source)s” is not in the list of sources.",
        "bad_input": (
            "An input is either a reference (ref), or a value with a source and place, "
            "or a value with low, high and why."
        ),
        "bad_formula": (
            "A formula has numbers, names, + - * / **, min, max and sqrt, and nothing else, in at "
            "most %(most)s characters."
        ),
        "formula_without_value": (
            "The formula gives no number here: it divides by zero, or becomes too large."
        ),
        "unused_input": "The formula does not use the input “%(name)s”.",
        "unknown_input": "The formula uses “%(name)s”, which is not among its inputs.",
        "unknown_reference": "“%(ref)s” is not a number of this document.",
        "circular": "The derivation goes round in a circle: %(chain)s.",
        "derived_mismatch": (
            "The formula gives %(computed)s, but %(value)s is written "
            "(allowed difference %(rounding)s)."
        ),
        # The whole
        "duplicate_id": "“%(id)s” occurs more than once.",
        "reserved_id": "“%(id)s” has a meaning of its own and cannot be used as an id.",
        "unknown_care_type": "The care type “%(id)s” does not exist.",
        "not_first_of_month": "%(date)s is not the first day of a month.",
        "step_too_early": (
            "%(date)s must lie after %(before)s: a step comes after the start of the care system "
            "and after the step before it."
        ),
        "not_january": ("%(date)s is not the first of January; a budget is for a calendar year."),
        "unknown_priority": "“%(id)s” is not one of the classes of priority.",
        "unstable_budget": (
            "This care type cannot keep up: %(needed)s euro a year are needed and the budget is "
            "%(ceiling)s, while nobody stops waiting. The waiting list would grow without end."
        ),
        # Ages, success, observed stays
        "needs_ages": "This needs the ages of youths; write “ages” in the care system.",
        "age_order": "The ages %(from)s to %(to)s are not a span of years.",
        "age_overlap": "The ages %(from)s to %(to)s overlap with %(other)s.",
        "too_old_to_enter": (
            "Youths of %(age)s years would come to “%(id)s”, where care stops at %(leave)s. "
            "Give referrers of older youths ages of their own."
        ),
        "too_old_at_start": (
            "Youths of %(age)s years would be in “%(id)s” at the start, where care stops at "
            "%(leave)s. Give this care type ages of its own (ages_at_start)."
        ),
        "always_too_old": (
            "Nobody comes here young enough for “%(id)s”: the youngest is %(age)s and care there "
            "stops at %(leave)s."
        ),
        "needs_success": "What follows without success needs the chance of “success”.",
        "needs_observed": "An observed stay needs “observed”: the points of its distribution.",
        "needless_observed": "A stay that is %(distribution)s has no observed points.",
        "observed_ends": (
            "The shares of the points must run from 0 to 1; here from %(low)s to %(high)s."
        ),
        "observed_order": "The points must rise: after %(before)s comes %(after)s.",
        "needs_waiting": (
            "How long youths have waited (waited_at_start) needs how many wait (waiting_at_start)."
        ),
        "observed_mean": "The mean of the points is %(computed)s days, but %(value)s is written.",
        "needs_cv": "A %(distribution)s stay needs a coefficient of variation (cv).",
        "needless_cv": "A stay that is %(distribution)s has no cv of its own.",
        "waiting_without_limit": "A care type without a limit on places has nobody waiting.",
        "more_in_care_than_places": (
            "There are more youths in care (%(in_care)s) than places (%(places)s)."
        ),
        "unstable": (
            "This care type cannot keep up (places needed: %(needed)s; places: %(places)s), while "
            "nobody stops waiting. The waiting list would grow without end."
        ),
        "too_busy": (
            "About %(arrivals)s arrivals a month and %(present)s youths present at the start are "
            "too many to simulate; at most %(most)s and %(most_present)s can be."
        ),
        "endless_circle": "Youths go round here without ever leaving: %(chain)s.",
        # Scenarios
        "other_system": "The scenario is about “%(found)s”, not about “%(expected)s”.",
        "unknown_target": "“%(target)s” is not a parameter of the care system.",
        "absent_target": (
            "“%(target)s” is not in the care system yet. Write in %(place)s what changes nothing, "
            "%(part)s, and then change it here."
        ),
        "fact_of_region": (
            "“%(target)s” cannot be changed by a scenario: it is a fact of the region. Change how "
            "many youths are referred: the rate, growth or season of a referrer."
        ),
        "fact_of_norm": (
            "“%(target)s” cannot be changed by a scenario: it is the yardstick, and changes "
            "nothing in care. Change it in the care system itself to measure by another norm."
        ),
        "fact_of_start": (
            "“%(target)s” cannot be changed by a scenario: who is there at the start is the same "
            "with and without it. Change what happens afterwards."
        ),
        "fact_of_moving": (
            "“%(target)s” cannot be changed by a scenario: how often youths move is a fact of the "
            "region. Change it in the care system itself."
        ),
        "fact_of_working": (
            "“%(target)s” cannot be changed by a scenario: the simulation does not use it. Change "
            "the numbers that follow from it."
        ),
        "step_of_plan": (
            "“%(target)s” cannot be changed by itself. Change “%(whole)s”: that works on the value "
            "of every step."
        ),
        "cannot_move": "“%(target)s” is not a flow of youths; only a flow can be moved.",
        "needs_to": "To move a flow, say where “to”.",
        "needless_to": "“to” is only for moving a flow.",
        "unknown_destination": "“%(to)s” is not a place where this flow can go.",
        "unknown_municipality": "The municipality “%(code)s” is not part of the care system.",
        "municipality_twice": (
            "“%(code)s” starts twice with the same change; it may start again only for a larger "
            "share of the youths."
        ),
        "too_many_shares": (
            "The stages have %(count)s different shares of the youths; at most %(most)s are "
            "possible."
        ),
        "starts_too_early": "%(date)s is before the start of the care system, %(start)s.",
        "result_impossible": "The change would make the value %(value)s; that is not possible.",
        "new_with_youths": (
            "A new care type begins empty; here the number of youths at the start is %(count)s."
        ),
        "new_without_flow": (
            "Nobody comes to the new care type “%(id)s”; move a flow to it with “to”."
        ),
        "move_after_change": "“%(target)s” is moved as well as changed; use one of the two.",
    }
)


def fault(path: str, code: str, /, **params: object) -> Fault:
    """A fault with its sentence looked up; numbers are written as short as they can be."""
    written = {name: _written(value) for name, value in params.items()}
    return Fault(path=path, code=code, template=FAULT_MESSAGES[code], params=written)


def _written(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
