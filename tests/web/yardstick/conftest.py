"""The people and the indicator of `tests.apps.pilots`, with a browser of who may change things."""

from tests.web.pilots.conftest import as_lead, as_manager, lead, manager, mark, reader, region

__all__ = ["as_lead", "as_manager", "lead", "manager", "mark", "reader", "region"]
