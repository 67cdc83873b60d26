"""The pilots of `tests.apps.pilots`, looked at through their pages."""

import pytest
from django.test import Client

from tests.apps.pilots.conftest import (
    facts,
    initiative,
    lead,
    manager,
    mark,
    pilot,
    reader,
    region,
)
from vliegwiel.apps.regions.models import User

__all__ = ["facts", "initiative", "lead", "manager", "mark", "pilot", "reader", "region"]


@pytest.fixture
def as_manager(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


@pytest.fixture
def as_lead(lead: User) -> Client:
    browser = Client()
    browser.force_login(lead)
    return browser
