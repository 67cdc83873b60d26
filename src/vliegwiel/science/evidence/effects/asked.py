"""The question that is put to a table: which outcome, which design, which choices."""

from __future__ import annotations

from dataclasses import dataclass

from .result import Lot, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a table; equal questions give equal answers.

    Attributes:
        measure: the outcome, its unit and its intended direction.
        design: id of a design, or ``auto`` for the strongest that the table allows.
        lot: what was drawn by lot, which no table can tell.
        level: confidence of the interval.
        control: name of the group that is compared with; None where it follows from the table.
        treated: name of the group whose effect is the main one; None for the first other.
        start: first period with the initiative, where the table does not say it.
        estimand: of waiting times ``restricted_mean`` (difference in mean time) or
            ``hazard_ratio``; of before-after ``mean``, ``share`` or ``rate``; None for the usual.
        limit: time up to which waiting times are compared; None for as long as both sides were
            followed.
        season: how the pattern of the year is taken off: ``harmonic`` (two waves), ``each`` (a
            level for each part of the year) or ``none``.
        not_yet: whether staggered starters are compared with those who start later as well.
    """

    measure: Measure
    design: str = "auto"
    lot: Lot = Lot.NOTHING
    level: float = 0.95
    control: str | None = None
    treated: str | None = None
    start: str | None = None
    estimand: str | None = None
    limit: float | None = None
    season: str = "harmonic"
    not_yet: bool = False
