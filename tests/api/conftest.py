"""A region with everything that the API tells, and people who ask."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.apps.trajectories.kept import keep_crowd
from tests.explored import explored
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
from vliegwiel.apps.initiatives import Facts
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.insights import services as insights
from vliegwiel.apps.pilots import GroupFacts, OutcomeFacts, PlanFacts
from vliegwiel.apps.pilots import services as pilots
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions import services as regions
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.trajectories import services as trajectories
from vliegwiel.apps.yardstick import TargetFacts
from vliegwiel.apps.yardstick import services as yardstick
from vliegwiel.apps.yardstick.models import IndicatorVersion


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
def planned(full: Region) -> Pilot:
    """A plan with an outcome of the yardstick, of which the region has a target."""
    by = regions.system_user()
    yardstick.load_library(by=by)
    mark = IndicatorVersion.objects.get(indicator__key="satisfaction")
    aim = TargetFacts(
        version=mark.pk,
        base=7.0,
        base_on=date(2026, 1, 1),
        percent=10.0,
        due_on=date(2028, 1, 1),
        reason="Agreed.",
    )
    yardstick.set_target(region=full, facts=aim, by=by)
    found = date(2026, 6, 1)
    yardstick.read_off(region=full, version=mark.pk, day=found, value=7.2, found_in="Survey", by=by)
    facts = PlanFacts(
        title="Proef in Zwolle",
        groups=(GroupFacts(key="met", name="Met", treated=True),),
        outcomes=(
            OutcomeFacts(
                version=mark.pk,
                smallest_relevant=0.5,
                expected_low=0.2,
                expected=0.5,
                expected_high=0.9,
            ),
        ),
    )
    idea = Facts(title="Thuis behandelen", summary="Thuis in plaats van opname.")
    pk = initiatives.start(region=full, facts=idea, by=by)
    return pilots.draft(initiative_id=explored(pk), facts=facts, by=by)


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
