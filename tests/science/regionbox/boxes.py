"""Small regions in a box, made once for the tests of this folder, and their messages read."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from vliegwiel import reference
from vliegwiel.science.caresystem import CareSystem, read_care_system
from vliegwiel.science.ijw import NamedBytes, Pseudonyms, Reading, read_files
from vliegwiel.science.regionbox import Box, BoxOptions, Message, box_of, monthly_messages

PSEUDONYMS = Pseudonyms(b"a key of thirty-two bytes, or so")
#: After the last day of every region here.
TODAY = date(2030, 1, 1)


@cache
def ijsselland() -> CareSystem:
    file = reference.care_system_file("ijsselland")
    assert file is not None
    return read_care_system(file.content)


@cache
def told_at_once() -> Box:
    """Everything happens in it, and its messages leave nothing out and are never late."""
    options = BoxOptions(
        scale=0.01, without_start=0.0, silent_providers=0.0, presumed=0.0, late_stops=0.0,
        corrected=0.0, removed=0.0, rejected=0.0, start_delay=0.0, stop_delay=0.0,
        assignment_delay=0, moves=0.1, new_contracts=0.3, renumbered=0.5, term_days=200,
        declarations=False, paused=0.2, seed=4,
    )  # fmt: skip
    return box_of(ijsselland(), options)


def messages(box: Box) -> Iterator[Message]:
    for _month, made in monthly_messages(box):
        yield from made


@cache
def reading_with_traits() -> Reading:
    return read(with_traits())


def read(box: Box) -> Reading:
    files = [NamedBytes(message.name, message.content) for message in messages(box)]
    region = frozenset(box.histories.municipalities)
    return read_files(files, PSEUDONYMS, today=TODAY, region=region)


@cache
def with_traits() -> Box:
    """A region whose messages are as messages are: late, missing, corrected, rejected."""
    options = BoxOptions(
        scale=0.008, months=24, without_start=0.2, silent_providers=0.2, presumed=0.3,
        late_stops=0.2, moves=0.1, new_contracts=0.3, corrected=0.2, removed=0.05, rejected=0.05,
        investigated=0.3, paused=0.2, lines_refused=0.05, seed=2,
    )  # fmt: skip
    return box_of(ijsselland(), options)


@cache
def tiny() -> Box:
    """Half a year of a very small region, to be written more than once."""
    return box_of(ijsselland(), BoxOptions(scale=0.002, months=6, seed=2))
