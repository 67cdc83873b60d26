"""Runs whose record is damaged after the kernel is done, as a fault in the kernel would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from vliegwiel.science.caresystem._layout import COUNTED
from vliegwiel.science.caresystem.workspace import Counts, Workspace

LAWS = {"conservation", "little"}


def _add(name: str, month: int, care_type: int, more: float) -> Callable[[Counts], None]:
    def damage(counts: Counts) -> None:
        counts.cells[month, 0, care_type, COUNTED.index(name)] += more

    return damage


def _flow(counts: Counts) -> None:
    """Somebody left care and went nowhere."""
    origin, to = np.argwhere(counts.flows[3] > 0)[-1]
    assert origin > 0
    counts.flows[3, origin, to] -= 1


#: What is wrong, how the record is damaged, and the laws that it breaks. In the sample the first
#: care type has a queue, the second has no limit.
DAMAGE: Mapping[str, tuple[Callable[[Counts], None], set[str]]] = {
    "an arrival early on is not counted": (_add("arrivals", 2, 0, -1.0), LAWS),
    "an arrival in the last month is not counted": (
        _add("arrivals", -1, 0, -1.0), {"conservation"},
    ),
    "a youth still waits who has started": (_add("still_waiting", -1, 0, 1.0), {"conservation"}),
    "a youth comes to care from nowhere": (_flow, {"conservation"}),
    "a day of waiting too much": (_add("queue_time", 4, 0, 1.0), {"little"}),
    "a day in care too few": (_add("care_time", 4, 1, -1.0), {"little"}),
    "the days in care are not a number": (_add("care_time", 4, 1, np.nan), {"little"}),
    "more ends than youths": (_add("ends", 0, 2, 1e4), LAWS),
}  # fmt: skip


def damage_run(monkeypatch: pytest.MonkeyPatch, what: str, number: int | None = None) -> None:
    """From now on the record of every run is damaged, or that of one run by its number, from 0."""
    damage, simulate, done = DAMAGE[what][0], Workspace.simulate, iter(range(10**9))

    def damaged(self: Workspace, *args: Any, **named: Any) -> Counts:
        counts = simulate(self, *args, **named)
        if number in {None, next(done)}:
            damage(counts)
        return counts

    monkeypatch.setattr(Workspace, "simulate", damaged)
