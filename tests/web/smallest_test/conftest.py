"""The small region of `tests.explorer_world`."""

from tests.explorer_world import analyst, care_system, finished, lead, reader, region, scenario

__all__ = ["analyst", "care_system", "finished", "lead", "reader", "region", "scenario"]
