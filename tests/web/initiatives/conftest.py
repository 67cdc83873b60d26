"""The small region of `tests.explorer_world`, with people who work on initiatives."""

import pytest

from tests.explorer_world import analyst, care_system, lead, make_user, reader, region
from vliegwiel.apps.initiatives import Facts, services
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role

__all__ = ["analyst", "care_system", "lead", "reader", "region"]


@pytest.fixture
def manager(region: Region) -> User:
    return make_user(region, Role.PROGRAMME_MANAGER)


@pytest.fixture
def idea(region: Region, lead: User) -> int:
    """What a provider wrote down."""
    facts = Facts(
        title="Behandeling thuis bij crisis",
        summary="Jongeren in een psychiatrische crisis krijgen intensieve behandeling thuis.",
        themes=("client_management",),
    )
    return services.start(region=region, facts=facts, by=lead)
