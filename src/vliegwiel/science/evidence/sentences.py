"""The sentences of a smallest useful test, as English templates with named parameters.

They are also the message ids of the translations. Numbers in them are raw; whoever shows a sentence
rounds and writes them as its readers do.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Code -> English sentence. ``outcome`` and ``care_type`` are labels, ``asked`` and ``power`` per
#: cent.
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "measurable": (
            "With %(sites)s municipalities and %(months)s months, in which %(youths)s youths are "
            "counted there, a pilot that works as hoped is seen to work in %(power)s of 100 cases."
        ),
        "measurable_in_one": (
            "With one municipality and %(months)s months, in which %(youths)s youths are counted "
            "there, a pilot that works as hoped is seen to work in %(power)s of 100 cases."
        ),
        "too_few_sites": (
            "This cannot be measured: this design needs at least %(sites)s municipalities with the "
            "pilot and %(compared)s without it."
        ),
        "too_few_youths": (
            "This cannot be measured: in %(months)s months only %(youths)s youths are counted in "
            "the pilot."
        ),
        "no_effect": (
            "This cannot be measured: in the model the change does nothing to this outcome."
        ),
        "effect_leaks": (
            "This cannot be measured: %(leak)s per cent of the effect reaches those who are "
            "compared with as well, because they use the same places."
        ),
        "false_alarms": (
            "This cannot be measured: the design would often see an effect without one (in "
            "%(false_alarms)s of 100 cases), and with a stricter test too little remains."
        ),
        "within_chance": (
            "This cannot be measured: after %(months)s months a pilot that works as hoped "
            "(%(effect)s %(unit)s) is seen to work in only %(power)s of 100 cases, because chance "
            "alone makes a difference of up to %(chance)s %(unit)s."
        ),
        "confirmed": (
            "New simulated pilots, which the search had not seen, show the effect in %(power)s of "
            "100 cases (%(low)s to %(high)s)."
        ),
        "one_month_shorter": (
            "With one month less the effect is seen in %(power)s of 100 cases (%(low)s to "
            "%(high)s)."
        ),
        "alarms_as_promised": (
            "Without an effect the test would see one in %(power)s of 100 cases (%(low)s to "
            "%(high)s); it promises at most 5."
        ),
        "alarms_corrected": (
            "The test of this design promises 5 false alarms in 100 and gives %(power)s (%(low)s "
            "to %(high)s). Therefore a stricter limit is used, taken from simulated pilots without "
            "an effect; with it there are %(after)s."
        ),
        "effect_in_model": (
            "In the model the outcome in the pilot is %(before)s %(unit)s without the change and "
            "%(after)s with it. For those who are compared with the change makes a difference of "
            "%(elsewhere)s %(unit)s."
        ),
        "effect_in_model_alone": (
            "In the model the outcome in the pilot is %(before)s %(unit)s without the change and "
            "%(after)s with it."
        ),
        "hoped_size": (
            "The size of each change is the hoped one. When less is certain than that, the chance "
            "of seeing the effect is smaller."
        ),
        "drawn_size": "The size of each change was drawn from its range, as in a forecast.",
        "alike_in_model": (
            "In the model municipalities differ in size and by chance only. When they also go "
            "their own ways in other things, more time or more municipalities are needed."
        ),
    }
)

#: Code -> English sentence about what cannot be asked.
PLAN_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "unknown_design": "there is no design %(value)s",
        "unknown_outcome": "there is no outcome %(value)s",
        "unknown_care_type": "there is no care type %(value)s",
        "unknown_municipality": "the care system has no municipality %(value)s",
        "twice": "municipality %(value)s is named twice",
        "outside": "must lie between %(low)s and %(high)s, not %(value)s",
        "no_sites": "name pilot municipalities, or how many are to be drawn",
        "too_many_sites": "there are only %(most)s municipalities to choose from",
        "given_beyond": "%(given)s pilot municipalities are named, more than %(value)s",
        "without_limit": "nobody waits for %(value)s, which has no limit on places",
    }
)

#: Unit of an outcome -> in words. Shares are shown as percentages.
UNIT_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "days": "days",
        "share": "per cent",
        "per_1000": "for every 1,000 youths",
        "euro_per_1000": "euro a month for every 1,000 youths",
    }
)
