"""Who waits on a day, in three counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .deriving import Trajectories
from .waits import Outcome, Wait, WaitsByDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingList:
    """Who waits on the day ``on``.

    ``assignments`` counts waits, ``youths`` counts each youth once, and ``youths_without_care``
    those of them who have no care at all on that day. ``planned`` are waits for an assignment that
    begins later, ``unsure`` those whose start may have come before the messages did; they are in
    none of the three. ``without_sign`` are those of the waits in which nothing was delivered for
    longer than ``lost_days`` after it should have begun: children one could lose sight of, or
    starts that were never sent.
    """

    on: date
    waits: tuple[Wait, ...]
    planned: tuple[Wait, ...]
    unsure: tuple[Wait, ...]
    youths: int
    youths_without_care: int
    without_sign: tuple[Wait, ...]

    @property
    def assignments(self) -> int:
        """Waits; a youth who waits for two forms counts twice."""
        return len(self.waits)


def waiting_list(found: Trajectories, on: date, *, form: str | None = None) -> WaitingList:
    """The waiting list on a day, of all forms of care or of one.

    Raises ValueError for a day after the one that the trajectories were known on.
    """
    return waiting_list_among(WaitsByDay(found), on, form=form)


def waiting_list_among(known: WaitsByDay, on: date, *, form: str | None = None) -> WaitingList:
    """The same, for who asks for several days."""
    found = known.found
    every = [wait for wait in known.not_begun_on(on).waits if form is None or wait.form == form]
    waiting = [wait for wait in every if wait.outcome is Outcome.WAITING]
    waits = tuple(wait for wait in waiting if wait.is_whole)
    youths = {wait.youth for wait in waits}
    in_care = {
        spell.youth
        for spell in found.spells
        if spell.runs_on(on) and found.forms.is_care(spell.form)
    }
    return WaitingList(
        on=on,
        waits=waits,
        planned=tuple(wait for wait in every if wait.outcome is Outcome.PLANNED),
        unsure=tuple(wait for wait in waiting if not wait.is_whole),
        youths=len(youths),
        youths_without_care=len(youths - in_care),
        without_sign=tuple(
            wait
            for wait in waits
            if (on - max(wait.origin, wait.begin)).days > found.choices.lost_days
        ),
    )
