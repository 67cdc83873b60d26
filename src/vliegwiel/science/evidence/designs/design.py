"""What a design is: how its sites are found, what it needs, and the test that it promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .seen import Seen, Tested


@dataclass(frozen=True, slots=True)
class Design:
    """A way to learn whether a pilot works.

    Attributes:
        examine: the test, as it would be done on the data of each pilot.
        compares: whether sites without the pilot are looked at.
        drawn: what is drawn by lot: nothing, the ``sites`` of the pilot, the ``youths`` within
            them, or the ``order`` in which the sites begin.
        least_before, least_after: months before and after the start without which nothing can be
            said.
        least_sites, least_compared: municipalities with and without the pilot without which the
            test cannot speak at 5 per cent.
    """

    id: str
    examine: Callable[[Seen], Tested]
    compares: bool
    drawn: Literal["none", "sites", "youths", "order"]
    least_before: int
    least_after: int
    least_sites: int
    least_compared: int
