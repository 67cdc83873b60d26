"""How much memory a process came to."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

#: getrusage counts memory in units of this many bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024
_STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """The largest memory that this process ever had in use.

    On Linux getrusage counts what the process that started this one came to as well.
    """
    if _STATUS.exists():
        (line,) = (line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 1e6
