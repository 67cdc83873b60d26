"""Every change to pilots."""

from .describing import keep_written
from .examples import register_example
from .measurements import Taken, Typed, take_file, take_typed
from .planning import amend, draft, redraft, register
from .uploads import (
    ask_care_data,
    begin_upload,
    give_up_upload,
    is_long,
    lock_of,
    work_on_upload,
)
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
    "ask_care_data",
    "begin_upload",
    "draft",
    "give_up_upload",
    "hold_meeting",
    "is_long",
    "keep_risk",
    "keep_written",
    "lock_of",
    "open_framework",
    "plan_milestone",
    "reach_milestone",
    "redraft",
    "register",
    "register_example",
    "take_file",
    "take_typed",
    "work_on_upload",
    "write_iteration",
]
