"""Levels of designs and steps of the ladder."""

from __future__ import annotations

from typing import Any

import pytest

from vliegwiel.science.evidence.effects import GradeInputs, Lot
from vliegwiel.science.evidence.grading import (
    FOUNDATION,
    LADDER_SENTENCES,
    Rung,
    Study,
    ladder,
    maryland,
)


def inputs(**known: Any) -> GradeInputs:
    plain: dict[str, Any] = {
        "lot": Lot.NOTHING, "compared": False, "before": True, "adjusted": False,
    }  # fmt: skip
    return GradeInputs(**{**plain, **known})


@pytest.mark.parametrize(
    ("known", "level"),
    [
        ({}, 1),
        ({"adjusted": True}, 2),
        ({"compared": True, "before": False}, 1),
        ({"compared": True, "before": False, "adjusted": True}, 2),
        ({"compared": True}, 3),
        ({"lot": Lot.PERSONS, "compared": True}, 5),
        ({"lot": Lot.CLUSTERS, "compared": True, "groups": 8}, 5),
        ({"lot": Lot.CLUSTERS, "compared": True, "groups": 7}, 4),
        ({"lot": Lot.ORDER, "compared": True, "groups": 5, "broken": ("lost_apart",)}, 3),
        ({"compared": True, "broken": ("trends_apart",)}, 2),
        ({"compared": True, "broken": ("lost_apart",)}, 2),
        ({"lot": Lot.PERSONS, "compared": True, "broken": ("trends_apart",)}, 5),
        ({"broken": ("lost_apart", "trends_apart")}, 1),
    ],
)
def test_level_of_a_design(known: dict[str, Any], level: int) -> None:
    grade = maryland(inputs(**known))
    assert grade.level == level
    assert grade.level <= grade.ceiling
    assert all(reason.sentence for reason in grade.reasons)


def test_a_lot_that_was_not_kept_to_is_a_level_less() -> None:
    drawn = inputs(lot=Lot.PERSONS, compared=True)
    assert maryland(drawn, allocation_broken=True).level == 4
    assert maryland(inputs(compared=True), allocation_broken=True).level == 3


GOOD = {level: Study(level=level, shows="better") for level in range(1, 6)}
FOLLOWED = Study(level=5, shows="better", followed_up=True)


@pytest.mark.parametrize(
    ("written", "studies", "rung", "evidence", "missing"),
    [
        ((), (), 0, 0, {f"needs_{part}" for part in FOUNDATION}),
        (FOUNDATION[1:], (GOOD[3],), 0, 3, {"needs_target_group"}),
        (FOUNDATION, (), 1, 0, {"needs_change_study"}),
        (FOUNDATION, (Study(level=5, shows="nothing"),), 1, 0, {"needs_change_study"}),
        (FOUNDATION, (GOOD[1],), 2, 2, {"needs_comparison_study"}),
        (FOUNDATION, (GOOD[2],), 2, 2, {"needs_comparison_study"}),
        (FOUNDATION, (GOOD[3],), 3, 3, {"needs_strong_studies", "needs_follow_up"}),
        (FOUNDATION, (GOOD[5], GOOD[5]), 3, 3, {"needs_follow_up"}),
        (FOUNDATION, (FOLLOWED,), 3, 3, {"needs_strong_studies"}),
        (FOUNDATION, (FOLLOWED, GOOD[4]), 4, 4, {"top_reached"}),
        (
            FOUNDATION,
            (GOOD[3], Study(level=3, shows="worse")),
            1,
            0,
            {"contradicted", "needs_change_study"},
        ),
        (FOUNDATION, (GOOD[3], Study(level=1, shows="worse")), 3, 3,
         {"needs_strong_studies", "needs_follow_up"}),
    ],
)  # fmt: skip
def test_steps_of_the_ladder(
    written: tuple[str, ...], studies: tuple[Study, ...], rung: int, evidence: int, missing: Any
) -> None:
    grade = ladder(written, studies)
    assert (grade.rung, grade.evidence) == (Rung(rung), Rung(evidence))
    assert {check.code for check in grade.missing} == missing


def test_it_never_says_that_something_was_recognised() -> None:
    """A committee gives a level; the product says which kind of evidence there is."""
    grade = ladder(FOUNDATION, (GOOD[3],))
    codes = [remark.code for remark in grade.remarks]
    assert codes[0] == "kind_3"
    assert codes[-1] == "committee_decides"
    assert "two_studies_asked" in codes
    assert "recognised" not in grade.remarks[0].sentence
    assert all("is recognised" not in text for text in LADDER_SENTENCES.values())


def test_without_a_study_nothing_is_said_of_what_studies_show() -> None:
    assert ladder((), ()).remarks[0].code == "no_studies"
    assert ladder((), (Study(level=3, shows="nothing"),)).remarks[0].code == "kind_0"


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="foundation"):
        ladder(("luck",), ())
    with pytest.raises(ValueError, match="Maryland"):
        Study(level=6, shows="better")
