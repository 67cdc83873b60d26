"""What the standard leaves open: every choice by name, with what it is unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unended(StrEnum):
    """What becomes of care without a stop whose assignment ended: closed on that day, or open."""

    CLOSED = "closed"
    OPEN = "open"


class Truncated(StrEnum):
    """What becomes of waits that began before the messages did."""

    LEFT_OUT = "left_out"
    ENTER_LATE = "enter_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The parameters of the derivation; numbers are days unless their name says otherwise.

    Where each comes from, and what it changes, stands in ``docs/methods/trajectories.md``.
    """

    #: Working days after which a message without an answer counts as accepted (OP090).
    acceptance_working_days: int = 3
    #: Most days between two spells of one trajectory (same youth, provider and form).
    chain_days: int = 31
    #: Most days between two spells of one episode (all care of a youth).
    episode_days: int = 90
    #: Care whose assignment ended without a stop.
    unended: Unended = Unended.CLOSED
    #: Days after the end of an assignment before its care counts as ended without a stop.
    expiry_grace: int = 31
    #: Whether care without a stop goes on in an adjoining assignment that has no start.
    carry_over: bool = True
    #: A temporary stop that nothing follows is an end after so many days.
    pause_limit: int = 180
    #: An assignment that begins further ahead is planned; its youth does not wait yet.
    planned_days: int = 14
    #: No sign of delivery for longer than this is a list of its own.
    lost_days: int = 180
    #: Decided longer before the message than this: the office caught up.
    late_decision_days: int = 14
    #: Days in which care must follow a stop before it counts as a stop without follow-up.
    follow_up_days: int = 30
    #: A day with more than so many times the usual number of new assignments is a contract wave ...
    wave_factor: float = 5.0
    #: ... if it has at least so many.
    wave_least: int = 10
    #: First day of which the delivery holds every message, for all or by municipality; None when
    #: it holds all there were.
    observed_from: date | Mapping[str, date] | None = None
    #: Waits that began before that day.
    truncated: Truncated = Truncated.LEFT_OUT
    #: Starts that are looked at for the delay of messages: those begun in so many days before.
    delay_window: int = 365
    #: Longest delay that is reckoned with.
    delay_most: int = 180
    #: Share of starts that must be known before a day is no longer provisional.
    delay_known_share: float = 0.95
    #: Confidence level of intervals.
    level: float = 0.95

    def observed_since(self, municipality: str) -> date | None:
        """The first day of which every message of a municipality is here; None for all days."""
        if isinstance(self.observed_from, Mapping):
            return self.observed_from.get(municipality)
        return self.observed_from
