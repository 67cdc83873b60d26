"""From histories to what offices would do: visits in whole days, with request and decision.

Days are counted from the start of the region; ``NEVER`` stands for what does not happen by its
last day. Decisions and starts fall on working days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.caresystem import Ending, Histories
from vliegwiel.science.trajectories import is_working_day

from .catalogue import REFERRERS, Catalogue
from .chances import Chances, Draw, Owner
from .options import BoxOptions
from .persons import Persons

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEVER = np.iinfo(np.int64).max
#: Most days between a decision and the first day that is agreed.
_LEAD = 14
#: Working days that a decision takes at most.
_DECISION_MOST = 40
_STOP_REASONS = np.array([31, 32, 33, 34, 35])
_BY_PLAN = np.cumsum([0.80, 0.07, 0.03, 0.07])
_EARLY = np.cumsum([0.0, 0.35, 0.15, 0.35])
#: Stopped because of age: to another domain (JZ588).
OTHER_DOMAIN_STOP = 39


@dataclass(frozen=True, slots=True)
class Courses:
    """Visits as offices see them, shape (V,) each, in the order of the histories.

    Attributes:
        youth, care_type, provider, municipality: numbers; the municipality at first.
        kind: type of referrer in a request (COD327), 0 for who came by the municipality.
        presumed: whether a referral by somebody else has no request.
        asked: day of the request, ``NEVER`` without one.
        decided: day of the first decision.
        begin: first day that is agreed; never after the start.
        start: first day of care. ``over``: last day of care, or day on which waiting stopped.
        left: whether it was waiting that stopped.
        reason: why care stopped (JZ588).
        onward: whether the youth went on to other care at once.
        moved: the day before the youth lives elsewhere; ``moved_to``: where that is.
        last: the last day of the region.
    """

    youth: Ints
    care_type: Ints
    provider: Ints
    municipality: Ints
    kind: Ints
    presumed: Bools
    asked: Ints
    decided: Ints
    begin: Ints
    start: Ints
    over: Ints
    left: Bools
    reason: Ints
    onward: Bools
    moved: Ints
    moved_to: Ints
    last: int


def courses_of(
    found: Histories, persons: Persons, catalogue: Catalogue, options: BoxOptions
) -> Courses:
    """The visits of a region as its offices see them."""
    chances = Chances.of(options.seed, Owner.VISIT, len(found))
    last = int(found.horizon) - 1
    left = np.isin(found.why, (Ending.LEFT, Ending.LEFT_TOO_OLD))
    earliest = persons.first_care[found.youth]
    arrived, started, ended = (
        np.maximum(_day(times), earliest) for times in (found.arrived, found.started, found.ended)
    )
    office = _Office.of(options.start, min(int(arrived.min()), int(started.min())), last)
    present = np.isnan(found.arrived)
    asked_by, presumed = _referred(found, chances, options)
    start = office.next(started)
    asked = np.where(asked_by > 0, office.next(arrived), NEVER)
    working_days = 1 + chances.days(Draw.DECISION, options.decision_days - 1.0, _DECISION_MOST)
    waited = np.where(asked_by > 0, office.later(arrived, working_days), office.next(arrived))
    decided = np.where(present, start, waited)
    lead = decided + chances.whole(Draw.LEAD, _LEAD)
    over = np.where(left, np.maximum(ended, decided), np.maximum(ended, start))
    over = np.where(np.isnan(found.ended) | (over > last), NEVER, over)
    begin = np.minimum(lead, np.minimum(start, over))
    start = np.where(start > last, NEVER, start)
    moved, moved_to = _moves(found, chances, options, start, np.minimum(over, last))
    return Courses(
        youth=found.youth,
        care_type=found.care_type,
        provider=catalogue.of_visit,
        municipality=found.municipality,
        kind=asked_by,
        presumed=presumed,
        asked=asked,
        decided=decided,
        begin=begin,
        start=start,
        over=over,
        left=left & (over != NEVER),
        reason=_reasons(found, chances),
        onward=(found.to >= 0) & (found.to < found.base),
        moved=moved,
        moved_to=moved_to,
        last=last,
    )


def _day(times: Floats) -> Ints:
    """Whole days; far beyond any horizon for what has not happened."""
    return np.where(np.isnan(times), 1e8, np.floor(times)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Office:
    """The calendar of an office: which days it works."""

    first: int
    working: Ints  # the working days, in order
    after: Ints  # of each day, the place in them of the first on or after it

    @classmethod
    def of(cls, start: date, first: int, last: int) -> _Office:
        days = np.arange(first, last + 400)
        works = np.array([is_working_day(start + timedelta(days=int(day))) for day in days])
        after = np.cumsum(works) - works
        return cls(first, days[works], after)

    def next(self, day: Ints) -> Ints:
        """The day itself, or the first working day after it."""
        return self.later(day, np.zeros_like(day))

    def later(self, day: Ints, count: Ints) -> Ints:
        """So many working days after that."""
        known = day < self.first + len(self.after)
        place = self.after[np.where(known, day - self.first, 0)] + count
        return np.where(known, self.working[np.minimum(place, len(self.working) - 1)], day)


def _referred(found: Histories, chances: Chances, options: BoxOptions) -> tuple[Ints, Bools]:
    """Type of referrer where there is a request, and who should have had one.

    Only the first care of a youth comes by a referrer; what follows is decided by the municipality.
    """
    codes = np.array([int(REFERRERS.get(name, "0")) for name in found.referrers] + [0])
    entry = np.append(True, np.diff(found.youth) != 0)
    kind = np.where(entry, codes[found.referrer], 0)
    presumed = (kind > 0) & chances.happens(Draw.PRESUMED, options.presumed)
    return np.where(presumed, 0, kind), presumed


def _reasons(found: Histories, chances: Chances) -> Ints:
    u = chances.uniform(Draw.STOP_REASON)
    planned = _STOP_REASONS[np.searchsorted(_BY_PLAN, u, side="right")]
    early = _STOP_REASONS[np.searchsorted(_EARLY, u, side="right")]
    reason = np.where(found.succeeded == 0, early, np.where(found.succeeded == 1, 31, planned))
    return np.where(found.why == Ending.TOO_OLD, OTHER_DOMAIN_STOP, reason)


def _moves(
    found: Histories, chances: Chances, options: BoxOptions, start: Ints, until: Ints
) -> tuple[Ints, Ints]:
    """The last day in the first municipality of who moves in care, and where they go."""
    places = len(found.municipalities)
    since = np.maximum(np.where(start == NEVER, 0, start), 0)
    days = np.where(start == NEVER, 0, until - since)
    moves = chances.happens(Draw.MOVE, options.moves) & (days > 60) & (places > 1)
    day = since + 30 + np.floor(chances.uniform(Draw.MOVE_DAY) * (days - 60)).astype(np.int64)
    step = 1 + chances.whole(Draw.MOVE_TO, max(places - 1, 1))
    to = (found.municipality + step) % max(places, 1)
    return np.where(moves, day, NEVER), np.where(moves, to, found.municipality)
