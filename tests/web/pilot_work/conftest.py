"""The registered pilot of the tests of its app, in the region of these pages."""

import pytest
from django.test import Client

from tests.apps.pilots.conftest import facts, initiative, lead, manager, mark, pilot, reader
from vliegwiel.apps.regions.models import User

__all__ = ["facts", "initiative", "lead", "manager", "mark", "pilot", "reader"]


@pytest.fixture
def as_lead(client: Client, lead: User) -> Client:
    client.force_login(lead)
    return client


@pytest.fixture
def as_manager(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client
