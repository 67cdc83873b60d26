"""Every change to an agenda."""

from .editing import remove_part, save_part
from .examples import load_example_versions, start_from_example
from .publishing import publish

__all__ = [
    "load_example_versions",
    "publish",
    "remove_part",
    "save_part",
    "start_from_example",
]
