"""The region that ships with Vliegwiel, on which benchmarks simulate."""

from __future__ import annotations

from vliegwiel import reference
from vliegwiel.science.caresystem import CareSystem, read_care_system


def ijsselland() -> CareSystem:
    """The care system of IJsselland."""
    file = reference.care_system_file("ijsselland")
    if file is None:
        raise SystemExit("the care system of IJsselland does not ship")
    return read_care_system(file.content)
