"""Tries to find counts of fewer than ten youths from all that a generated region publishes.

python -m benchmarks.suppression_attack [--scales 0.01 0.05 0.2] [--months 27] [--seeds 2]

Of each region the published set of waits, the study of who waits, the waiting list, the quarterly
figures by provider and form and the gaps are made as the product makes them, on the last day of a
quarter. Somebody who has all of it and knows what the words mean (every sum, every part, which
quarter so many days ago was) looks with linear programmes for each small count how large it can be.
Told is how many counts there are, are shown and are small, and of how many of these it is certain
that they are below ten, or how many they are exactly; there must be none.
"""

from __future__ import annotations

import argparse
import time
from datetime import date

from tests.science.trajectories.whole_attack import everything, published
from vliegwiel.science.ijw import NamedBytes, Pseudonyms, read_files
from vliegwiel.science.regionbox import BoxOptions, box_of, monthly_messages
from vliegwiel.science.trajectories import Choices, Trajectories, delivery_begin, derive

from .shipped import ijsselland

_AFTERWARDS = date(2060, 1, 1)


def region(scale: float, months: int, seed: int, on: date) -> Trajectories:
    """What is known of a generated region on a day, from its messages."""
    options = BoxOptions(
        scale=scale, months=months, seed=seed, declarations=False, start=date(2024, 1, 1)
    )
    files = (
        NamedBytes(message.name, message.content)
        for _month, made in monthly_messages(box_of(ijsselland(), options))
        for message in made
    )
    records = read_files(files, Pseudonyms(bytes(32)), today=_AFTERWARDS).records
    return derive(records, known=on, choices=Choices(observed_from=delivery_begin(records)))


def main() -> None:
    """Attack every region, and end with status 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scales", type=float, nargs="+", default=[0.01, 0.05, 0.2])
    parser.add_argument("--months", type=int, default=27)
    parser.add_argument("--seeds", type=int, default=2)
    asked = parser.parse_args()
    on = date(2026, 3, 31)
    print("| scale | seed | counts | shown | small | given away | seconds |\n"
          "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")  # fmt: skip
    found: list[str] = []
    for scale in asked.scales:
        for seed in range(1, asked.seeds + 1):
            begun = time.process_time()
            derived = region(scale, asked.months, seed, on)
            known = everything(derived, on, published(derived, on))
            given = list(known.uncovered())
            small = sum(map(known.is_small, known.members))
            print(f"| {scale:g} | {seed} | {len(known.members)} | {len(known.seen)} | {small} |"
                  f" {len(given)} | {time.process_time() - begun:.0f} |", flush=True)  # fmt: skip
            found += given
    for line in found:
        print(line)
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
