"""What a release of the standard must bring to be read; each stands in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .records import Envelope, Record
from .sheet import Sheet


class ReadMessage(NamedTuple):
    """A message that was read. It has no records when all of them were set aside."""

    envelope: Envelope
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A release: the namespace of each kind of message, and how a message is read.

    ``read`` takes a sheet with the root; it gives None and refuses the sheet where the message
    cannot be believed. ``read_plain`` takes the text of a file and a sheet without a root, gives
    the same message as ``read``, and raises :class:`.sheet.Careful` whenever that takes more care.
    """

    name: str
    kinds: Mapping[str, str]
    read: Callable[[Sheet], ReadMessage | None]
    read_plain: Callable[[str, Sheet], ReadMessage]
