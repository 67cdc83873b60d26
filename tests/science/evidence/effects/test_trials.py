"""Trials: persons and groups by lot, and what a reading as single persons would have claimed."""

import numpy as np
import pytest

from tests.science.evidence.effects.tables import answered, clusters, trial
from vliegwiel.science.evidence.effects import Lot, Role, Scale, table_of
from vliegwiel.science.evidence.effects.designs.clusters import intraclass
from vliegwiel.science.kernel import DocumentError


def test_the_baseline_is_taken_off() -> None:
    columns = trial()
    effect = answered(table_of(columns), lot=Lot.PERSONS)
    x = np.column_stack([columns[Role.TREATED], np.ones(60), columns[Role.BASELINE]])
    beta = np.linalg.lstsq(x, columns[Role.OUTCOME], rcond=None)[0]
    assert effect.design == "randomised"
    assert effect.estimate == pytest.approx(beta[0])
    assert effect.freedom == 57
    bare = answered(
        table_of({role: c for role, c in columns.items() if role is not Role.BASELINE}),
        lot=Lot.PERSONS,
    )
    assert effect.error < bare.error
    assert "no_baseline" in [check.code for check in bare.checks]


def test_arms_that_lose_others_fail() -> None:
    columns = trial()
    y = columns[Role.OUTCOME].copy()
    y[:20:2] = np.nan
    effect = answered(table_of({**columns, Role.OUTCOME: y}), "randomised", lot=Lot.PERSONS)
    assert effect.grading.lost == pytest.approx(10 / 60)
    assert effect.grading.lost_apart == pytest.approx(1 / 3)
    assert effect.weaknesses[0].code == "lost_apart"


def test_yes_or_no_uses_the_variance_that_fits() -> None:
    columns = {Role.TREATED: np.repeat([0, 1], 40), Role.OUTCOME: np.tile([0, 1, 1, 0, 1], 16)}
    columns[Role.OUTCOME][:10] = 0
    effect = answered(table_of(columns), "randomised")
    assert (effect.scale, effect.method.variance) == (Scale.SHARE, "hc3")
    assert "not_by_lot" in effect.grading.broken


def test_persons_of_one_group_do_not_count_as_many() -> None:
    effect = answered(table_of(clusters(12, 40)), lot=Lot.CLUSTERS)
    means, persons = effect.quantity("cluster_means"), effect.quantity("as_persons")
    # Groups of one size: the variance of groups is that of their means.
    assert effect.estimate == pytest.approx(means.value)
    assert effect.error == pytest.approx(means.error, rel=1e-9)
    assert effect.freedom == pytest.approx(10)
    assert persons.error is not None
    assert persons.error < 0.6 * effect.error
    assert effect.grading.groups == 6
    assert "few_groups" in effect.grading.broken


def test_intraclass_correlation_of_extremes() -> None:
    groups = np.repeat(np.arange(5), 4)
    assert intraclass(groups.astype(float), groups) == pytest.approx(1.0)
    assert intraclass(np.tile([1.0, 2.0, 3.0, 4.0], 5), groups) == 0.0


def test_a_group_on_both_sides_is_refused() -> None:
    columns = clusters()
    columns[Role.TREATED][0] = 1 - columns[Role.TREATED][0]
    with pytest.raises(DocumentError, match="both sides"):
        answered(table_of(columns), "clusters")


def test_which_arm_is_compared_with_must_be_known() -> None:
    columns = {Role.GROUP: np.repeat(["walk", "talk", "wait"], 8), Role.OUTCOME: np.arange(24.0)}
    with pytest.raises(DocumentError, match="which group"):
        answered(table_of(columns), "randomised")
    effect = answered(table_of(columns), "randomised", control="wait", treated="talk")
    assert effect.estimate == pytest.approx(-8)
    assert effect.quantity("arm.walk").value == pytest.approx(-16)
    assert [arm.name for arm in effect.arms] == ["talk", "walk", "wait"]
