"""A region with people, and the instruments that ship."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.apps.trajectories import kept
from vliegwiel.apps.instruments import queries, services
from vliegwiel.apps.instruments.services import NewParty
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import system_user


@pytest.fixture(autouse=True)
def in_english(usual_language: None) -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def region(db: None) -> Region:
    found = kept.make_region()
    services.load_shipped(by=system_user())
    return found


@pytest.fixture
def lead(region: Region) -> User:
    return kept.make_person(region, Role.PROJECT_LEAD)


@pytest.fixture
def reader(region: Region) -> User:
    return kept.make_person(region, Role.READER)


@pytest.fixture
def other_region(region: Region) -> Region:
    return Region.objects.create(code="JZ42", slug="elders", name="Elders")


def instrument_id(region: Region, title: str) -> int:
    return next(line.id for line in queries.instrument_list(region) if line.title == title)


def opened(region: Region, title: str, *parties: str, by: User, name: str = "Round one") -> int:
    return services.open_round(
        region=region,
        instrument_id=instrument_id(region, title),
        title=name,
        parties=[NewParty(party) for party in parties],
        again_on=None,
        by=by,
    )


def detail(region: Region, pk: int) -> queries.RoundDetail:
    found = queries.round_detail(region, pk)
    assert found is not None
    return found


def answer(region: Region, pk: int, party: str, given: dict[str, str]) -> str:
    """Somebody answers for a party and hands it in; returns the secret."""
    line = next(line for line in detail(region, pk).parties if line.title == party)
    secret = services.begin_answer(invite=line.invite)
    services.save_answer(secret=secret, given=given, hand_in=True)
    return secret
