"""Where the shipped files are."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

ROOT: Traversable = files("vliegwiel.reference")


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """A shipped file as the importers take it: its name and its bytes."""

    name: str
    content: bytes


def read_text(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def read_all(folder: str, *, start: str, end: str) -> Sequence[ReferenceFile]:
    """The files of a folder whose name starts and ends so, in the order of their names."""
    found = (item for item in ROOT.joinpath(folder).iterdir() if item.is_file())
    return [
        ReferenceFile(item.name, item.read_bytes())
        for item in sorted(found, key=lambda item: item.name)
        if item.name.startswith(start) and item.name.endswith(end)
    ]
