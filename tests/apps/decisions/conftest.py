"""A registered pilot with measurements, as in the tests of pilots."""

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

__all__ = ["facts", "initiative", "lead", "manager", "mark", "pilot", "reader", "region"]
