"""Two regions with their municipalities, somebody of each role, and a key of their own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from vliegwiel.apps.intake import services
from vliegwiel.apps.intake.services import Delivered
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import (
    RegionFacts,
    load_regions,
    make_user,
    system_user,
)

from . import messages

Deliver = Callable[..., Delivered]


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path: Path) -> Path:
    """The key of these tests is made for them, in a folder of their own."""
    settings.PSEUDONYM_KEY = ""
    settings.PSEUDONYM_KEY_FILE = tmp_path / "data" / "pseudonym-key"
    return Path(settings.PSEUDONYM_KEY_FILE)


@pytest.fixture
def region(db: None) -> Region:
    facts = [
        RegionFacts(
            "JZ07",
            "IJsselland",
            [(messages.MUNICIPALITY, "Zwolle"), ("0150", "Deventer")],
            date(2023, 1, 1),
        ),
        RegionFacts("JZ14", "Twente", [("0153", "Enschede")], date(2023, 1, 1)),
    ]
    load_regions(regions=facts, by=system_user())
    return Region.objects.get(code="JZ07")


@pytest.fixture
def twente(region: Region) -> Region:
    return Region.objects.get(code="JZ14")


@pytest.fixture
def analyst(region: Region, twente: Region) -> User:
    roles = [(region, Role.ANALYST), (twente, Role.ANALYST)]
    return make_user(email="anna@example.nl", name="Anna", password="x" * 12, roles=roles)


@pytest.fixture
def reader(region: Region) -> User:
    return make_user(
        email="raad@example.nl", name="Raad", password="x" * 12, roles=[(region, Role.READER)]
    )


@pytest.fixture
def deliver(region: Region, analyst: User) -> Deliver:
    """Delivers files to the region, given as name=content or as a mapping."""

    def with_files(contents: dict[str, bytes], **more: Any) -> Delivered:
        given = {"region": region, "by": analyst, **more}
        return services.deliver(files=messages.files(contents), **given)

    return with_files
