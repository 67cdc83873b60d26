"""The small sample care system and its scenario, read once for all tests: nothing changes them."""

import pytest

from vliegwiel.science.caresystem import CareSystem, Scenario, read_care_system, read_scenario

from . import samples


@pytest.fixture(scope="session")
def system() -> CareSystem:
    return read_care_system(samples.as_text(samples.care_system()))


@pytest.fixture(scope="session")
def scenario(system: CareSystem) -> Scenario:
    return read_scenario(samples.as_text(samples.scenario()), system)
