"""Whether care goes on: gaps to look into, the checklist of what must stand, and case reviews."""

from .errors import ContinuityError, NotThere, Refused
from .free_text import Trace, traces_of

__all__ = ["ContinuityError", "NotThere", "Refused", "Trace", "traces_of"]
