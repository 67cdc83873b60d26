"""Starts and stops that stand, after inserts and deletes in whatever order.

A start is known by youth, assignment, product and first day; a stop by these, its reason and its
last day. It stands when it was inserted once more than it was deleted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from vliegwiel.science.ijw import Finding, Person, StartRecord, StopRecord

from .assignments import Assignment, AssignmentKey
from .rules import finding

_INSERT, _DELETE = "1", "3"
_Told = TypeVar("_Told", StartRecord, StopRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A start, or a stop when it has an end, that stands.

    ``known`` is the date of the first message that told it; ``end`` and ``reason`` (JZ588) are
    None for a start. ``assignment`` is None for care without an assignment (task-funded).
    """

    person: Person
    assignment: AssignmentKey | None
    municipality: str
    provider: str
    category: str | None
    product: str | None
    begin: date
    known: date
    end: date | None = None
    reason: str | None = None

    @property
    def delay(self) -> int:
        """Days between the begin, or the end of a stop, and the message."""
        return (self.known - (self.end or self.begin)).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """Starts and stops by assignment (None: care without one), and those set aside."""

    starts: Mapping[AssignmentKey, tuple[Standing, ...]]
    stops: Mapping[AssignmentKey, tuple[Standing, ...]]
    unassigned_starts: tuple[Standing, ...]
    unassigned_stops: tuple[Standing, ...]
    orphans: tuple[Standing, ...]


def _place(record: StartRecord | StopRecord) -> tuple[str, ...]:
    """Youth, whose care, and assignment; the provider where there is no number."""
    message = record.message
    number = record.assignment
    return (
        record.person.youth,
        message.municipality,
        "" if number is None else number,
        message.provider if number is None else "",
    )


def _start_key(record: StartRecord | StopRecord) -> tuple[Any, ...]:
    product = (record.category or "", record.product or "")
    return (*_place(record), *product, record.begin)


def _stop_key(record: StopRecord) -> tuple[Any, ...]:
    return (*_start_key(record), record.reason, record.end)


def _standing(
    groups: Mapping[tuple[Any, ...], list[_Told]], findings: list[Finding]
) -> dict[tuple[Any, ...], _Told]:
    """The first insert of every key that stands."""
    found = {}
    for key, group in groups.items():
        if len(group) == 1 and group[0].status == _INSERT:
            found[key] = group[0]
            continue
        inserts = [record for record in group if record.status == _INSERT]
        deletes = [record for record in group if record.status == _DELETE]
        more = len(inserts) - len(deletes)
        if more < 0:
            findings.append(finding("delete_without_insert", _first(deletes).message))
        elif more > 0:
            found[key] = _first(inserts)
            if more > 1:
                last = max(inserts, key=_order)
                findings.append(finding("insert_twice", last.message, times=more))
    return found


def _order(record: StartRecord | StopRecord) -> tuple[date, str, str, str]:
    message = record.message
    return message.dated, message.identification, message.provider, message.file


def _first(records: list[_Told]) -> _Told:
    return min(records, key=_order)


def deliveries_of(
    starts: Iterable[StartRecord],
    stops: Iterable[StopRecord],
    assignments: Mapping[AssignmentKey, Assignment],
) -> tuple[Deliveries, list[Finding]]:
    """The starts and stops that stand, each with its assignment.

    Those whose assignment is not here, is of another youth or was removed are set aside and
    counted (orphans); they are never used and never lost.
    """
    findings: list[Finding] = []
    start_groups: dict[tuple[Any, ...], list[StartRecord]] = defaultdict(list)
    stop_groups: dict[tuple[Any, ...], list[StopRecord]] = defaultdict(list)
    for start in starts:
        start_groups[_start_key(start)].append(start)
    for stop in stops:
        stop_groups[_stop_key(stop)].append(stop)
    standing_starts = _standing(start_groups, findings)
    standing_stops = _standing(stop_groups, findings)
    _deleted_with_stop(start_groups, standing_starts, standing_stops, findings)
    sorted_out = _SortedOut(assignments, findings)
    every: list[StartRecord | StopRecord] = [*standing_starts.values(), *standing_stops.values()]
    for record in every:
        sorted_out.put(record)
    return sorted_out.deliveries(), findings


def _deleted_with_stop(
    groups: Mapping[tuple[Any, ...], list[StartRecord]],
    starts: Mapping[tuple[Any, ...], StartRecord],
    stops: Mapping[tuple[Any, ...], StopRecord],
    findings: list[Finding],
) -> None:
    stopped = {_start_key(stop) for stop in stops.values()}
    for key, group in groups.items():
        deletes = [record for record in group if record.status == _DELETE]
        if deletes and key not in starts and key in stopped:
            findings.append(finding("deleted_start_has_stop", _first(deletes).message))


class _SortedOut:
    """Starts and stops in the hands of their assignments."""

    def __init__(
        self, assignments: Mapping[AssignmentKey, Assignment], findings: list[Finding]
    ) -> None:
        self._assignments = assignments
        self._findings = findings
        self._by_assignment: dict[bool, dict[AssignmentKey, list[Standing]]] = {
            False: defaultdict(list),
            True: defaultdict(list),
        }
        self._unassigned: dict[bool, list[Standing]] = {False: [], True: []}
        self._orphans: list[Standing] = []

    def put(self, record: StartRecord | StopRecord) -> None:
        item = _as_standing(record)
        is_stop = item.end is not None
        if item.assignment is None:
            self._unassigned[is_stop].append(item)
            return
        owner = self._assignments.get(item.assignment)
        if owner is None or owner.youth != item.person.youth:
            self._findings.append(finding("unknown_assignment", record.message))
            self._orphans.append(item)
        elif owner.removed:
            self._findings.append(finding("on_removed_assignment", record.message))
            self._orphans.append(item)
        else:
            self._compare(record, owner)
            self._by_assignment[is_stop][item.assignment].append(item)

    def _compare(self, record: StartRecord | StopRecord, owner: Assignment) -> None:
        message = record.message
        if message.provider != owner.provider:
            self._findings.append(finding("other_provider", message))
        if record.assigned_from not in {None, owner.begin, owner.first_begin}:
            self._findings.append(finding("other_assigned_from", message))
        version = owner.in_force
        other_category = version.category != record.category and None not in {
            version.category,
            record.category,
        }
        other_product = version.product != record.product and None not in {
            version.product,
            record.product,
        }
        if other_category or other_product:
            self._findings.append(finding("other_product", message))

    def deliveries(self) -> Deliveries:
        return Deliveries(
            starts={key: tuple(found) for key, found in self._by_assignment[False].items()},
            stops={key: tuple(found) for key, found in self._by_assignment[True].items()},
            unassigned_starts=tuple(self._unassigned[False]),
            unassigned_stops=tuple(self._unassigned[True]),
            orphans=tuple(sorted(self._orphans, key=_place_of)),
        )


def _place_of(item: Standing) -> tuple[str, str, str, date, date, str]:
    end = item.end or date.max
    number = item.assignment[1] if item.assignment is not None else ""
    return item.municipality, number, item.person.youth, item.begin, end, item.reason or ""


def _as_standing(record: StartRecord | StopRecord) -> Standing:
    message = record.message
    end, reason = (record.end, record.reason) if isinstance(record, StopRecord) else (None, None)
    return Standing(
        person=record.person,
        assignment=(
            None if record.assignment is None else (message.municipality, record.assignment)
        ),
        municipality=message.municipality,
        provider=message.provider,
        category=record.category,
        product=record.product,
        begin=record.begin,
        known=message.dated,
        end=end,
        reason=reason,
    )
