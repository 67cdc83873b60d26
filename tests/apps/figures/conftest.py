"""Two regions, the bibliography, and somebody of each role."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import make_user, system_user


@pytest.fixture
def in_english() -> Iterator[None]:
    """What is said is compared in English: the words that the code itself holds."""
    with translation.override("en"):
        yield


@pytest.fixture
def system(db: None) -> User:
    return system_user()


@pytest.fixture
def ijsselland(db: None) -> Region:
    return Region.objects.create(code="JZ07", slug="ijsselland", name="IJsselland")


@pytest.fixture
def twente(db: None) -> Region:
    return Region.objects.create(code="JZ14", slug="twente", name="Twente")


@pytest.fixture
def bibliography(system: User) -> None:
    load_sources(by=system)


@pytest.fixture
def reader(twente: Region, ijsselland: Region) -> User:
    roles = [(twente, Role.READER), (ijsselland, Role.READER)]
    return make_user(email="lezer@example.nl", name="Lezer", password="x" * 12, roles=roles)
