"""A region in which messages about invented youths are kept."""

import pytest

from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role

from . import kept


@pytest.fixture
def region(db: None) -> Region:
    return kept.make_region()


@pytest.fixture
def analyst(region: Region) -> User:
    return kept.make_person(region, Role.ANALYST)


@pytest.fixture
def reader(region: Region) -> User:
    return kept.make_person(region, Role.READER)
