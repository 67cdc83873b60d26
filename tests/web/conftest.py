"""A site with one region and people in it."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from tests import shared_drawings
from tests.web.answers import Enter, entering
from vliegwiel.apps.regions import services
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role

PASSWORD = "an honest long password"


@pytest.fixture
def region(db: None) -> Region:
    return Region.objects.create(code="JZ10", slug="ijsselland", name="IJsselland")


@pytest.fixture
def analyst(region: Region) -> User:
    return services.make_user(
        email="anna@gemeente.example",
        name="Anna Smit",
        password=PASSWORD,
        roles=[(region, Role.ANALYST)],
    )


@pytest.fixture
def nothing_drawn_yet() -> None:
    """What other tests have drawn is forgotten."""
    shared_drawings.DRAWN.clear()


@pytest.fixture
def no_limits_used(db: None) -> None:
    cache.clear()


@pytest.fixture
def enter(region: Region) -> Enter:
    return entering(region)


@pytest.fixture
def log_in(analyst: User) -> Callable[[Client], Client]:
    """Logs a browser in through the login page, as a person does."""

    def with_password(client: Client) -> Client:
        answer = client.post("/account/login/", {"login": analyst.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return with_password
