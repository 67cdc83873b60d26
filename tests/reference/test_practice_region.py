"""The practice region ships as an example of all that a document holds but moving, made up."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tools import practice_region
from vliegwiel import reference
from vliegwiel.science.caresystem import (
    CareSystem,
    ForecastPlan,
    Scenario,
    read_care_system,
    read_scenario,
)
from vliegwiel.science.caresystem.measuring import MEASURED, TOLERANCE


@pytest.fixture(scope="module")
def system() -> CareSystem:
    file = reference.care_system_file("oefenregio")
    assert file is not None
    return read_care_system(file.content)


@pytest.fixture(scope="module")
def scenario(system: CareSystem) -> Scenario:
    (file,) = reference.scenario_files(system.id)
    return read_scenario(file.content, system)


def test_the_files_are_what_the_tool_makes() -> None:
    """When this fails: python tools/practice_region.py."""
    for path, wanted in practice_region.files().items():
        assert path.read_text(encoding="utf-8") == wanted


def test_nobody_can_take_it_for_a_region(system: CareSystem, scenario: Scenario) -> None:
    codes = {row.region_code for row in reference.municipality_rows()}
    towns = {row.code for row in reference.municipality_rows()}
    assert system.region not in codes
    assert towns.isdisjoint(m.code for m in system.municipalities)
    for title in (system.title, scenario.title):
        assert "verzonnen" in title.nl
        assert "made up" in title.en
    assert [source.id for source in system.sources] == ["made-up"]


def fields(document: Any) -> set[str]:
    """Every name that occurs anywhere in a document."""
    if isinstance(document, dict):
        return set(document).union(*map(fields, document.values()))
    if isinstance(document, list):
        return set().union(*map(fields, document))
    return set()


@pytest.mark.parametrize(
    "part",
    [
        "ages", "ages_at_start", "ceiling", "cost_per_day_steps", "extension", "leave_to",
        "next_without_success", "observed", "priorities", "probability_without_success",
        "providers", "returning_at_start", "season", "steps", "success", "trend", "until_age",
    ],
)  # fmt: skip
def test_it_shows_every_part(part: str) -> None:
    assert part in fields(practice_region.care_system())


def test_it_shows_every_kind() -> None:
    text = json.dumps(practice_region.care_system())
    for kind in ("free", "places", "budget", "several", "printed", "assumed", "derived"):
        assert f'"kind": "{kind}"' in text
    for rule in ("shortest_queue", "one_queue"):
        assert f'"queue": "{rule}"' in text
    shapes = ("exponential", "gamma", "lognormal", "weibull", "fixed", "observed")
    assert all(f'"distribution": "{shape}"' in text for shape in shapes)


@pytest.mark.slow
def test_it_can_be_simulated_with_the_care_that_is_not_there_yet(
    system: CareSystem, scenario: Scenario
) -> None:
    plan = ForecastPlan(system, scenario, months=48, replications=8)
    done = [plan.simulate(r, plan.draws(r)) for r in range(plan.replications)]
    assert max(replication.discrepancies.max() for replication in done) < TOLERANCE
    found = np.stack([replication.measured for replication in done]).mean(axis=0)
    starts = found[:, MEASURED.index("starts"), :, plan.whole.care_type_ids.index("home_team")]
    assert (starts[0] == 0).all()
    assert starts[1, 24:].sum() > 20
    waiting = found[:, MEASURED.index("waiting"), -1, system.care_type_ids.index("residential")]
    assert waiting[1] < waiting[0]


@pytest.mark.slow
def test_it_begins_in_balance(system: CareSystem) -> None:
    """Nobody is misled by a beginning that is all running in."""
    plan = ForecastPlan(system, None, months=48, replications=20)
    runs = [plan.simulate(r, {}).measured[0] for r in range(plan.replications)]
    present = np.stack(runs).mean(axis=0)[MEASURED.index("in_care")]
    begin, end = present[:3].mean(axis=0), present[-12:].mean(axis=0)
    assert np.abs(end - begin).max() < 0.1 * begin.max()
    assert end.sum() == pytest.approx(begin.sum(), rel=0.1)
