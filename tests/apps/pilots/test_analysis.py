"""Every registered design reads the measurements in its own way and finds the effect put in."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from vliegwiel.apps.pilots.analysis import Found, Measured, RegisteredOutcome, result_of
from vliegwiel.science.evidence.effects import Labels

PLAN = RegisteredOutcome(
    name="Uitkomst",
    unit="cijfer",
    better="higher",
    smallest_relevant=0.5,
    relevant_per_cent=False,
    claim="any_effect",
    design="differences",
    lot="nothing",
    alpha=0.05,
    tuning_size=240,
    reach="own_region",
    registered_on=date(2025, 12, 20),
    starts_on=date(2026, 1, 1),
)


def places(
    effect: float, *, months: int = 24, count: int = 20, staggered: bool = False
) -> Measured:
    """Places followed each month of 2025 and 2026; half of them start, at once or in turn."""
    rng = np.random.default_rng(7)
    first = np.datetime64("2025-01", "M")
    starts = [
        date(2026, 1 + (2 * place if staggered else 0) % 11, 1) if place < count // 2 else None
        for place in range(count)
    ]
    place, month = (part.ravel() for part in np.indices((count, months)))
    begun = np.array(
        [
            starts[p] is not None and first + m >= np.datetime64(starts[p], "M")
            for p, m in zip(place, month, strict=True)
        ]
    )
    value = 6 + 0.05 * place + rng.normal(0, 0.2, len(place)) + effect * begun
    day = (first + month).astype("datetime64[D]") + 14
    return measured(
        [one is not None for one in starts], starts, place, value, day, unit=place.astype(str)
    )


def measured(
    treated: list[bool],
    starts: list[date | None],
    group: np.ndarray,
    value: np.ndarray,
    day: np.ndarray,
    *,
    unit: np.ndarray,
    ended: np.ndarray | None = None,
) -> Measured:
    nothing = np.full(len(value), np.nan)
    return Measured(
        names=tuple(f"g{number}" for number in range(len(treated))),
        treated=tuple(treated),
        starts=tuple(starts),
        group=group.astype(np.int64),
        unit=Labels.of(unit.astype(object)),
        day=day.astype("datetime64[D]"),
        moment=day.astype("datetime64[M]").astype("datetime64[D]"),
        value=value.astype(np.float64),
        size=nothing,
        baseline=nothing,
        ended=np.full(len(value), -1) if ended is None else ended.astype(np.int64),
    )


def persons(design: str, effect: float) -> Measured:
    """Four hundred persons in two arms, measured once."""
    rng = np.random.default_rng(3)
    arm = np.arange(400) % 2
    day = np.datetime64("2026-02-01") + np.arange(400) % 150
    if design == "survival":
        value = rng.exponential(np.where(arm == 0, 60 * (1 - effect), 60))
        seen = value < 120
        return measured(
            [True, False], [None, None], arm, np.minimum(value, 120), day,
            unit=np.arange(400).astype(str), ended=seen,
        )  # fmt: skip
    value = rng.normal(6, 1, 400) + effect * (arm == 0)
    return measured([True, False], [None, None], arm, value, day, unit=np.arange(400).astype(str))


def shown(found: Found) -> tuple[str, str]:
    assert found.effect is not None, found.faults
    assert found.decision is not None
    return found.effect.design, found.decision.verdict


@pytest.mark.parametrize("design", ["differences", "staggered"])
def test_places_before_and_since(design: str) -> None:
    table = places(1.0, staggered=design == "staggered")
    found = result_of(replace(PLAN, design=design), table)
    assert shown(found) == (design, "hard")
    assert found.effect is not None
    assert found.effect.estimate == pytest.approx(1.0, abs=0.1)
    assert found.first_measured_on == date(2026, 1, 15)


def test_without_an_effect_it_is_too_small_to_matter() -> None:
    found = result_of(PLAN, places(0.0))
    assert shown(found)[1] in {"not_yet", "not_relevant"}


def test_a_weak_design_gives_no_hard_evidence() -> None:
    alone = places(1.0, count=2)
    first = alone.group == 0
    one = replace(
        alone,
        unit=alone.unit.only(first),
        **{
            name: getattr(alone, name)[first]
            for name in ("group", "day", "moment", "value", "size", "baseline", "ended")
        },
    )
    found = result_of(replace(PLAN, design="interrupted", tuning_size=12), one)
    assert shown(found)[1] != "hard"


def test_persons_by_lot() -> None:
    found = result_of(replace(PLAN, design="randomised", lot="persons"), persons("randomised", 1.0))
    assert shown(found) == ("randomised", "hard")
    assert found.grade is not None
    assert found.grade.level == 5


def test_waiting_times_that_have_not_all_ended() -> None:
    plan = replace(PLAN, design="survival", lot="persons", better="lower", smallest_relevant=5.0)
    found = result_of(plan, persons("survival", 0.5))
    assert shown(found) == ("survival", "hard")
    assert found.effect is not None
    assert found.effect.estimate < 0


def test_a_smallest_effect_on_another_scale_gives_no_verdict() -> None:
    found = result_of(replace(PLAN, relevant_per_cent=True), places(1.0))
    assert found.effect is not None
    assert found.decision is None
    assert [fault.code for fault in found.faults] == ["relevance_as_per_cent"]


def test_measurements_that_do_not_fit_the_design_say_what_lacks() -> None:
    found = result_of(replace(PLAN, design="randomised", lot="persons"), places(1.0))
    assert (found.effect, found.decision) == (None, None)
    assert {fault.code for fault in found.faults} == {"row_twice", "and_more"}
