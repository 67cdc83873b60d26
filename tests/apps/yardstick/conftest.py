"""A region with people and the shipped library."""

import pytest

from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import make_user, system_user
from vliegwiel.apps.yardstick.services import load_library


@pytest.fixture
def region(db: None) -> Region:
    return Region.objects.create(code="JZ07", slug="ijsselland", name="IJsselland")


def person(region: Region, email: str, role: Role) -> User:
    return make_user(email=email, name=email, password="x" * 12, roles=[(region, role)])


@pytest.fixture
def manager(region: Region) -> User:
    return person(region, "manager@example.nl", Role.PROGRAMME_MANAGER)


@pytest.fixture
def reader(region: Region) -> User:
    return person(region, "reader@example.nl", Role.READER)


@pytest.fixture
def library(db: None) -> int:
    """How many definitions were kept."""
    load_sources(by=system_user())
    return load_library(by=system_user())
