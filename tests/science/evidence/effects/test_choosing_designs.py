"""Which design a table allows, why, and what would be stronger."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.science.evidence.effects.tables import (
    TABLES,
    answered,
    clusters,
    effect_by,
    panel,
    question,
    series,
    trial,
    waits,
)
from vliegwiel.science.evidence.effects import (
    ADVICE_SENTENCES,
    EFFECT_DESIGNS,
    REASON_SENTENCES,
    Effect,
    Lot,
    Role,
    advice,
    choose,
    table_of,
)
from vliegwiel.science.kernel import DocumentError


def without(columns: dict[Role, Any], *roles: Role) -> dict[Role, Any]:
    return {role: column for role, column in columns.items() if role not in roles}


def never_ends(columns: dict[Role, Any]) -> dict[Role, Any]:
    """All units start in the end."""
    return {**columns, Role.START: np.where(columns[Role.START] == 0, 9, columns[Role.START])}


CASES: dict[str, tuple[dict[Role, Any], Lot, str, str]] = {
    "waits": (waits(), Lot.NOTHING, "survival", "why_survival"),
    "order by lot": (panel(8, 12, 8, start=2, step=1), Lot.ORDER, "stepped", "why_stepped"),
    "groups by lot": (clusters(), Lot.CLUSTERS, "clusters", "why_clusters"),
    "persons by lot": (trial(), Lot.PERSONS, "randomised", "why_randomised"),
    "the same without a lot": (trial(), Lot.NOTHING, "randomised", "why_randomised_unequal"),
    "groups without a lot": (clusters(), Lot.NOTHING, "clusters", "why_clusters_unequal"),
    "one place": (panel(24, 20, 1, start=12), Lot.NOTHING, "synthetic", "why_synthetic"),
    "one place, few others": (
        panel(3, 20, 1, start=12), Lot.NOTHING, "differences", "why_differences",
    ),
    "one start": (panel(), Lot.NOTHING, "differences", "why_differences"),
    "several starts": (panel(step=1, start=2), Lot.NOTHING, "staggered", "why_staggered"),
    "all start": (
        never_ends(panel(step=1, start=1)), Lot.NOTHING, "staggered", "why_staggered_late",
    ),
    "one series": (series(), Lot.NOTHING, "interrupted", "why_interrupted"),
    "one series, one other": (
        panel(2, 20, 1, start=10), Lot.NOTHING, "interrupted", "why_interrupted_beside",
    ),
    "a very short series": (
        {role: column[:8] for role, column in series(16, 4, counts=True).items()},
        Lot.NOTHING, "interrupted", "why_interrupted",
    ),
    "two moments": (
        without(trial(), Role.TREATED), Lot.NOTHING, "before_after", "why_before_after",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_strongest_design_and_why(name: str) -> None:
    columns, lot, design, why = CASES[name]
    choice = choose(table_of(columns), question(lot=lot))
    assert (choice.design, choice.why.code) == (design, why)
    assert choice.stronger
    effect = answered(table_of(columns), lot=lot)
    assert effect.design == design


def test_every_reason_is_tried() -> None:
    assert {why for _columns, _lot, _design, why in CASES.values()} == set(REASON_SENTENCES)


def test_no_table_says_that_the_lot_decided() -> None:
    by_lot, by_choice = (answered(table_of(trial()), lot=lot) for lot in (Lot.PERSONS, Lot.NOTHING))
    assert by_choice.estimate == by_lot.estimate
    assert "not_by_lot" in by_choice.grading.broken
    assert "not_by_lot" not in by_lot.grading.broken


def test_what_was_tried_before_says_what_it_lacks() -> None:
    choice = choose(table_of(series()), question())
    assert choice.unfit["differences"][0].code == "needs_role"
    assert choice.unfit["randomised"][0].code == "several_moments"


@pytest.mark.parametrize("design", EFFECT_DESIGNS)
def test_every_design_has_advice_and_no_doubt_is_passed_over(design: str) -> None:
    effect = effect_by(design)
    codes = [one.code for one in advice(effect)]
    assert codes
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(ADVICE_SENTENCES)


@pytest.mark.parametrize("design", EFFECT_DESIGNS)
@pytest.mark.parametrize("lot", [Lot.PERSONS, Lot.CLUSTERS, Lot.ORDER])
def test_who_drew_lots_is_not_told_to_draw_them(design: str, lot: Lot) -> None:
    effect = effect_by(design)
    broken = tuple(code for code in effect.grading.broken if code != "not_by_lot")
    sure = tuple(check for check in effect.checks if check.code != "not_by_lot")
    drawn = replace(effect, checks=sure, grading=replace(effect.grading, lot=lot, broken=broken))
    codes = [one.code for one in advice(drawn)]
    assert codes
    assert not [code for code in codes if code.startswith("draw_")]


def test_advice_before_measuring_knows_the_lot_too() -> None:
    by_lot, by_choice = (
        choose(table_of(panel()), question(lot=lot)) for lot in (Lot.CLUSTERS, Lot.NOTHING)
    )
    assert by_lot.design == by_choice.design == "differences"
    assert "draw_groups" in {one.code for one in by_choice.stronger}
    assert [one.code for one in by_lot.stronger] == ["other_places"]


def test_advice_begins_with_the_worst_doubt() -> None:
    few = answered(table_of(panel(6, 8, 3)), "differences")
    assert advice(few)[0].code == "more_groups"


def test_a_table_without_sides_or_times() -> None:
    with pytest.raises(DocumentError, match="no design can be used"):
        choose(table_of({Role.OUTCOME: np.arange(5.0)}), question())


def test_a_wrong_choice_is_said_where_a_design_has_its_columns() -> None:
    with pytest.raises(DocumentError, match="cannot be chosen here"):
        choose(table_of(waits()), question(estimand="odds"))


@pytest.mark.parametrize("design", EFFECT_DESIGNS)
def test_a_design_without_its_columns_names_them(design: str) -> None:
    with pytest.raises(DocumentError) as caught:
        answered(table_of({Role.OUTCOME: np.arange(5.0)}), design)
    assert {fault.code for fault in caught.value.faults} == {"needs_role"}


def test_what_cannot_be_asked() -> None:
    table = table_of(TABLES["differences"][0])
    for options, code in (
        ({"design": "guessing"}, "unknown_design"),
        ({"level": 1.0}, "level_outside"),
        ({"design": "interrupted", "season": "weekly"}, "unknown_option"),
    ):
        with pytest.raises(DocumentError) as caught:
            answered(table, **options)
        assert caught.value.faults[0].code == code


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.02, 1), st.sampled_from(sorted(TABLES)), st.booleans())
def test_every_part_of_a_table_gives_an_effect_or_a_reason(
    seed: int, share: float, name: str, auto: bool
) -> None:
    columns, lot = TABLES[name]
    rows = len(next(iter(columns.values())))
    kept = np.random.default_rng(seed).permutation(rows)[: max(1, int(share * rows))]
    part = table_of({role: column[kept] for role, column in columns.items()})
    told: tuple[str, ...] = ()
    try:
        effect = answered(part, "auto" if auto else name, lot=lot)
        told = (effect.headline.sentence,) * (Effect.from_json(effect.to_json()) == effect)
    except DocumentError as error:
        told = tuple(fault.message for fault in error.faults)
    assert told
    assert not any("%(" in one for one in told)
