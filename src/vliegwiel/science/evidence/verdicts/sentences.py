"""The sentences of a verdict, as English templates with named parameters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vliegwiel.science.kernel import Check, Outcome

#: Code -> English sentence. Numbers are in the good direction: above 0 is better.
VERDICT_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "zero_possible": (
            "The effect lies between %(low)s and %(high)s, so no effect at all is still possible."
        ),
        "no_interval": "There is no interval yet, so nothing can be said.",
        "other_outcome": (
            "The plan was registered for %(registered)s, and this is about %(measured)s. Nothing "
            "can be decided on an outcome that was not registered."
        ),
        "better": "The effect lies between %(low)s and %(high)s: it is better than without.",
        "worse": "The effect lies between %(low)s and %(high)s: it is worse than without.",
        "worse_weak_design": (
            "The design is weak, so something else may be the cause. To stop asks for less "
            "certainty than to roll out."
        ),
        "too_small": (
            "The effect lies between %(low)s and %(high)s; %(relevant)s was registered as the "
            "smallest that is worth the trouble."
        ),
        "relevant_shown": "It is larger than the smallest effect that is worth the trouble.",
        "next_region_good": "In a next region it is expected to be better as well.",
        "weak_design": (
            "The design has level %(level)s of 5; a hard verdict asks for at least %(needed)s."
        ),
        "relevance_open": (
            "It may be smaller than %(relevant)s, which was registered as worth the trouble."
        ),
        "next_region_unknown": (
            "It was measured in too few regions to say what it does in a next one."
        ),
        "next_region_open": (
            "In a next region the effect may lie between %(low)s and %(high)s: no effect or harm "
            "is possible there."
        ),
        "looked_early": (
            "This interval is right at one look at the registered end only, and this is an "
            "earlier look."
        ),
        "less_certain": (
            "The interval is for %(level)s per cent certainty; %(needed)s was registered."
        ),
        "other_tuning": "The interval was made for another size than the registered one.",
        "other_design": (
            "The plan was registered with design %(registered)s, and this is %(measured)s."
        ),
        "registered_late": (
            "The plan was registered on %(registered)s, after the first measurement on "
            "%(measured)s."
        ),
        "measuring_unknown": (
            "The day of the first measurement is not known, so it cannot be seen that the plan was "
            "registered before it."
        ),
        "check_failed": "A check of the effect failed, so its interval cannot be relied upon.",
    }
)

#: Code -> English sentence about rolling out.
SCALING_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "hard_opens": "The evidence is hard: it may be rolled out.",
        "hard_opens_here": (
            "The evidence is hard for this region: it may be rolled out here, not elsewhere."
        ),
        "refused_not_yet": "Nothing can be said yet, so it may not be rolled out.",
        "refused_indication": (
            "There is an indication, no hard evidence. Provisional results are not rolled out."
        ),
        "refused_hard_adverse": "It makes things worse, so it may not be rolled out.",
        "refused_not_relevant": (
            "The effect is probably too small to be worth the trouble, so it is not rolled out."
        ),
    }
)

#: Verdict -> its name for readers.
VERDICT_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "not_yet": "not yet to be said",
        "indication": "indication",
        "hard": "hard evidence",
        "hard_adverse": "hard evidence of harm",
        "not_relevant": "probably not relevant",
    }
)


def told(code: str, outcome: Outcome = Outcome.INFORMATIVE, /, **params: float | str) -> Check:
    """A reason with its sentence."""
    template = VERDICT_SENTENCES.get(code) or SCALING_SENTENCES[code]
    return Check(code, outcome, template, params)
