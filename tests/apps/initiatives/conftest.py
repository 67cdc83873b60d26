"""A region with people, and an initiative in it."""

import pytest

from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.initiatives import Facts, services
from vliegwiel.apps.initiatives.models import Initiative
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
def manager(region: Region) -> User:
    return person(region, "manager@example.nl", Role.PROGRAMME_MANAGER)


@pytest.fixture
def provider(region: Region) -> User:
    return person(region, "provider@example.nl", Role.PROJECT_LEAD)


@pytest.fixture
def reader(region: Region) -> User:
    return person(region, "reader@example.nl", Role.READER)


def person(region: Region, email: str, role: Role) -> User:
    return make_user(
        email=email, name=email.split("@", maxsplit=1)[0], password="x" * 12, roles=[(region, role)]
    )


@pytest.fixture
def initiative(region: Region, provider: User) -> Initiative:
    """An idea that a provider wrote down."""
    facts = Facts(
        title="Behandeling thuis bij crisis",
        summary="Jongeren in een psychiatrische crisis krijgen intensieve behandeling thuis.",
        themes=("client_management",),
        weight="heavy",
    )
    return Initiative.objects.get(pk=services.start(region=region, facts=facts, by=provider))


@pytest.fixture
def catalogued(system: User) -> int:
    load_sources(by=system)
    return services.load_catalogue(by=system)
