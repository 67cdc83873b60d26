"""Changing a scenario in the words of people."""

from dataclasses import replace
from datetime import date

import pytest

from tests.science.caresystem import samples
from vliegwiel.apps.explorer import edits
from vliegwiel.apps.explorer.sizes import Size
from vliegwiel.science.caresystem import (
    Assumed,
    Scenario,
    read_care_system,
    read_scenario,
    write_document,
)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    system = read_care_system(samples.as_text(samples.care_system()))
    return read_scenario(samples.as_text(samples.scenario()), system)


def test_nothing_changed_is_the_same_size_and_reason(scenario: Scenario) -> None:
    same = edits.apply(scenario, edits.change_of(scenario))
    assert [i.size for i in same.interventions] == [i.size for i in scenario.interventions]
    assert same.interventions[0] == scenario.interventions[0]


def test_the_rollout_of_a_scenario_is_its_earliest_of_both_kinds(scenario: Scenario) -> None:
    assert edits.rollout_of(scenario) == edits.Rollout(
        municipalities=("0193",),
        first_from=date(2025, 1, 1),
        first_ramp=6,
        everywhere_from=date(2025, 1, 1),
        everywhere_ramp=0,
    )


def test_another_size_says_what_it_was(scenario: Scenario) -> None:
    now = edits.change_of(scenario)
    wanted = edits.Change(now.title, (Size(0.5, 0.3, 0.8), now.sizes[1]), now.rollout)
    size = edits.apply(scenario, wanted).interventions[0].size
    assert size.value == 0.5
    assert isinstance(size.provenance, Assumed)
    assert (size.provenance.low, size.provenance.high) == (0.3, 0.8)
    assert "Before: 40% smaller (10 to 60% smaller)." in size.provenance.why.en
    assert "Daarvoor: 40% kleiner (10 tot 60% kleiner)." in size.provenance.why.nl


def test_what_starts_later_keeps_its_distance(scenario: Scenario) -> None:
    now = edits.change_of(scenario)
    rollout = edits.Rollout(("0150", "0166"), date(2025, 4, 1), 3, date(2025, 7, 1), 12)
    changed = edits.apply(scenario, edits.Change(now.title, now.sizes, rollout))
    first, everywhere = changed.interventions[0].stages
    assert (first.from_, first.municipalities, first.ramp_months) == (
        date(2025, 4, 1),
        ("0150", "0166"),
        3,
    )
    # This one began a year after the earliest start everywhere, and still does.
    assert (everywhere.from_, everywhere.municipalities) == (date(2026, 7, 1), "all")


def test_a_share_of_the_youths_stays_and_everybody_is_not_written(scenario: Scenario) -> None:
    now = edits.change_of(scenario)
    some = replace(now.rollout, first_share=0.3, everywhere_share=0.8)
    changed = edits.apply(scenario, edits.Change(now.title, now.sizes, some))
    assert [[stage.share for stage in i.stages] for i in changed.interventions] == [
        [0.3, 0.8],
        [0.8],
    ]
    assert edits.rollout_of(changed) == some
    moved = replace(some, first_from=date(2025, 4, 1))
    later = edits.apply(changed, edits.Change(now.title, now.sizes, moved))
    assert later.interventions[0].stages[0].share == 0.3
    everybody = edits.apply(later, edits.Change(now.title, now.sizes, now.rollout))
    assert '"share": 1' not in write_document(everybody)
    assert '"share": 0' not in write_document(everybody)


@pytest.mark.parametrize(
    ("month", "later", "result"),
    [
        (date(2025, 1, 1), 0, date(2025, 1, 1)),
        (date(2025, 11, 1), 2, date(2026, 1, 1)),
        (date(2025, 1, 1), -1, date(2024, 12, 1)),
        (date(2025, 12, 1), 13, date(2027, 1, 1)),
    ],
)
def test_months_later(month: date, later: int, result: date) -> None:
    assert edits.month_after(month, later) == result
    assert edits.months_between(month, result) == later


def test_a_change_must_have_all_sizes_and_begin_somewhere(scenario: Scenario) -> None:
    now = edits.change_of(scenario)
    with pytest.raises(ValueError, match="size"):
        edits.apply(scenario, edits.Change(now.title, now.sizes[:1], now.rollout))
    nowhere = edits.Rollout((), None, 0, None, 0)
    with pytest.raises(ValueError, match="somewhere"):
        edits.apply(scenario, edits.Change(now.title, now.sizes, nowhere))
