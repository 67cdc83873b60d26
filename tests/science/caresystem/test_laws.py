"""The laws that are checked in every run: a run that breaks one is told, and which one it is."""

from __future__ import annotations

import pytest

from vliegwiel.science.caresystem import (
    CareSystem,
    Check,
    Forecast,
    Outcome,
    Scenario,
    forecast,
)

from .broken_runs import DAMAGE, LAWS, damage_run

#: Replications and months; each replication runs both arms.
SIZE = {"replications": 4, "months": 12}


def laws(made: Forecast) -> dict[str, Check]:
    return {check.code: check for check in made.checks if check.code in LAWS}


def test_sound_runs_obey_both(system: CareSystem, scenario: Scenario) -> None:
    found = laws(forecast(system, scenario, **SIZE))
    assert {code: check.outcome for code, check in found.items()} == dict.fromkeys(
        LAWS, Outcome.PASSED
    )
    assert float(found["conservation"].params["worst"]) == 0.0  # whole numbers are exact
    assert 0.0 < float(found["little"].params["worst"]) < 1e-12


@pytest.mark.parametrize("what", DAMAGE)
@pytest.mark.parametrize("number", [0, 5])
def test_one_damaged_run_in_either_arm_is_told(
    system: CareSystem,
    scenario: Scenario,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    number: int,
) -> None:
    damage_run(monkeypatch, what, number)
    found = laws(forecast(system, scenario, **SIZE))
    broken = {code for code, check in found.items() if check.outcome is Outcome.FAILED}
    assert broken == DAMAGE[what][1]
    assert set(found) == LAWS
    for code, check in found.items():
        assert ("at least one run" in check.sentence) == (code in broken)
