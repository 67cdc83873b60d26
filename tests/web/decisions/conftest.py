"""A pilot of waits in IJsselland, with people of that region and of another."""

import pytest

from tests.apps.pilots.conftest import initiative, lead, manager, reader, region
from tests.closing_loop import registered
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import make_user

__all__ = ["initiative", "lead", "manager", "reader", "region"]


@pytest.fixture
def pilot(initiative: int, region: Region, manager: User) -> int:
    return registered(initiative, region, manager)


@pytest.fixture
def other(region: Region) -> Region:
    return Region.objects.create(code="JZ08", slug="elders", name="Elders")


@pytest.fixture
def theirs(other: Region) -> User:
    return make_user(
        email="a@example.nl", name="A", password="x" * 12, roles=[(other, Role.PROGRAMME_MANAGER)]
    )
