"""Waiting times that providers publish on their own pages."""

from collections.abc import Sequence

from .files import ReferenceFile, read_all


def published_waiting_time_files(region_slug: str) -> Sequence[ReferenceFile]:
    """The shipped deliveries of a region, oldest first; none for a region without them."""
    return read_all("published_waiting_times", start=f"{region_slug}-", end=".json")
