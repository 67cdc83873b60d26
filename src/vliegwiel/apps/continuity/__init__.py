"""Whether care goes on: gaps to look into, the checklist of what must stand, and case reviews."""

from .errors import ContinuityError, NotThere, Refused

__all__ = ["ContinuityError", "NotThere", "Refused"]
