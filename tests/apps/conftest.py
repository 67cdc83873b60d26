"""A region in which messages about invented youths can be kept, and people in it."""

import pytest

from tests.apps.trajectories import kept
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role


@pytest.fixture
def region(db: None) -> Region:
    return kept.make_region()


@pytest.fixture
def analyst(region: Region) -> User:
    return kept.make_person(region, Role.ANALYST)


@pytest.fixture
def reader(region: Region) -> User:
    return kept.make_person(region, Role.READER)
