"""What a benchmark found: numbers by round, their median, and the goal they are held against."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table.

    Attributes:
        what: what was measured, in words.
        values: by round.
        unit: ``x`` for a ratio, else the unit of the values.
        goal: what the median must reach, or None.
        most: True when smaller is better.
        note: what the reader must know to judge the number.
    """

    what: str
    values: tuple[float, ...]
    unit: str = "x"
    goal: float | None = None
    most: bool = False
    note: str = ""

    @property
    def median(self) -> float:
        """Median over the rounds; not a number when nothing could be measured."""
        return statistics.median(self.values) if self.values else math.nan

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None without a goal or a number."""
        if self.goal is None or not self.values:
            return None
        return self.median <= self.goal if self.most else self.median >= self.goal


def ratios(above: Sequence[float], below: Sequence[float]) -> tuple[float, ...]:
    """Ratio within each round: a shared machine changes speed all the time."""
    return tuple(a / b for a, b in zip(above, below, strict=True))


def number(value: float) -> str:
    """With about three digits, as a reader wants them."""
    if math.isnan(value):
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def as_table(found: Sequence[Finding]) -> str:
    """A Markdown table of all findings."""
    lines = ["| what | median | lowest to highest | rounds | goal | reached |",
             "| --- | ---: | ---: | ---: | ---: | --- |"]  # fmt: skip
    for one in found:
        span = f"{number(min(one.values))} to {number(max(one.values))}" if one.values else "–"
        sign = "at most" if one.most else "at least"
        goal = "" if one.goal is None else f"{sign} {number(one.goal)} {one.unit}"
        verdict = {True: "yes", False: "**no**", None: ""}[one.reached]
        what = f"{one.what} ({one.note})" if one.note else one.what
        median = f"{number(one.median)} {one.unit}" if one.values else "not measured"
        cells = (what, median, span, str(len(one.values)), goal, verdict)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
