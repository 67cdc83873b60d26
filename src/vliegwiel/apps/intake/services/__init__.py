"""Every change to care data: deliver, remove, settle how long they are kept."""

from vliegwiel.apps.intake.reading import Progress, Source, Watch

from .delivering import Delivered, deliver
from .handing import hand_over, stop_handover
from .mapping import settle_columns
from .removing import Removed, delete_delivery, delete_person
from .retaining import apply_retention, set_months_kept

__all__ = [
    "Delivered",
    "Progress",
    "Removed",
    "Source",
    "Watch",
    "apply_retention",
    "delete_delivery",
    "delete_person",
    "deliver",
    "hand_over",
    "set_months_kept",
    "settle_columns",
    "stop_handover",
]
