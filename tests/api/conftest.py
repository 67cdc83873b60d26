"""A region with everything that the API tells, and people who ask."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.apps.trajectories.kept import keep_crowd
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
from vliegwiel.apps.agenda import services as agenda
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.insights import services as insights
from vliegwiel.apps.regions import services as regions
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.trajectories import services as trajectories


@pytest.fixture
def full(region: Region) -> Region:  # noqa: F811
    """The region with its shipped figures and insights."""
    by = regions.system_user()
    figures.load_sources(by=by)
    figures.load_shipped_figures(region=region, by=by)
    insights.load_shipped(region=region, by=by)
    agenda.load_example_versions(region=region, by=by)
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
def counted(region: Region) -> None:  # noqa: F811
    """Waiting times of the region from messages about a few youths."""
    keep_crowd(region, 30)
    snapshot = trajectories.refresh(region=region)
    assert snapshot is not None
    trajectories.work_on_snapshot(snapshot_id=snapshot.pk)


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
