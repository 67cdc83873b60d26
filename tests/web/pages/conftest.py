"""IJsselland with its shipped figures and insights, Twente with its published waiting times."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from vliegwiel import reference
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.insights import services as insights
from vliegwiel.apps.regions import services
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role

PASSWORD = "an honest long password"


@pytest.fixture
def system(db: None) -> User:
    return services.system_user()


def _region(code: str, system: User) -> Region:
    rows = [row for row in reference.municipality_rows() if row.region_code == code]
    facts = services.RegionFacts(
        code=code,
        name=rows[0].region,
        municipalities=[(row.code, row.name) for row in rows],
        since=date(2026, 1, 1),
    )
    services.load_regions(regions=[facts], by=system)
    return Region.objects.get(code=code)


@pytest.fixture
def ijsselland(system: User) -> Region:
    region = _region("JZ07", system)
    figures.load_sources(by=system)
    figures.load_shipped_figures(region=region, by=system)
    insights.load_shipped(region=region, by=system)
    return region


@pytest.fixture
def twente(system: User) -> Region:
    region = _region("JZ14", system)
    figures.load_shipped_waiting_times(region=region, by=system)
    return region


Enter = Callable[..., Client]


@pytest.fixture
def enter(db: None) -> Enter:
    """`enter(Role.READER, region, ...)` is a browser in which that person is logged in."""

    def as_person(role: Role, *regions: Region) -> Client:
        user = services.make_user(
            email=f"{role.value}@gemeente.example",
            name="Anna Smit",
            password=PASSWORD,
            roles=[(region, role) for region in regions],
        )
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_person
