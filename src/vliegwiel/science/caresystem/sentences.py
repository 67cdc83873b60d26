"""The sentences of a forecast, as English templates with named parameters.

They are also the message ids of the translations. Numbers in them are raw; whoever shows a sentence
rounds and writes them as its readers do.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Code -> English sentence. ``care_type`` is a label, ``period`` a year or a span of months.
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "wait_shorter": (
            "With this change youths are expected to wait %(days)s days less for %(care_type)s "
            "in %(period)s (%(low)s to %(high)s days)."
        ),
        "wait_longer": (
            "With this change youths are expected to wait %(days)s days longer for %(care_type)s "
            "in %(period)s (%(low)s to %(high)s days)."
        ),
        "wait_unclear": (
            "It is not clear whether this change makes youths wait shorter or longer for "
            "%(care_type)s in %(period)s: from %(less)s days less to %(more)s days longer."
        ),
        "wait_same": (
            "This change makes no difference to the wait for %(care_type)s in %(period)s."
        ),
        "wait_baseline": (
            "Without change youths are expected to wait %(days)s days for %(care_type)s in "
            "%(period)s (%(low)s to %(high)s days)."
        ),
        "wait_new": (
            "Without this change nobody is expected to start %(care_type)s in %(period)s; with it "
            "youths are expected to wait %(days)s days (%(low)s to %(high)s days)."
        ),
        "wait_ended": (
            "With this change nobody is expected to start %(care_type)s in %(period)s; without it "
            "youths are expected to wait %(days)s days (%(low)s to %(high)s days)."
        ),
        "wait_seldom": (
            "Too few youths start %(care_type)s in %(period)s to tell whether this change makes "
            "them wait shorter or longer."
        ),
        "wait_seldom_baseline": (
            "Too few youths start %(care_type)s in %(period)s to tell how long they wait."
        ),
        "wait_free": (
            "In the model nobody waits for %(care_type)s: there is always room, so this change "
            "cannot make the wait shorter or longer."
        ),
        "wait_nowhere": (
            "In the model there is always room in all care: nobody waits in %(period)s."
        ),
        "wait_unknown": "Nobody is expected to start %(care_type)s in %(period)s.",
        "little": (
            "In every run the days waited and in care, summed over youths, equal the number "
            "present summed over time (Little’s law); largest relative difference %(worst)s."
        ),
        "conservation": (
            "In every run each youth is accounted for: who came has started, left or still waits."
        ),
        "little_broken": (
            "In at least one run the days waited and in care, summed over youths, are not the "
            "number present summed over time (Little’s law); largest relative difference "
            "%(worst)s. Do not use this outcome and report it to the maintainers of Vliegwiel."
        ),
        "conservation_broken": (
            "In at least one run not every youth is accounted for; largest relative difference "
            "%(worst)s. Do not use this outcome and report it to the maintainers of Vliegwiel."
        ),
        "enough_replications": (
            "The middle of the expected difference is known to within %(error)s days "
            "(%(replications)s replications)."
        ),
        "precise_enough": (
            "The middle of what was asked is known to within %(width)s, as precisely as was asked "
            "(%(asked)s); %(replications)s replications were enough."
        ),
        "not_precise_enough": (
            "The middle of what was asked is known to within %(width)s, not as precisely as was "
            "asked (%(asked)s); that needs more than %(replications)s replications."
        ),
        "warmed_up": (
            "The simulation began empty, %(months)s months before the start; only what comes after "
            "the start is counted. Who waits today is not known, so nothing is told of them."
        ),
        "full_at_start": (
            "At the start %(count)s of %(limited)s care types with a limit on places are full."
        ),
    }
)
