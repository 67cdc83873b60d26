"""What a fit says in words: where not to trust it, and how it forecast months it had not seen.

The sentences are English templates with named parameters, and the message ids of the translations.
Numbers in them are raw; whoever shows a sentence writes them as its readers do. ``care_type`` and
``source`` are ids: whoever shows them puts their label there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vliegwiel.science.kernel import Check, Outcome

#: Code -> English sentence.
FIT_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "few_months": (
            "Only %(months)s months were observed: growth and season need at least %(needed)s, and "
            "are left out."
        ),
        "few_youths": (
            "Only %(count)s youths came by way of %(source)s: how many will come is uncertain."
        ),
        "hardly_any_youths": (
            "Fewer than 10 youths came by way of %(source)s: how many will come is hardly known."
        ),
        "irregular": (
            "The numbers that come by way of %(source)s vary %(times)s times as much as chance "
            "would make them; all their margins are wider for it."
        ),
        "source_unknown": (
            "Of %(share)s per cent of the youths who came it is not known who referred them."
        ),
        "few_ends": (
            "Only %(count)s stays in %(care_type)s have ended: how long it lasts is hardly known."
        ),
        "hardly_any_ends": (
            "Fewer than 10 stays in %(care_type)s have ended: how long it lasts is hardly known."
        ),
        "never_seen": (
            "Fewer than 10 youths were seen in %(care_type)s: the length of its stays is an "
            "assumption."
        ),
        "tail_unseen": (
            "The longest stay in %(care_type)s that was followed is longer than %(share)s per cent "
            "of the stays that the fit expects; how long the others last was not seen."
        ),
        "shape_doubtful": (
            "The lengths of stay in %(care_type)s do not look like the fitted curve "
            "(largest difference %(distance)s per cent points)."
        ),
        "start_unknown": (
            "Of %(count)s youths in %(care_type)s it is not known since when; they tell nothing of "
            "the length of stay."
        ),
        "next_unknown": (
            "Of %(share)s per cent of who ended care in %(care_type)s it is not known what "
            "followed."
        ),
        "hardly_any_gave_up": (
            "Fewer than 10 youths gave up waiting for %(care_type)s: how long youths keep waiting "
            "is hardly known."
        ),
        "few_places": (
            "Fewer than 10 youths are in %(care_type)s while others wait. That count is not shown: "
            "the places in the model follow from how many come and how long they stay."
        ),
        "few_gave_up": (
            "Only %(count)s youths gave up waiting for %(care_type)s: how long youths keep waiting "
            "is uncertain."
        ),
        "waits_without_limit": (
            "Youths wait for %(care_type)s although starts do not follow on places that become "
            "free. The model has no other reason to wait, so in it nobody does."
        ),
        "places_changed": (
            "The number of youths in %(care_type)s while others waited has changed; only the last "
            "half year counts."
        ),
        "more_in_care": (
            "At the last moment more youths were in %(care_type)s (%(in_care)s) than usual while "
            "others wait (%(places)s); the model begins with the usual number."
        ),
        "few_returns": (
            "Fewer than %(needed)s youths were seen to come back: they count as youths who come "
            "for the first time."
        ),
        "returns_short": (
            "Youths come back after %(delay)s days on average, and they could be followed for at "
            "most %(followed)s: the chance of coming back rests partly on the form of the curve."
        ),
        "model_better": (
            "Over %(months)s months that it had not seen, the model was closer than the best "
            "simple forecast for %(better)s of the %(all)s numbers."
        ),
        "coverage": ("%(covered)s per cent of what happened lay within the 80 per cent band."),
        "told_errors": (
            "All errors together were about %(percent)s per cent of those of the best simple "
            "forecast. Less than 100 is better."
        ),
        "exact_errors": (
            "With the exact counts it would have been about %(percent)s per cent: that is how good "
            "the fit itself is. The model that you see does without small counts, so that nobody "
            "can be recognised."
        ),
        "errors_of_few": (
            "Where there were fewer than 10 youths in some month, the errors were about "
            "%(percent)s per cent of those of the best simple forecast."
        ),
    }
)


def told(code: str, outcome: Outcome = Outcome.INFORMATIVE, /, **params: float | str) -> Check:
    """A check with its sentence."""
    return Check(code, outcome, FIT_SENTENCES[code], params)
