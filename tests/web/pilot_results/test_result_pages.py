"""The result of a pilot, as somebody without statistics reads it."""

import pytest
from django.test import Client

from tests.pilot_worlds import WORLDS, measure, registered, satisfaction
from tests.web.answers import Enter, text
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(region: Region) -> User:
    return make_user(
        email="manager@example.nl",
        name="Marja",
        password="x" * 12,
        roles=[(region, Role.PROGRAMME_MANAGER)],
    )


@pytest.fixture
def as_reader(enter: Enter) -> Client:
    return enter(Role.READER)


def made(name: str, region: Region, by: User, *, measured: bool = True) -> int:
    world = WORLDS[name]
    pilot = registered(region, world, version=satisfaction(region, by), by=by)
    if measured:
        measure(pilot, world, by=by)
    return pilot


def address(pilot: int) -> str:
    return f"/regio/ijsselland/proeven/{pilot}/uitkomst/"


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("clear", "Het werkt: dit is hard bewijs"),
        ("nothing", "Het maakt geen verschil dat telt"),
        ("not_yet", "Het is nog niet te zeggen"),
        ("weak", "Het ziet er goed uit, maar het is geen hard bewijs"),
        ("wrong", "Het maakt het slechter"),
    ],
)
def test_the_verdict_of_what_is_true(
    name: str, verdict: str, region: Region, manager: User, as_reader: Client
) -> None:
    page = text(as_reader.get(address(made(name, region, manager))))
    assert verdict in page
