"""All messages of a region, month by month, so that none but those of a month are in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from .box import Box
from .declarations import declarations_of
from .messages import Message, Writer, months_of


def monthly_messages(box: Box) -> Iterator[tuple[date, Iterator[Message]]]:
    """The first day of each month with messages, and its messages, made one by one.

    Those about who is there at the start are dated before it, but not before the standard began.
    """
    writer = Writer(box)
    for month, first, last in months_of(box):
        yield month, chain(writer.messages(first, last), declarations_of(box, month))
