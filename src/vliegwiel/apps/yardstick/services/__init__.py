"""Every change to the yardstick."""

from .defining import define, load_library
from .targeting import read_off, set_target

__all__ = ["define", "load_library", "read_off", "set_target"]
