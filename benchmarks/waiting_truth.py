"""Waiting times of generated regions against what is true of them, with start messages missing.

python -m benchmarks.waiting_truth [--regions 40] [--scale 0.02] [--shares 0 0.05 0.2 0.5]

Every region is made anew, told in messages of which a share of the starts is missing, read and
derived as known on a day. The truth is the same curve of Kaplan and Meier from the waits
themselves, as they stand on that day with nothing missing. Told are, by clock and share:

bias        mean of estimate less truth, in days, over the regions
covered     of the regions with a figure, the share whose interval holds the truth of that region
alike       the same for the truth of all regions taken together, of which it is one
unknown     share of the regions in which the figure, or its truth, cannot be given
told        of what began, the share of which the start was told: what the label goes by

Mean is the mean of which half a year is counted at most. A share is drawn twice: with every month
of care declared, so that a missing start is proved within a month, and without declarations, when
only a stop tells of it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.ijw import NamedBytes, Pseudonyms, read_files
from vliegwiel.science.regionbox import (
    Box,
    BoxOptions,
    box_of,
    monthly_messages,
    true_waits,
)
from vliegwiel.science.regionbox.courses import NEVER
from vliegwiel.science.trajectories import (
    Choices,
    Curve,
    Estimate,
    Selection,
    WaitClock,
    delivery_begin,
    derive,
    kaplan_meier,
    waiting_figure,
)

from .shipped import ijsselland

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
CLOCKS = {
    "W1": WaitClock.DECISION_TO_START,
    "W2": WaitClock.AGREED_TO_START,
    "W3": WaitClock.REQUEST_TO_START,
}
#: Days before the end of the region on which it is looked at, so that messages may still come.
_BACK = 60
_YEAR, _HALF_YEAR = 365, 182
_AFTERWARDS = date(2060, 1, 1)
#: What is asked of every curve.
FIGURES: dict[str, Callable[[Curve], Estimate]] = {
    "median": lambda curve: curve.quantile(0.5),
    "mean": lambda curve: curve.mean_within(_HALF_YEAR),
    "ninth": lambda curve: curve.quantile(0.9),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the messages of a region say on one clock, and the waits that are true.

    ``told`` is the share of starts that the label goes by.
    """

    clock: str
    figures: dict[str, Estimate]
    told: float
    days: Ints
    started: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table: a figure on a clock, over all regions."""

    clock: str
    figure: str
    truth: float
    bias: float
    covered: float
    alike: float
    unknown: float
    told: float


def region_told(seed: int, *, share: float, declared: bool, scale: float) -> list[Told]:
    """A region of its own, with a share of the starts missing, on every clock."""
    options = BoxOptions(
        scale=scale, months=24, seed=seed, without_start=share, declarations=declared
    )
    box = box_of(ijsselland(), options)
    files = (
        NamedBytes(message.name, message.content)
        for _month, messages in monthly_messages(box)
        for message in messages
    )
    records = read_files(files, Pseudonyms(bytes(32)), today=_AFTERWARDS).records
    number = box.courses.last - _BACK
    on = options.day(number)
    found = derive(records, known=on, choices=Choices(observed_from=delivery_begin(records)))
    chosen = Selection(first=on - timedelta(days=_YEAR), last=on)
    told = []
    for name, clock in CLOCKS.items():
        figure = waiting_figure(found, on, chosen, clock=clock)
        figures = {what: ask(figure.curve) for what, ask in FIGURES.items()}
        share_told = figure.quality.share_told or 0.0
        told.append(Told(name, figures, share_told, *true_days(box, number, name)))
    return told


def true_days(box: Box, on: int, clock: str) -> tuple[Ints, Bools]:
    """Days of every wait of the year before a day on a clock, and whether it ended in a start."""
    waits = true_waits(box, on)
    since = {"W1": waits.origin, "W2": waits.agreed, "W3": waits.asked}[clock]
    begun = np.where(waits.started, waits.start, np.where(waits.withdrawn, waits.ended, on))
    started, mine = waits.started, ~waits.retroactive
    if clock == "W3":
        started = (waits.start != NEVER) & (waits.start >= waits.asked)
        begun = np.where(started, waits.start, begun)
        mine = (waits.asked != NEVER) & (started | (waits.start == NEVER))
    mine &= (since >= on - _YEAR) & (since <= on)
    return np.maximum(begun - since, 0)[mine], started[mine]


def lines_of(regions: Sequence[list[Told]]) -> Iterator[Line]:
    """Every clock and figure over the regions."""
    for clock, told in zip(CLOCKS, zip(*regions, strict=True), strict=True):
        days = np.concatenate([one.days for one in told])
        started = np.concatenate([one.started for one in told])
        whole = kaplan_meier(days, started)
        own = [kaplan_meier(one.days, one.started) for one in told]
        for name, ask in FIGURES.items():
            alike = ask(whole).value
            pairs = [
                (one.figures[name], ask(curve).value) for one, curve in zip(told, own, strict=True)
            ]
            given = [(item, true) for item, true in pairs if None not in {item.value, true}]
            known = [
                (item.value, true)
                for item, true in given
                if item.value is not None and true is not None
            ]
            yield Line(
                clock=clock,
                figure=name,
                truth=np.nan if alike is None else alike,
                bias=float(np.mean([value - true for value, true in known])) if known else np.nan,
                covered=share_of(holds(item, true) for item, true in given),
                alike=share_of(holds(item, alike) for item, _true in given),
                unknown=1.0 - len(given) / len(pairs),
                told=float(np.mean([one.told for one in told])),
            )


def holds(item: Estimate, true: float | None) -> bool:
    """Whether an interval holds a number; one that has no end holds everything beyond."""
    if true is None:
        return item.high is None
    low = 0.0 if item.low is None else item.low
    return low <= true and (item.high is None or true <= item.high) and item.value is not None


def share_of(found: Iterator[bool]) -> float:
    """Share that is true."""
    every = list(found)
    return sum(every) / len(every) if every else np.nan


def measured(
    shares: Sequence[float], regions: int, scale: float, processes: int = 1
) -> Iterator[tuple[float, bool, Line]]:
    """Every line, by share of starts that is missing and by whether care is declared."""
    with ProcessPoolExecutor(processes) as pool:
        for declared in (True, False):
            for share in shares:
                work = partial(region_told, share=share, declared=declared, scale=scale)
                for line in lines_of(list(pool.map(work, range(1, regions + 1)))):
                    yield share, declared, line


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--regions", type=int, default=40)
    parser.add_argument("--scale", type=float, default=0.02)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.0, 0.05, 0.2, 0.5])
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args()
    print("| missing | declared | clock | figure | truth | bias | covered | alike | unknown |"
          " told |\n" + "|---|---|---|---|---:|---:|---:|---:|---:|---:|")  # fmt: skip
    for share, declared, line in measured(
        asked.shares, asked.regions, asked.scale, asked.processes
    ):
        told = "yes" if declared else "no"
        print(f"| {share:.0%} | {told} | {line.clock} | {line.figure} | {line.truth:.1f} |"
              f" {line.bias:+.1f} | {line.covered:.0%} | {line.alike:.0%} | {line.unknown:.0%} |"
              f" {line.told:.0%} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
