"""What a generated region is like beside its care system: every trait by name, with a default."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta

from .errors import BoxError

#: Release 3.2 of the standard is in force since then; no message is dated before it.
RELEASE_BEGAN = date(2023, 4, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxOptions:
    """The parameters of a region in a box. Shares lie between 0 and 1.

    Attributes:
        months: how long, from ``start``; ``scale``: how large, 1 is the region of the document.
        seed: the same seed gives the same bytes.
        start: the first day, the first of a month after the release of the standard began.
        providers: of each group of care types that tells no providers apart, 1 to 9.
        term_days: for how long an assignment holds at first; it is extended by as much.
        decision_days: mean number of working days from a request to the decision.
        assignment_delay: most days from a decision to its message.
        start_delay, stop_delay: mean days until a start or stop is told; ``longest_delay`` the most
            of both.
        without_start: share of the assignments whose start is never told.
        silent_providers: share of the providers that tell no starts and no stops at all.
        presumed: share of the referrals by others than municipalities without a request.
        late_stops: share of the stops told one to six months late.
        moves: share of the visits during which the youth moves to another municipality.
        new_contracts: share of the providers with new contracts, and numbers, each January.
        renumbered: share of the extensions by a new number, with another volume.
        corrected: share of the starts told wrongly at first; ``removed``: share of the visits with
            an assignment by mistake; ``rejected``: share of the assignments sent twice because the
            first message was rejected; ``investigated``: share of the requests that take longer.
        paused: share of the assignments on which care pauses once, for a week to two months;
            ``lines_refused``: share of the declared lines refused at first, and declared again.
        answers: whether every message gets its return message.
        declarations: whether the care of each month is declared.
    """

    months: int = 36
    seed: int = 1
    scale: float = 1.0
    start: date = date(2023, 7, 1)
    providers: int = 3
    term_days: int = 365
    decision_days: float = 4.0
    assignment_delay: int = 2
    start_delay: float = 4.0
    stop_delay: float = 6.0
    longest_delay: int = 60
    without_start: float = 0.0
    silent_providers: float = 0.0
    presumed: float = 0.0
    late_stops: float = 0.0
    moves: float = 0.01
    new_contracts: float = 0.1
    renumbered: float = 0.3
    corrected: float = 0.01
    removed: float = 0.005
    rejected: float = 0.005
    investigated: float = 0.1
    paused: float = 0.02
    lines_refused: float = 0.01
    answers: bool = True
    declarations: bool = True

    def __post_init__(self) -> None:
        """Raises :class:`.errors.BoxError` where a parameter cannot be."""
        for name in SHARES:
            _within(name, getattr(self, name), 0.0, 1.0)
        for name, low, high in _BOUNDS:
            _within(name, getattr(self, name), low, high)
        if self.start.day != 1 or self.start <= RELEASE_BEGAN:
            raise BoxError("start", day=RELEASE_BEGAN, value=self.start)
        if self.rejected and not self.answers:
            raise BoxError("rejected_unanswered")

    def day(self, number: int) -> date:
        """The date of a day that is counted from the start."""
        return self.start + timedelta(days=int(number))


SHARES = (
    "without_start", "silent_providers", "presumed", "late_stops", "moves", "new_contracts",
    "renumbered", "corrected", "removed", "rejected", "investigated",
    "paused", "lines_refused",
)  # fmt: skip
_BOUNDS = (
    ("months", 1, 240), ("seed", 0, 2**63 - 1), ("scale", 1e-6, 1000.0), ("providers", 1, 9),
    ("term_days", 60, 3650), ("decision_days", 0.0, 60.0), ("assignment_delay", 0, 60),
    ("start_delay", 0.0, 60.0), ("stop_delay", 0.0, 60.0), ("longest_delay", 0, 180),
)  # fmt: skip

#: A region of which the messages tell everything at once: nothing missing, late or wrong.
NOTHING_MISSING = {
    **dict.fromkeys(SHARES, 0.0),
    "assignment_delay": 0, "start_delay": 0.0, "stop_delay": 0.0, "longest_delay": 0,
}  # fmt: skip


def as_data(options: BoxOptions) -> dict[str, object]:
    """Every parameter, as it can stand in JSON."""
    found = {field.name: getattr(options, field.name) for field in fields(options)}
    return {**found, "start": options.start.isoformat()}


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise BoxError("outside", name=name, low=f"{low:g}", high=f"{high:g}", value=f"{value:g}")
