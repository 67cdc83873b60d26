"""What may be asked of a run, and what is asked of it when nobody says."""

from collections.abc import Mapping

#: Lowest and highest.
LIMITS: Mapping[str, tuple[int, int]] = {
    "months": (12, 120),
    "replications": (20, 1000),
    "seed": (0, 2**63 - 1),
}
DEFAULTS: Mapping[str, int] = {"months": 60, "replications": 200, "seed": 1}
