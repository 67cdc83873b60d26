"""Every change: search for gaps, do something about one, fill the checklist, review a case."""

from .checklist import add_item, answer_item, load_checklist
from .gaps import note_read, set_status
from .reviews import add_review, observe
from .searching import refresh, refresh_all, search

__all__ = [
    "add_item",
    "add_review",
    "answer_item",
    "load_checklist",
    "note_read",
    "observe",
    "refresh",
    "refresh_all",
    "search",
    "set_status",
]
