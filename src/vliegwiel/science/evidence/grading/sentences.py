"""The sentences of a grade, as English templates with named parameters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vliegwiel.science.kernel import Check, Outcome

#: Code -> English sentence about the design of a study.
DESIGN_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "drawn_by_lot": "Who took part was drawn by lot: level 5 of 5.",
        "before_and_beside": (
            "The outcome was followed before and after, with the initiative and without it: level "
            "3 of 5."
        ),
        "adjusted_only": (
            "Other differences were taken off, but there is no comparison over time with others: "
            "level 2 of 5."
        ),
        "plain_comparison": (
            "Two moments or two groups are compared without anything taken off: level 1 of 5."
        ),
        "allocation_broken": "The lot was not kept to: one level down.",
        "few_clusters_drawn": (
            "Only %(groups)s groups were drawn on the smaller side; with fewer than %(least)s "
            "chance can make them differ: one level down."
        ),
        "loss_differs": ("Of one side more persons dropped out than of the other: one level down."),
        "trends_differ": (
            "Before the start both sides did not move alike, so they cannot well be compared: one "
            "level down."
        ),
        "our_scale": (
            "The scale has no place of its own for series of one group and for composed "
            "comparisons. Where they stand is our choice."
        ),
    }
)

#: Code -> English sentence about the ladder.
LADDER_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "no_studies": "There is no study with an outcome yet.",
        "kind_0": "The studies so far do not show a change in the intended direction.",
        "kind_2": (
            "The studies give the kind of evidence that level II (first indications) asks for."
        ),
        "kind_3": (
            "The studies give the kind of evidence that level III (good indications) asks for."
        ),
        "kind_4": (
            "The studies give the kind of evidence that level IV (strong indications) asks for."
        ),
        "committee_decides": (
            "A level is given by the committee that recognises interventions, after its own "
            "criteria. This is not such a level."
        ),
        "needs_target_group": "Describe for which children, young people or parents it is meant.",
        "needs_goals": "Describe what it is to reach.",
        "needs_approach": "Describe how it goes, step by step.",
        "needs_expertise": "Describe what those who do it must be able to do.",
        "needs_quality_control": "Describe how is seen to it that it is done as meant.",
        "needs_conditions": "Describe what an organisation needs for it.",
        "needs_costs": "Describe what it costs, in money and hours.",
        "needs_theory": "Make plausible why it works, with theory or research.",
        "needs_manual": "Write a manual in Dutch.",
        "needs_implementation_study": "Have research done into how it is carried out.",
        "needs_owner": "Name who owns it and answers for it.",
        "needs_change_study": (
            "Do a study that shows a change in the intended direction; before and after can do."
        ),
        "needs_comparison_study": (
            "Do a study that compares with others who do not have it, and that shows it is better."
        ),
        "needs_strong_studies": (
            "Do studies with strong evidence that the change comes from it, such as a draw by "
            "lot: at least %(needed)s. There are %(found)s, so %(more)s to go."
        ),
        "needs_follow_up": "Measure again some time after it has ended, in one of those studies.",
        "contradicted": (
            "A study that is as strong shows the opposite. Find out why before going further."
        ),
        "two_studies_asked": (
            "For every level of “effective” at least two effect studies are asked; there are "
            "%(found)s."
        ),
        "top_reached": "There is no higher step on this ladder.",
    }
)


def told(code: str, outcome: Outcome = Outcome.INFORMATIVE, /, **params: float | str) -> Check:
    """A check about a grade with its sentence."""
    template = DESIGN_SENTENCES.get(code) or LADDER_SENTENCES[code]
    return Check(code, outcome, template, params)
