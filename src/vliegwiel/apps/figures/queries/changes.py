"""What a delivery of published waiting times changed against the one before it, offer by offer.

Three traps of such files are kept out: a value that was only converted another way (26 weeks, then
26.1) is no change; another value for a day that the delivery before knew already is a correction of
the file, not of the wait; and what was noted on a day in between is not called read on the last.
Offers are matched by what tells them apart; one that was renamed counts as gone and new, unless
provider, offer and place still point to one offer on either side.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils import timezone

from vliegwiel.apps.figures.models import WaitingTimeStatement
from vliegwiel.apps.figures.published_waiting import Wait
from vliegwiel.apps.figures.vocabulary import Clock, Observation
from vliegwiel.apps.regions.models import Region

from .waiting import (
    DeliveryInfo,
    StatementLine,
    WaitingFilter,
    WaitLine,
    statement_line,
    statements,
    waiting_deliveries,
    waits_by_clock,
)

# Half of the difference between a month counted as 4 weeks and as 4.345, rounded up.
_ROUNDING_WEEKS = Decimal("0.2")


class Evidence(StrEnum):
    """How it is known that an offer says something else.

    READ from the page on the day of the delivery; NOTED on a day after the delivery before;
    CORRECTED: another value for a day that the delivery before knew already.
    """

    READ = "read"
    NOTED = "noted"
    CORRECTED = "corrected"


class Direction(StrEnum):
    """Where the weeks of an offer went; OTHER where one side gives no weeks, or clocks disagree."""

    LONGER = "longer"
    SHORTER = "shorter"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class WaitChange:
    """One clock that says something else. `weeks` is the difference where both sides give weeks."""

    before: WaitLine
    after: WaitLine
    weeks: Decimal | None


@dataclass(frozen=True, slots=True)
class OfferChange:
    """One offer of which one clock or both say something else than before."""

    offer: StatementLine
    waits: Sequence[WaitChange]
    evidence: Evidence

    @property
    def direction(self) -> Direction:
        differences = [wait.weeks for wait in self.waits if wait.weeks is not None]
        if differences and all(weeks > 0 for weeks in differences):
            return Direction.LONGER
        if differences and all(weeks < 0 for weeks in differences):
            return Direction.SHORTER
        return Direction.OTHER


@dataclass(frozen=True, slots=True)
class DeliveryChange:
    """Everything that differs between two deliveries, for the same filter, counted in offers.

    The offers of the current delivery are `new`, `changed`, `corrected` or unchanged; `gone` stood
    in the previous delivery only.
    """

    previous: DeliveryInfo
    current: DeliveryInfo
    changed: Sequence[OfferChange]
    corrected: Sequence[OfferChange]
    new: Sequence[StatementLine]
    gone: Sequence[StatementLine]
    unchanged: int

    @property
    def offers(self) -> int:
        """How many offers the current delivery has."""
        return self.unchanged + len(self.changed) + len(self.corrected) + len(self.new)

    @property
    def longer(self) -> int:
        return self._count(Direction.LONGER)

    @property
    def shorter(self) -> int:
        return self._count(Direction.SHORTER)

    @property
    def otherwise(self) -> int:
        """Changed, but not from one number of weeks to another."""
        return self._count(Direction.OTHER)

    def _count(self, direction: Direction) -> int:
        return sum(change.direction is direction for change in self.changed)


def change_since_previous(region: Region, wanted: WaitingFilter) -> DeliveryChange | None:
    """The last delivery against the one made before it; None without one."""
    deliveries = waiting_deliveries(region, limit=2)
    if len(deliveries) < 2:
        return None
    return change_between(region, wanted, current=deliveries[0], previous=deliveries[1])


def change_between(
    region: Region, wanted: WaitingFilter, *, current: DeliveryInfo, previous: DeliveryInfo
) -> DeliveryChange:
    """What `current` changed against `previous`, which was made earlier."""
    before = list(statements(region, wanted, delivery_id=previous.id))
    after = list(statements(region, wanted, delivery_id=current.id))
    pairs = _matched(before, after)
    matched_before = {old.pk for old, _new in pairs}
    matched_after = {new.pk for _old, new in pairs}
    known_until = timezone.localdate(previous.generated_at)
    found = [change for old, new in pairs if (change := _offer_change(old, new, known_until))]
    return DeliveryChange(
        previous=previous,
        current=current,
        changed=[change for change in found if change.evidence is not Evidence.CORRECTED],
        corrected=[change for change in found if change.evidence is Evidence.CORRECTED],
        new=[statement_line(row) for row in after if row.pk not in matched_after],
        gone=[statement_line(row) for row in before if row.pk not in matched_before],
        unchanged=len(pairs) - len(found),
    )


_Pair = tuple[WaitingTimeStatement, WaitingTimeStatement]


def _matched(
    before: Sequence[WaitingTimeStatement], after: Sequence[WaitingTimeStatement]
) -> Sequence[_Pair]:
    old_by_key = {row.offer_key: row for row in before}
    pairs = [(old_by_key[row.offer_key], row) for row in after if row.offer_key in old_by_key]
    used_old = {old.pk for old, _new in pairs}
    used_new = {new.pk for _old, new in pairs}
    old_names = _by_name(row for row in before if row.pk not in used_old)
    new_names = _by_name(row for row in after if row.pk not in used_new)
    for name, rows in new_names.items():
        olds = old_names.get(name, [])
        if len(rows) == 1 and len(olds) == 1:
            pairs.append((olds[0], rows[0]))
    return pairs


def _by_name(
    rows: Iterable[WaitingTimeStatement],
) -> Mapping[tuple[str, str, str], Sequence[WaitingTimeStatement]]:
    named: dict[tuple[str, str, str], list[WaitingTimeStatement]] = defaultdict(list)
    for row in rows:
        named[row.provider.casefold(), row.offer.casefold(), row.place.casefold()].append(row)
    return named


def _offer_change(
    old: WaitingTimeStatement, new: WaitingTimeStatement, known_until: date
) -> OfferChange | None:
    old_waits, new_waits = waits_by_clock(old), waits_by_clock(new)
    clocks = [clock for clock in Clock if not _says_the_same(old_waits[clock], new_waits[clock])]
    if not clocks:
        return None
    old_line, new_line = statement_line(old), statement_line(new)
    return OfferChange(
        offer=new_line,
        waits=[
            WaitChange(
                before=_clock_of(old_line, clock),
                after=_clock_of(new_line, clock),
                weeks=_difference(old_waits[clock], new_waits[clock]),
            )
            for clock in clocks
        ],
        evidence=_evidence(new, known_until),
    )


def _evidence(new: WaitingTimeStatement, known_until: date) -> Evidence:
    if new.observation == Observation.OBSERVED:
        return Evidence.READ
    # A month stands for its first day, so a month alone never tells that something is newer.
    return Evidence.NOTED if new.stated_on > known_until else Evidence.CORRECTED


def _clock_of(line: StatementLine, clock: Clock) -> WaitLine:
    return line.to_intake if clock is Clock.TO_INTAKE else line.to_treatment


def _says_the_same(old: Wait, new: Wait) -> bool:
    """Whether both say the same, however it was written and converted."""
    if old.is_known != new.is_known or old.is_bound != new.is_bound:
        return False
    if old.middle is None or new.middle is None:
        # "Unknown" and "not stated" differ in the file only, not for a reader.
        return old.kind == new.kind or not (_says_something(old) or _says_something(new))
    return abs(old.middle - new.middle) <= _ROUNDING_WEEKS


def _says_something(wait: Wait) -> bool:
    return wait.kind not in {"unknown", "not_stated"}


def _difference(old: Wait, new: Wait) -> Decimal | None:
    if not (old.is_known and new.is_known) or old.middle is None or new.middle is None:
        return None
    return new.middle - old.middle
