"""A table of measurements by the roles of its columns, checked before any design sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from .periods import NEVER, Cadence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Role(StrEnum):
    """What a column is.

    ``unit`` is whom or what a row is about and is followed over periods; ``cluster`` is what stays
    together (a municipality, a team); ``group`` names the arm; ``treated`` is 1 with the
    initiative, ``start`` the period in which it began there (empty: never). ``size`` is how many a
    count is of. ``time`` and ``event`` are a waiting time and whether its end was seen (1) or not
    (0). ``registered`` and ``measured`` are days.
    """

    UNIT = "unit"
    CLUSTER = "cluster"
    PERIOD = "period"
    START = "start"
    TREATED = "treated"
    GROUP = "group"
    OUTCOME = "outcome"
    BASELINE = "baseline"
    SIZE = "size"
    TIME = "time"
    EVENT = "event"
    REGISTERED = "registered"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Labels:
    """A column of names that were told apart before: which of ``names`` each row has.

    ``names`` are in order and each stands there once; not all of them need a row.
    """

    names: NDArray[np.object_]
    at: Ints

    @classmethod
    def of(cls, texts: NDArray[np.object_]) -> Labels:
        """From a text for each row."""
        import pandas as pd  # noqa: PLC0415 - takes half a second to load

        at, names = pd.factorize(texts, sort=True)
        return cls(np.asarray(names, dtype=object), at.astype(np.int64))

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, row: int) -> str:
        return str(self.names[self.at[row]])

    def only(self, rows: Flags) -> Labels:
        """The column of some rows."""
        return Labels(self.names, self.at[rows])

    def present(self) -> Labels:
        """The same without names that no row has."""
        seen = np.bincount(self.at, minlength=len(self.names)) > 0
        return Labels(self.names[seen], (np.cumsum(seen) - 1)[self.at])


@dataclass(frozen=True)
class EffectTable:
    """Rows of measurements as arrays of one length n; None where the table has no such column.

    Attributes:
        unit, cluster, group: numbers from 0; their names stand in ``names`` by role.
        period, start: counting periods, ``NEVER`` for no start.
        treated: whether a row had the initiative.
        outcome, baseline, size, time: numbers, NaN where not known.
        event: whether the end was seen.
        cadence: what one period is.
    """

    rows: int
    names: Mapping[Role, tuple[str, ...]]
    cadence: Cadence = Cadence.NUMBER
    unit: Ints | None = None
    cluster: Ints | None = None
    group: Ints | None = None
    period: Ints | None = None
    start: Ints | None = None
    treated: Flags | None = None
    outcome: Floats | None = None
    baseline: Floats | None = None
    size: Floats | None = None
    time: Floats | None = None
    event: Flags | None = None

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles that the table has a column for; a start may follow from another column."""
        held = (Role.REGISTERED, Role.MEASURED)
        return frozenset(
            role for role in Role if role not in held and getattr(self, role.value) is not None
        )

    @property
    def known(self) -> Flags:
        """Rows whose outcome is known, shape (n,)."""
        if self.outcome is None:
            return np.ones(self.rows, dtype=bool)
        found: Flags = np.isfinite(self.outcome)
        return found

    def only(self, rows: Flags) -> EffectTable:
        """The table of some rows; names and numbers of units stay."""
        parts = {role.value: getattr(self, role.value)[rows] for role in self.roles}
        return replace(self, rows=int(rows.sum()), **parts)

    def name(self, role: Role, number: int) -> str:
        """How the table calls a unit, cluster or group."""
        return self.names[role][number]

    def grouped(self) -> tuple[Role, Ints]:
        """What stays together: the clusters, else the units."""
        if self.cluster is not None:
            return Role.CLUSTER, self.cluster
        if self.unit is not None:
            return Role.UNIT, self.unit
        return Role.UNIT, np.arange(self.rows, dtype=np.int64)

    def followed(self) -> Ints:
        """Whose level is taken off: units seen in more than one period, else their clusters."""
        if self.unit is None or self.period is None:
            return self.grouped()[1]
        seen = np.bincount(self.unit)
        if self.cluster is not None and len(seen) and np.median(seen[seen > 0]) < 2:
            return self.cluster
        return self.unit

    @property
    def piloted(self) -> Flags:
        """Rows of units that start at some moment, shape (n,)."""
        if self.start is None:
            raise ValueError("starts are needed")
        found: Flags = self.start < NEVER
        return found

    @property
    def since(self) -> Flags:
        """Rows in or after the period in which their unit started, shape (n,)."""
        if self.period is None or self.start is None:
            raise ValueError("periods and starts are needed")
        found: Flags = (self.start < NEVER) & (self.period >= self.start)
        return found


NO_NAMES: Mapping[Role, tuple[str, ...]] = MappingProxyType({})


def compact(numbers: Ints) -> Ints:
    """The same groups numbered 0, 1, 2 ... without holes."""
    found: Ints = np.unique(numbers, return_inverse=True)[1].astype(np.int64)
    return found
