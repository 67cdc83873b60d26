"""What a delivery of published waiting times changed against the one before it.

Two traps of such files are kept out: a value that was only converted another way (26 weeks, then
26.1) is no change, and a value that was not read from the page is not called an observed change.
Offers are matched by what tells them apart; one that was renamed counts as gone and new, unless
provider, offer and place still point to one offer on either side.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from vliegwiel.apps.figures.models import WaitingTimeStatement
from vliegwiel.apps.figures.published_waiting import Wait
from vliegwiel.apps.figures.vocabulary import Clock
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


@dataclass(frozen=True, slots=True)
class WaitChange:
    """One clock of one offer that says something else than before.

    `is_observed`: the new value was read from the provider's page that day.
    `weeks` is the difference where both sides give weeks.
    """

    offer: StatementLine
    before: WaitLine
    after: WaitLine
    weeks: Decimal | None
    is_observed: bool


@dataclass(frozen=True, slots=True)
class DeliveryChange:
    """Everything that differs between two deliveries, for the same filter."""

    previous: DeliveryInfo
    current: DeliveryInfo
    changed: Sequence[WaitChange]
    new: Sequence[StatementLine]
    gone: Sequence[StatementLine]
    unchanged: int


def change_since_previous(region: Region, wanted: WaitingFilter) -> DeliveryChange | None:
    """The last delivery against the one made before it; None with fewer than two."""
    deliveries = waiting_deliveries(region, limit=2)
    if len(deliveries) < 2:
        return None
    current, previous = deliveries
    before = list(statements(region, wanted, delivery_id=previous.id))
    after = list(statements(region, wanted, delivery_id=current.id))
    pairs = _matched(before, after)
    matched_before = {old.pk for old, _new in pairs}
    matched_after = {new.pk for _old, new in pairs}
    changes = [change for old, new in pairs for change in _changes(old, new)]
    changed_offers = {change.offer.id for change in changes}
    return DeliveryChange(
        previous=previous,
        current=current,
        changed=changes,
        new=[statement_line(row) for row in after if row.pk not in matched_after],
        gone=[statement_line(row) for row in before if row.pk not in matched_before],
        unchanged=len(pairs) - len(changed_offers),
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


def _changes(old: WaitingTimeStatement, new: WaitingTimeStatement) -> Sequence[WaitChange]:
    old_waits, new_waits = waits_by_clock(old), waits_by_clock(new)
    clocks = [clock for clock in Clock if not _says_the_same(old_waits[clock], new_waits[clock])]
    if not clocks:
        return []
    old_line, new_line = statement_line(old), statement_line(new)
    return [
        WaitChange(
            offer=new_line,
            before=_clock_of(old_line, clock),
            after=_clock_of(new_line, clock),
            weeks=_difference(old_waits[clock], new_waits[clock]),
            is_observed=new.observation == "observed",
        )
        for clock in clocks
    ]


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
