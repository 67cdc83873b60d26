"""Sizes of the changes of a scenario that pilots measured, in words."""

from collections.abc import Sequence
from typing import Any

from vliegwiel.apps.explorer import changes, descriptions, queries
from vliegwiel.apps.explorer.known import known_here
from vliegwiel.apps.explorer.sizes import Size, scale_of
from vliegwiel.science.caresystem import CareSystem, Scenario


def known_sizes(
    version: Any, scenario: Scenario, system: CareSystem
) -> Sequence[tuple[str, str, str]]:
    """What changes, its measured size with the range, and where that was measured."""
    known = queries.known_effects(version.care_system.region)
    found = []
    for place, size in known_here(scenario, known):
        item = scenario.interventions[place]
        scale = scale_of(item)
        shown = scale.show_size(Size(size.likely, size.low, size.high))
        words = f"{scale.words(shown.value)} ({scale.range_words(shown)})"
        found.append((changes.what(item, system), words, descriptions.in_language(size.why)))
    return found
