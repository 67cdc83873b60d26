"""Who may do what, as a table."""

import pytest
from django.contrib.auth.models import AnonymousUser

from vliegwiel.apps.regions import NotAllowed, rights, services
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.rights import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return Region.objects.create(code="JZ10", slug="ijsselland", name="IJsselland")


@pytest.mark.parametrize(
    ("role", "right", "answer"),
    [
        (Role.READER, "region.view", True),
        (Role.READER, "forecast.run", False),
        (Role.READER, "insights.prioritise", False),
        (Role.PROJECT_LEAD, "forecast.run", True),
        (Role.PROJECT_LEAD, "waiting_times.deliver", False),
        (Role.ANALYST, "waiting_times.deliver", True),
        (Role.ANALYST, "insights.prioritise", False),
        (Role.PROGRAMME_MANAGER, "insights.prioritise", True),
    ],
)
def test_role_gives_right(region: Region, role: Role, right: str, answer: bool) -> None:
    user = services.make_user(
        email="a@b.example", name="A", password="x" * 12, roles=[(region, role)]
    )
    assert rights.may(user, right, region) is answer
    assert user.has_perm(f"regions.{right}", region) is answer


def test_role_counts_in_its_own_region_only(region: Region) -> None:
    other = Region.objects.create(code="JZ14", slug="twente", name="Twente")
    user = services.make_user(
        email="a@b.example", name="A", password="x" * 12, roles=[(region, Role.ANALYST)]
    )
    assert not rights.may(user, "region.view", other)


def test_visitor_and_dismissed_person_may_nothing(region: Region) -> None:
    user = services.make_user(
        email="a@b.example", name="A", password="x" * 12, roles=[(region, Role.ANALYST)]
    )
    user.is_active = False
    assert not rights.may(user, "region.view", region)
    assert not rights.may(AnonymousUser(), "region.view", region)


def test_require_names_the_right_and_the_region(region: Region) -> None:
    with pytest.raises(NotAllowed) as caught:
        rights.require(AnonymousUser(), "forecast.run", region)
    assert (caught.value.right, caught.value.region_code) == ("forecast.run", "JZ10")
