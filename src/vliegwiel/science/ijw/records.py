"""What a message says, without anything that names a person: the records other rooms compute with.

Every number that leads back to a person has become a pseudonym (see :mod:`.pseudonyms`), a birth
date has become a month, and names, addresses, relations and free text are not here at all. Dates
are inclusive on both sides, as in the standard; money is in eurocents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from .values import written


class Severity(StrEnum):
    """What a finding does to the thing that it is about."""

    FILE = "F"  # the file is refused
    MESSAGE = "M"  # the message is refused
    RECORD = "R"  # the record is set aside
    WARNING = "W"  # kept with the record
    NOTE = "N"  # for the report of the delivery only


class Envelope(NamedTuple):
    """From whom to whom a message went, and when.

    ``code`` is the kind ("JW301"), ``release`` comes from the namespace ("3.2"). The key of a
    message is (code, sender, identification); the sender follows from the kind. ``digest`` is a
    keyed hash of the parts that are read: equal content has an equal digest.
    """

    code: str
    release: str
    municipality: str
    provider: str
    identification: str
    dated: date
    file: str
    digest: str


class Person(NamedTuple):
    """A youth: pseudonym, month of birth (its first day) and sex as coded ("0", "1", "2").

    ``birth_month`` is None if nothing is known, and January of the year if ``year_only``.
    """

    youth: str
    birth_month: date | None
    sex: str | None
    year_only: bool = False

    def __str__(self) -> str:
        return f"{self.youth} {written(self.birth_month)} {self.sex} {self.year_only}"


class AssignmentVersion(NamedTuple):
    """One occurrence of an assignment (toewijzing) in a JW301; the highest ``decided`` is in force.

    ``reason`` is a JZ002 code, None at first issue. ``volume`` counts ``unit`` (WJ756) per
    ``frequency`` (WMO757); ``budget`` is in cents.
    """

    message: Envelope
    person: Person
    assignment: str
    reference: str | None
    category: str | None
    product: str | None
    decided: datetime
    begin: date
    end: date | None
    reason: str | None
    volume: int | None
    unit: str | None
    frequency: str | None
    budget: int | None


class StartRecord(NamedTuple):
    """The start of delivery, from a JW305: ``status`` "1" inserts it, "3" deletes it by its key.

    ``assignment`` is None for task-funded (taakgericht) care, which has no assignment.
    """

    message: Envelope
    person: Person
    assignment: str | None
    category: str | None
    product: str | None
    begin: date
    status: str
    assigned_from: date | None


class StopRecord(NamedTuple):
    """The end or a pause of delivery, from a JW307; ``reason`` is a JZ588 code, "20" a pause."""

    message: Envelope
    person: Person
    assignment: str | None
    category: str | None
    product: str | None
    begin: date
    end: date
    reason: str
    status: str
    assigned_from: date | None


class AssignmentRequest(NamedTuple):
    """A product asked for by a provider, from a JW315; ``referrer`` is a COD327 code."""

    message: Envelope
    person: Person
    reference: str
    category: str | None
    product: str | None
    referrer: str | None
    wished_begin: date
    wished_end: date | None
    volume: int | None = None
    unit: str | None = None
    frequency: str | None = None
    budget: int | None = None


class ChangeRequest(NamedTuple):
    """A product of a youth in a JW317: kept as it is, to be changed, or to be added.

    ``begin`` is None for what is kept; ``why`` is a WJ758 code.
    """

    message: Envelope
    youth: str
    reference: str
    assignment: str | None
    category: str | None
    product: str | None
    kind: Literal["keep", "change", "add"]
    begin: date | None
    end: date | None
    why: str | None = None
    volume: int | None = None
    unit: str | None = None
    frequency: str | None = None
    budget: int | None = None


class RequestAnswer(NamedTuple):
    """A JW319: ``answer`` "1" rejected, for ``reason`` (WJ759), or "2" under investigation.

    ``responsible`` is the municipality that should be asked instead.
    """

    message: Envelope
    reference: str
    answer: str
    reason: str | None
    responsible: str | None = None


class DeclaredLine(NamedTuple):
    """Delivered care of one youth in one month, from a JW323; ``cents`` is never negative."""

    message: Envelope
    youth: str
    assignment: str
    performance: str
    previous: str | None
    category: str
    product: str
    begin: date
    end: date
    volume: int
    unit: str
    cents: int
    credit: bool
    declaration: str = ""


class RefusedLine(NamedTuple):
    """A declared line that the municipality refuses, from a JW325; ``codes`` are of WJ001."""

    message: Envelope
    youth: str
    performance: str
    codes: tuple[str, ...]
    previous: str | None = None
    assignment: str | None = None
    declaration: str = ""


class ReturnNote(NamedTuple):
    """The answer of a system to a message: JW302, 306, 308, 316, 318, 320, and 325 for its JW323.

    ``message`` tells which message is answered: its kind, parties, identification and date; its
    digest is empty. ``answer`` is the answer itself, whose ``dated`` says since when it is known.
    ``codes`` are the return codes (WJ001) of header and content. The message is ``accepted`` when
    no code refuses it; a declaration, when no code above its lines does.
    """

    message: Envelope
    codes: tuple[str, ...]
    accepted: bool
    answer: Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a check found. ``rule`` names the check in the table of rules.

    ``path`` is the place in the file: names of elements, a number where there are several, and
    the line. It holds no content, and ``params`` hold none of a person.
    """

    rule: str
    severity: Severity
    file: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)


Record: TypeAlias = (
    AssignmentVersion
    | StartRecord
    | StopRecord
    | AssignmentRequest
    | ChangeRequest
    | RequestAnswer
    | DeclaredLine
    | RefusedLine
    | ReturnNote
)
