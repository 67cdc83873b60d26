"""The example messages of the standard, from file to trajectory."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vliegwiel.science.ijw import AssignmentVersion, NamedBytes, Pseudonyms, Record, read_files
from vliegwiel.science.trajectories import (
    CareForms,
    Mark,
    Referrer,
    Trajectories,
    derive,
    waits_of,
)

ON = date(2026, 12, 31)
KEY = Pseudonyms(bytes(range(32)))


@pytest.fixture(scope="module")
def records(shared: Path) -> tuple[Record, ...]:
    """JW301, 305, 307 and 315; the last with a day that exists instead of 31 June."""
    folder = shared / "reference/ijw/examples"
    names = [f"JW{number}.xml" for number in (301, 305, 307, 315)]
    files = [
        NamedBytes(name, (folder / name).read_bytes().replace(b"2027-06-31", b"2027-06-30"))
        for name in names
    ]
    return tuple(read_files(files, KEY, today=ON).records)


def of_one_municipality(records: tuple[Record, ...]) -> list[Record]:
    """Starts and stops as if they had been sent by the provider that was assigned to."""
    (first,) = {r.message.provider for r in records if isinstance(r, AssignmentVersion)}
    found: list[Record] = []
    for record in records:
        message = record.message._replace(municipality="0384", provider=first)
        changed = record._replace(message=message)
        number = {date(2026, 4, 3): 300201, date(2026, 4, 15): 300202}.get(
            getattr(record, "begin", ON)
        )
        if not isinstance(record, AssignmentVersion) and number is not None:
            changed = changed._replace(assignment=KEY.assignment("0384", number))  # type: ignore[call-arg]
        found.append(changed)
    return found


@pytest.fixture(scope="module")
def found(records: tuple[Record, ...]) -> Trajectories:
    return derive(of_one_municipality(records), known=ON, forms=CareForms())


@pytest.mark.parametrize(
    ("number", "days", "spell", "referrer", "after"),
    [
        (300201, 2, 106, Referrer.MUNICIPALITY, True),
        (300202, 14, 94, Referrer.GENERAL_PRACTITIONER, False),
    ],
)
def test_the_two_assignments(
    found: Trajectories, number: int, days: int, spell: int, referrer: Referrer, after: bool
) -> None:
    key = ("0384", KEY.assignment("0384", number))
    assert found.assignments[key].decided == date(2026, 4, 1)
    (wait,) = [wait for wait in waits_of(found, ON).waits if key in wait.assignments]
    assert wait.bounds == (days, days)
    assert (wait.referral.referrer, wait.referral.presumed) == (referrer, False)
    (mine,) = found.spells_on[key]
    assert (mine.end, mine.days, mine.reason) == (date(2026, 7, 17), spell, "31")
    assert (Mark.AFTER_ASSIGNMENT in mine.marks) is after


def test_taken_strictly_starts_and_stops_have_no_assignment(records: tuple[Record, ...]) -> None:
    strict = derive(records, known=ON)
    assert len(strict.orphans) == 4
    assert not strict.spells
    rules = [item.rule for item in strict.findings]
    assert rules.count("unknown_assignment") == 4
