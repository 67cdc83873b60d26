"""Every change to what is derived: ask for it, stop it, work on it, and make it anew."""

from .asking import cancel, order, refresh, refresh_all
from .working import work_on_snapshot

__all__ = ["cancel", "order", "refresh", "refresh_all", "work_on_snapshot"]
