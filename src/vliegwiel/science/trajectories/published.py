"""The waits that a region publishes figures of, sorted in the ways that its tables are split.

One set of waits stands behind every table and every clock: those that were under way in the twelve
months before the day of observation, of which origin and start would both have been seen. A clock
counts all of them or a part, so that what two tables have in common is known beforehand, and can
be protected. The set and the splits are fixed: a visitor who could choose both would find out a
single youth by asking twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .deriving import Trajectories
from .spans import plus
from .transitions import known_waits, transitions
from .waits import Outcome, Wait, Waits

#: Months before the day of observation in which a wait must have been under way.
MONTHS = 12
#: Quarters that have a row of their own in the table by period.
QUARTERS = 8
#: The row of decisions before those quarters.
EARLIER = "earlier"
UNKNOWN = "unknown"
#: First year of age of every band; the last one has no end.
AGES = (0, 4, 12, 18)


class Clock(StrEnum):
    """What a waiting time counts; numbers of two clocks are never mixed."""

    #: From the decision to the start.
    W1 = "W1"
    #: From the day that was agreed to the start.
    W2 = "W2"
    #: From the request of the provider to the start.
    W3 = "W3"
    #: From the request of the provider to the decision.
    W4 = "W4"
    #: From the first sign of asking to the first help.
    W5 = "W5"
    #: From the end of one trajectory to the begin of the next.
    W6 = "W6"
    #: From the decision until now, of those who still wait.
    W7 = "W7"


class Split(StrEnum):
    """What the rows of a table are."""

    FORM = "form"
    PROVIDER = "provider"
    MUNICIPALITY = "municipality"
    REFERRER = "referrer"
    AGE = "age"
    PERIOD = "period"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A wait of the set, with what other clocks say of it; None where a clock does not count it.

    ``age`` is in years at the decision. ``first_help`` is W5, when this wait ended in the first
    help of an episode; ``after_former`` is W6, when a trajectory of the youth had ended before.
    """

    wait: Wait
    age: int | None
    first_help: int | None
    after_former: int | None

    @property
    def asked(self) -> bool:
        """Whether the request is here and came first."""
        return self.wait.asked is not None and self.wait.asked <= self.wait.origin

    @property
    def waiting(self) -> bool:
        """Whether it has not ended."""
        return self.wait.outcome is Outcome.WAITING

    def days_to_start(self) -> int | None:
        """W1 in days, a start that only a declaration proves in its middle; None without one."""
        bounds = self.wait.bounds
        return None if bounds is None else sum(bounds) // 2


def counts_on(clock: Clock, item: Counted) -> bool:
    """Whether a clock counts a wait of the set; W1 and W2 count all of them."""
    counted = {
        Clock.W3: item.asked,
        Clock.W4: item.asked,
        Clock.W5: item.first_help is not None,
        Clock.W6: item.after_former is not None,
        Clock.W7: item.waiting,
    }
    return counted.get(clock, True)


def window_of(on: date) -> date:
    """The first day of the months that figures of a day are about."""
    month = on.year * 12 + on.month - MONTHS
    return date(month // 12, month % 12 + 1, 1)


def counted_waits(found: Trajectories, waits: Waits) -> tuple[Counted, ...]:
    """The waits of a day that every table is about.

    Left out are waits of which the beginning may lie before the messages, those that started before
    the decision, and those for help that has yet to begin.
    """
    first, on = window_of(waits.on), waits.on
    helped = {(item.youth, item.start): item.days for item in known_waits(found)}
    moved = {
        (item.following.youth, key): item.days
        for item in transitions(found)
        for key in item.following.assignments[:1]
    }
    counted = []
    for wait in waits.waits:
        is_over = wait.start_by or wait.ended or on
        if not wait.is_counted or is_over < first or wait.outcome is Outcome.PLANNED:
            continue
        # A first help is the first of one wait, also when two forms begin on the same day.
        start = wait.start if wait.start is not None and wait.start == wait.start_by else None
        days = None if start is None else helped.pop((wait.youth, start), None)
        after = [moved[wait.youth, key] for key in wait.assignments if (wait.youth, key) in moved]
        counted.append(
            Counted(
                wait=wait,
                age=_age(found, wait),
                first_help=days,
                after_former=after[0] if after and start is not None else None,
            )
        )
    return tuple(counted)


def row_of(split: Split, item: Counted, on: date) -> str:
    """The key of the row of a table in which a wait is counted."""
    wait = item.wait
    if split is Split.FORM:
        return wait.form
    if split is Split.PROVIDER:
        return wait.provider
    if split is Split.MUNICIPALITY:
        return wait.municipality
    if split is Split.REFERRER:
        presumed = ":presumed" if wait.referral.presumed else ""
        return f"{wait.referral.referrer.value}{presumed}"
    if split is Split.AGE:
        return _band(item.age)
    return quarter_of(wait.origin, on)


def _age(found: Trajectories, wait: Wait) -> int | None:
    person = found.assignments[wait.assignments[0]].person
    born = person.birth_month
    if born is None:
        return None
    # Of a year alone the middle is nearest.
    month = born.year * 12 + (6 if person.year_only else born.month - 1)
    return max((wait.origin.year * 12 + wait.origin.month - 1 - month) // 12, 0)


def _band(age: int | None) -> str:
    if age is None:
        return UNKNOWN
    place = sum(age >= first for first in AGES) - 1
    last = f"-{AGES[place + 1]}" if place + 1 < len(AGES) else "+"
    return f"{AGES[place]}{last}"


def quarter_of(day: date, on: date) -> str:
    """The quarter of a decision, or that it was before those which are told apart."""
    quarter = day.year * 4 + (day.month - 1) // 3
    if quarter <= on.year * 4 + (on.month - 1) // 3 - QUARTERS:
        return EARLIER
    return f"{day.year}-Q{quarter % 4 + 1}"


def month_ends(on: date, months: int) -> tuple[date, ...]:
    """The last days of so many months before a day, and that day itself."""
    found = [on]
    day = on
    for _month in range(months):
        day = plus(day.replace(day=1), -1)
        found.append(day)
    return tuple(reversed(found))
