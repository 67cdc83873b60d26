"""A region with everything that the API tells, and people who ask."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.explorer_world import (  # noqa: F401
    PASSWORD,
    analyst,
    care_system,
    finished,
    lead,
    reader,
    region,
    scenario,
)
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.insights import services as insights
from vliegwiel.apps.regions import services as regions
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role


@pytest.fixture
def full(region: Region) -> Region:  # noqa: F811
    """The region with its shipped figures and insights."""
    by = regions.system_user()
    figures.load_sources(by=by)
    figures.load_shipped_figures(region=region, by=by)
    insights.load_shipped(region=region, by=by)
    return region


@pytest.fixture
def twente(db: None) -> Region:
    """A region with published waiting times."""
    found = Region.objects.create(code="JZ14", slug="twente", name="Twente")
    by = regions.system_user()
    figures.load_sources(by=by)
    figures.load_shipped_waiting_times(region=found, by=by)
    return found


@pytest.fixture
def ask(client: Client) -> Callable[[User], Client]:
    def as_user(user: User) -> Client:
        client.force_login(user)
        return client

    return as_user


@pytest.fixture
def everywhere(region: Region, twente: Region) -> User:  # noqa: F811
    """Somebody with every right in both regions."""
    return regions.make_user(
        email="all@example.org",
        name="All",
        password=PASSWORD,
        roles=[(place, role) for place in (region, twente) for role in Role],
    )
