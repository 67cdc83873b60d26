"""Every change to pilots."""

from .measurements import Taken, Typed, take_file, take_typed
from .planning import amend, draft, redraft, register
from .working import (
    hold_meeting,
    keep_risk,
    open_framework,
    plan_milestone,
    reach_milestone,
    write_iteration,
)

__all__ = [
    "Taken",
    "Typed",
    "amend",
    "draft",
    "hold_meeting",
    "keep_risk",
    "open_framework",
    "plan_milestone",
    "reach_milestone",
    "redraft",
    "register",
    "take_file",
    "take_typed",
    "write_iteration",
]
