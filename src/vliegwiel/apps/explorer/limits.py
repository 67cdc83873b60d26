"""What may be asked of a run, and what is asked of it when nobody says."""

from collections.abc import Mapping
from typing import TypedDict


class RunSettings(TypedDict):
    """What every run has."""

    months: int
    replications: int
    seed: int


#: Lowest and highest.
LIMITS: Mapping[str, tuple[int, int]] = {
    "months": (12, 120),
    "replications": (20, 1000),
    "seed": (0, 2**63 - 1),
}
DEFAULTS: RunSettings = {"months": 60, "replications": 200, "seed": 1}
