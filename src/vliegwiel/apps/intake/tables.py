"""Records of science as rows of tables, and back: one place knows which column holds what.

Rows go in by COPY, which is an order of magnitude faster than INSERT. A text that is not said is
an empty string in the table, and a pseudonym is 128 bits.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from sys import intern
from typing import Any, get_args, get_type_hints
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from vliegwiel.science.ijw import (
    AssignmentRequest,
    AssignmentVersion,
    ChangeRequest,
    DeclaredLine,
    Envelope,
    Person,
    Record,
    RefusedLine,
    RequestAnswer,
    ReturnNote,
    StartRecord,
    StopRecord,
)

from .models import (
    Answer,
    Assignment,
    Change,
    Declared,
    Refused,
    Request,
    Returned,
    Start,
    Stop,
)

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Where the records of one kind are kept. `name` is what they are called in counts."""

    name: str
    model: type[models.Model]
    columns: Sequence[str]
    to_row: Callable[[Any], Row]
    from_row: Callable[[Envelope, Row], Record]

    @property
    def of_a_youth(self) -> bool:
        return "youth" in self.columns


#: Kinds of message that the municipality sends; the provider sends the others.
SENT_BY_MUNICIPALITY = frozenset({"JW301", "JW306", "JW308", "JW316", "JW318", "JW319", "JW325"})


def sender_of(envelope: Envelope) -> str:
    """The sender follows from the kind of message."""
    from_municipality = envelope.code in SENT_BY_MUNICIPALITY
    return envelope.municipality if from_municipality else envelope.provider


def message_of(record: Record) -> Envelope:
    """The message in which a record stands; of a return note that is the answer itself."""
    return record.answer if isinstance(record, ReturnNote) else record.message


@dataclass(frozen=True, slots=True)
class _Part:
    """A field of a record as columns: mostly one, with values that differ in form at most."""

    field: str
    columns: Sequence[str]
    to_values: Callable[[Any], Row]
    from_values: Callable[[Row], Any]


def _person_values(person: Person) -> Row:
    return person.youth, person.birth_month, person.year_only, person.sex or ""


@lru_cache(maxsize=10_000)
def as_hex(number: UUID) -> str:
    """A pseudonym as text. Rows come by youth, so equal ones stand close and are one text."""
    return number.hex


@lru_cache(maxsize=1_000)
def _same_person(youth: UUID, born: date | None, year_only: bool, sex: str) -> Person:
    return Person(
        youth=as_hex(youth), birth_month=born, year_only=year_only, sex=intern(sex) or None
    )


def _person(values: Row) -> Person:
    """The person of a row: the one before it, when that was the same."""
    return _same_person(*values)


@lru_cache(maxsize=100_000)
def same_day(day: date) -> date:
    """One object for each day: millions of rows hold few different ones."""
    return day


#: Fields that are several columns: a person, and a moment, which has no zone in the standard.
_WIDE = {
    "person": _Part("person", ("youth", "born", "year_only", "sex"), _person_values, _person),
    "decided": _Part(
        "decided",
        ("decided_on", "decided_time"),
        lambda moment: (moment.date(), moment.time()),
        lambda values: datetime.combine(*values),
    ),
}


def _part(name: str, said_as: Any, model: type[models.Model]) -> _Part:
    """A field that has a column of the same name."""
    column = model._meta.get_field(name)
    nothing = None if type(None) in get_args(said_as) else ""
    if isinstance(column, models.UUIDField):
        return _Part(
            name,
            (name,),
            lambda value: (value or None,),
            lambda values: as_hex(values[0]) if values[0] else nothing,
        )
    if isinstance(column, models.CharField):
        return _Part(
            name,
            (name,),
            lambda value: (value or "",),
            # One text for equal ones: the rows of a large region hold few different ones.
            lambda values: intern(values[0]) or nothing,
        )
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        return _Part(
            name,
            (name,),
            lambda value: (value,),
            lambda values: same_day(values[0]) if values[0] else None,
        )
    if isinstance(column, ArrayField):
        return _Part(name, (name,), lambda value: (list(value),), lambda values: tuple(values[0]))
    return _Part(name, (name,), lambda value: (value,), lambda values: values[0])


def _table(name: str, kind: type[Any], model: type[models.Model]) -> Table:
    """The table of a kind of record of which the columns have the names of the fields."""
    parts = [
        _WIDE.get(name) or _part(name, said_as, model)
        for name, said_as in get_type_hints(kind).items()
        if name != "message"
    ]
    columns = [column for part in parts for column in part.columns]

    def to_row(record: Any) -> Row:
        return [value for part in parts for value in part.to_values(getattr(record, part.field))]

    def from_row(message: Envelope, row: Row) -> Record:
        given: dict[str, Any] = {}
        at = 0
        for part in parts:
            end = at + len(part.columns)
            given[part.field] = part.from_values(row[at:end])
            at = end
        record: Record = kind(message=message, **given)
        return record

    return Table(name, model, columns, to_row, from_row)


def _returned_row(note: ReturnNote) -> Row:
    of = note.message
    key = (of.code, of.release, of.municipality, of.provider, of.identification, of.dated)
    return (*key, list(note.codes), note.accepted)


def _returned(answer: Envelope, row: Row) -> ReturnNote:
    code, release, municipality, provider, identification, dated, codes, accepted = row
    of = Envelope(
        code=intern(code),
        release=intern(release),
        municipality=intern(municipality),
        provider=intern(provider),
        identification=identification,
        dated=same_day(dated),
        file=answer.file,
        digest="",
    )
    return ReturnNote(message=of, codes=tuple(codes), accepted=accepted, answer=answer)


_RETURNED_COLUMNS = (
    *("of_code", "of_release", "of_municipality", "of_provider", "of_identification", "of_dated"),
    *("codes", "accepted"),
)

#: Every kind of record and its table, in the order in which people speak of them.
TABLES: Mapping[type[Any], Table] = {
    AssignmentVersion: _table("assignments", AssignmentVersion, Assignment),
    StartRecord: _table("starts", StartRecord, Start),
    StopRecord: _table("stops", StopRecord, Stop),
    AssignmentRequest: _table("requests", AssignmentRequest, Request),
    ChangeRequest: _table("changes", ChangeRequest, Change),
    RequestAnswer: _table("answers", RequestAnswer, Answer),
    DeclaredLine: _table("declared", DeclaredLine, Declared),
    RefusedLine: _table("refused", RefusedLine, Refused),
    ReturnNote: Table("returned", Returned, _RETURNED_COLUMNS, _returned_row, _returned),
}
OF_A_YOUTH = tuple(table for table in TABLES.values() if table.of_a_youth)


def copy_in(model: type[models.Model], columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Writes rows to the table of `model`, in one stream."""
    quote = connection.ops.quote_name
    fields_by_name = {field.name: field for field in model._meta.concrete_fields}
    names = ", ".join(quote(str(fields_by_name[name].column)) for name in columns)
    statement = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
    # Django does not know COPY: its errors would come as those of the driver.
    wrapped = connection.wrap_database_errors
    with connection.cursor() as cursor, wrapped, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def new_numbers(model: type[models.Model], count: int) -> Sequence[int]:
    """So many new primary keys for `model`; rows that refer to each other need them beforehand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def rows_by_kind(
    records: Iterable[tuple[int, Record]],
) -> Iterator[tuple[Table, list[Row]]]:
    """Records with the number of their message, as rows of one table after the other."""
    by_kind: dict[type[Any], list[Row]] = {}
    for message_id, record in records:
        kind = type(record)
        by_kind.setdefault(kind, []).append((message_id, *TABLES[kind].to_row(record)))
    for kind, rows in by_kind.items():
        yield TABLES[kind], rows
