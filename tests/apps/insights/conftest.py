"""A region with the insights that ship for it."""

import pytest

from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.insights.services import load_shipped
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import make_user, system_user


@pytest.fixture
def system(db: None) -> User:
    return system_user()


@pytest.fixture
def region(db: None) -> Region:
    return Region.objects.create(code="JZ07", slug="ijsselland", name="IJsselland")


@pytest.fixture
def loaded(region: Region, system: User) -> Region:
    load_sources(by=system)
    load_shipped(region=region, by=system)
    return region


@pytest.fixture
def manager(region: Region) -> User:
    return make_user(
        email="manager@example.nl",
        name="Manager",
        password="x" * 12,
        roles=[(region, Role.PROGRAMME_MANAGER)],
    )


@pytest.fixture
def reader(region: Region) -> User:
    return make_user(
        email="lezer@example.nl", name="Lezer", password="x" * 12, roles=[(region, Role.READER)]
    )
