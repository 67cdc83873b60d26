"""A scenario with faults is refused with a message for each, naming the place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    read_scenario,
)

from . import samples

Document = dict[str, Any]


def first(document: Document) -> Document:
    found: Document = document["interventions"][0]
    return found


def another_region(document: Document) -> None:
    document["care_system"] = "elsewhere"


def a_target_that_does_not_exist(document: Document) -> None:
    first(document)["target"] = "care_types.ambulant.stay.median"


def a_fact_as_target(document: Document) -> None:
    first(document)["target"] = "care_types.ambulant.in_care_at_start"


def moving_what_is_not_a_flow(document: Document) -> None:
    first(document)["operation"] = "move"


def moving_to_nowhere(document: Document) -> None:
    del document["interventions"][1]["to"]


def moving_to_an_unknown_place(document: Document) -> None:
    document["interventions"][1]["to"] = "out"


def before_the_start(document: Document) -> None:
    first(document)["stages"][0]["from"] = "2023-01-01"


def an_unknown_municipality(document: Document) -> None:
    first(document)["stages"][0]["municipalities"] = ["0193", "9999"]


def a_chance_above_one(document: Document) -> None:
    first(document)["size"] = samples.printed(5.0, "ratio")


def a_size_without_stages(document: Document) -> None:
    first(document)["stages"] = []


BROKEN_SCENARIOS: list[tuple[Callable[[Document], None], str, str, str]] = [
    (another_region, "care_system", "other_system", "The scenario is about “elsewhere”, not"),
    (a_target_that_does_not_exist, "interventions[0].target", "unknown_target",
     "“care_types.ambulant.stay.median” is not a parameter of the care system."),
    (a_fact_as_target, "interventions[0].target", "fact_of_start",
     "who is there at the start is the same with and without it"),
    (moving_what_is_not_a_flow, "interventions[0].operation", "cannot_move", "not a flow"),
    (moving_to_nowhere, "interventions[1]", "needs_to", "To move a flow, say where “to”."),
    (moving_to_an_unknown_place, "interventions[1].to", "unknown_destination", "“out” is not"),
    (before_the_start, "interventions[0].stages[0].from", "starts_too_early",
     "2023-01-01 is before the start of the care system, 2024-01-01."),
    (an_unknown_municipality, "interventions[0].stages[0].municipalities[1]",
     "unknown_municipality", "The municipality “9999” is not part of the care system."),
    (a_chance_above_one, "interventions[0].size", "result_impossible",
     "The change would make the value 1.25; that is not possible."),
    (a_size_without_stages, "interventions[0].stages", "too_short", "This may not be empty."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("breaking", "path", "code", "message"),
    BROKEN_SCENARIOS,
    ids=[row[0].__name__ for row in BROKEN_SCENARIOS],
)
def test_broken_scenario(
    system: CareSystem,
    breaking: Callable[[Document], None],
    path: str,
    code: str,
    message: str,
) -> None:
    document = samples.scenario()
    breaking(document)
    with pytest.raises(DocumentError) as caught:
        read_scenario(samples.as_text(document), system)
    found = {(f.path, f.code): f for f in caught.value.faults}
    assert (path, code) in found, sorted(found)
    assert message in found[path, code].message
