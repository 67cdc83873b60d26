"""What a region in a box costs, and what is done with its messages, above parsing them.

python -m benchmarks.box [--scale 0.2] [--months 12] [--rounds 3]

The floor is libxml2 by way of lxml on the same messages, one after the other, in CPU time of this
process: making the region, writing its messages, reading them and deriving trajectories from them
are told as multiples of it. That the trajectories are true is what the tests hold.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from lxml import etree

from vliegwiel.science.ijw import NamedBytes, Pseudonyms, read_files
from vliegwiel.science.ijw.opening import PARSER
from vliegwiel.science.regionbox import Box, BoxOptions, box_of, monthly_messages
from vliegwiel.science.trajectories import derive

from .findings import Finding, as_table, ratios
from .shipped import ijsselland

Say = Callable[[str], None]
_Made = TypeVar("_Made")
#: Of every region that can be made.
_AFTERWARDS = date(2060, 1, 1)


def timed(work: Callable[..., _Made], *given: object) -> tuple[_Made, float]:
    """What some work gives, and its CPU seconds."""
    begin = time.process_time()
    made = work(*given)
    return made, time.process_time() - begin


def messages_of(box: Box) -> list[NamedBytes]:
    """Every message of a region as a file."""
    return [
        NamedBytes(message.name, message.content)
        for _month, messages in monthly_messages(box)
        for message in messages
    ]


def parsed(files: list[NamedBytes]) -> None:
    """The floor."""
    for file in files:
        etree.fromstring(file.content, PARSER)


def measured(rounds: int, say: Say, options: BoxOptions) -> Iterator[Finding]:
    """CPU seconds of each step by round, over those of parsing."""
    system = ijsselland()
    names = ("making the region", "writing its messages", "reading them", "deriving from them")
    taken: dict[str, list[float]] = {name: [] for name in names}
    floors = []
    box_of(system, options)  # the kernel is compiled or loaded
    for turn in range(1, rounds + 1):
        box, making = timed(box_of, system, options)
        files, writing = timed(messages_of, box)
        _, floor = timed(parsed, files)
        reading, seconds = timed(
            partial(read_files, today=_AFTERWARDS), files, Pseudonyms(bytes(32))
        )
        known = box.options.day(box.courses.last) + timedelta(days=10)
        found, deriving = timed(partial(derive, known=known), reading.records)
        if reading.findings or found.orphans:
            raise RuntimeError("the messages of the region are not read as they were meant")
        floors.append(floor)
        for name, cost in zip(names, (making, writing, seconds, deriving), strict=True):
            taken[name].append(cost)
        say(f"box, round {turn}: {making + writing:.1f} s made, {seconds + deriving:.1f} s read")
    youths, size = box.histories.youths, sum(len(f.content) for f in files)
    what = f"{len(files):,} messages of {youths:,} youths ({size / 1e6:.0f} MB)"
    for name in names:
        yield Finding(f"{name}, {what} / parsing", ratios(taken[name], floors), "x", None)
    made_in = zip(taken[names[0]], taken[names[1]], strict=True)
    speeds = tuple(youths / sum(seconds) for seconds in made_in)
    yield Finding("youths made and written in a second of one core", speeds, "", None)


def main() -> None:
    """Time all of it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=0.2)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    options = BoxOptions(scale=asked.scale, months=asked.months)
    print(as_table(list(measured(asked.rounds, print, options))))


if __name__ == "__main__":
    main()
