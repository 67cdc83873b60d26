"""Tries to find counts of fewer than ten youths from all that a generated region publishes.

python -m benchmarks.suppression_attack [--scales 0.01 0.05 0.2] [--months 27] [--seeds 2]

Of each region the published set of waits, the study of who waits, the waiting list in waits and in
youths, the quarterly figures by provider and form, the gaps, the steps of the bridge to CBS, and
extensions and contract waves are made as the product makes them, on the last day of a quarter and
on that of the month before it. Somebody who has all of it and knows what the words mean (every sum,
every part, which quarter so many days ago was, which provider gives which forms, that who is helped
has a trajectory) looks with linear programmes for each small count how large it can be. Told is how
many counts there are, are shown and are small, and of how many of these it is certain that they are
below ten, or how many they are exactly: there must be none. Beside it stands how many are found
when small counts alone are hidden: there must be some.

A line "two days" is about somebody who kept the figures of the month before: what stayed, what came
and what went are counts too. The finder of offers, the comparison of stated with measured waits
and the API give rows of the published set as they stand, so they add nothing.

What it does not know: that messages are hardly ever corrected or late. Who believes so sees in the
figures of two days how much a quarter of decisions grew, and takes that for what came. Nor does it
know medians and percentiles, and who is behind a count.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import date

from tests.science.trajectories.attack_analysis import add_analysis
from tests.science.trajectories.attack_beside import add_bridge, add_youths, two_days
from tests.science.trajectories.knowledge import Knowledge, without_protection
from tests.science.trajectories.whole_attack import everything, published
from vliegwiel.science.ijw import NamedBytes, Pseudonyms, Record, read_files
from vliegwiel.science.regionbox import BoxOptions, box_of, monthly_messages
from vliegwiel.science.trajectories import (
    Choices,
    Trajectories,
    bridges,
    delivery_begin,
    derive,
)
from vliegwiel.science.trajectories.published import month_ends

from .shipped import ijsselland

_AFTERWARDS = date(2060, 1, 1)


def records_of(scale: float, months: int, seed: int) -> Sequence[Record]:
    """What the messages of a generated region tell."""
    options = BoxOptions(
        scale=scale, months=months, seed=seed, declarations=False, start=date(2024, 1, 1)
    )
    files = (
        NamedBytes(message.name, message.content)
        for _month, made in monthly_messages(box_of(ijsselland(), options))
        for message in made
    )
    return read_files(files, Pseudonyms(bytes(32)), today=_AFTERWARDS).records


def derived(records: Sequence[Record], on: date) -> Trajectories:
    """What is known on a day."""
    return derive(records, known=on, choices=Choices(observed_from=delivery_begin(records)))


def known_on(found: Trajectories, on: date) -> Knowledge:
    """Everything that is published of a day, with the truth behind it."""
    shown = published(found, on)
    know = everything(found, on, shown)
    add_youths(know, found, shown.overview.now)
    for bridge in bridges(found):
        add_bridge(know, found, bridge)
    add_analysis(know, found, on)
    return know


def attacked(name: str, know: Knowledge, bare: Knowledge | None) -> list[str]:
    """Tells of one attack in a line, and gives what was found.

    Raises RuntimeError when it finds nothing in `bare`, without the protection, either: then it is
    blind.
    """
    begun = time.process_time()
    given = list(know.uncovered())
    small = sum(map(know.is_small, know.members))
    without = len(list(bare.uncovered())) if bare is not None else "-"
    print(f"| {name} | {len(know.members)} | {len(know.seen)} | {small} | {len(given)} |"
          f" {without} | {time.process_time() - begun:.0f} |", flush=True)  # fmt: skip
    if not without:
        raise RuntimeError(f"{name}: nothing is found without protection")
    return [f"{name}: {line}" for line in given]


def main() -> None:
    """Attack every region, and end with status 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scales", type=float, nargs="+", default=[0.01, 0.05, 0.2])
    parser.add_argument("--months", type=int, default=27)
    parser.add_argument("--seeds", type=int, default=2)
    asked = parser.parse_args()
    before, on = month_ends(date(2026, 3, 31), 1)
    print("| scale, seed | counts | shown | small | given away | without protection | seconds |\n"
          "| :--- | ---: | ---: | ---: | ---: | ---: | ---: |")  # fmt: skip
    found: list[str] = []
    for scale in asked.scales:
        for seed in range(1, asked.seeds + 1):
            records = records_of(scale, asked.months, seed)
            now, then = (known_on(derived(records, day), day) for day in (on, before))
            bare = without_protection(now)
            found += attacked(f"{scale:g}, {seed}", now, bare)
            # Once and small: of two days it takes much longer.
            first = scale == min(asked.scales) and seed == 1
            both = two_days(without_protection(then), bare) if first else None
            found += attacked(f"{scale:g}, {seed}, two days", two_days(then, now), both)
    for line in found:
        print(line)
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
