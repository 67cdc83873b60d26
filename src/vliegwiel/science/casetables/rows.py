"""From rows of a table to the same records that messages give.

A row is a course of help: an assignment, and when they are there its start, its end and the request
before it. Each becomes a message of its own, dated on the day that it is about: when it was
reported is not in such a table. The number of these messages follows from the assignment, so a
later file that says something else of it corrects them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from types import MappingProxyType

from vliegwiel.reference import municipality_rows
from vliegwiel.science.ijw import (
    AssignmentRequest,
    AssignmentVersion,
    Counts,
    Envelope,
    Finding,
    NamedBytes,
    Person,
    Pseudonyms,
    ReadMessage,
    Record,
    Severity,
    StartRecord,
    StopRecord,
    passes_eleven_test,
    shown_name,
)

from .mapping import DATES, REQUIRED, Role, TableMapping, day_of
from .rules import TABLE_RULES
from .sheets import CaseTable, TableError, read_table

#: What the messages of a table have for a release.
TABLE_RELEASE = "table"
#: Findings of a rule that are kept with their place.
_KEPT_PER_RULE = 200
_BSN_DIGITS = 9
#: Ended according to plan is not presumed: without a reason the table does not tell.
_NO_REASON = ""

Choose = Callable[[tuple[str, ...]], TableMapping | None]
#: Kinds of message that there are of an assignment already, by its identification.
Before = Callable[[str], Iterable[str]]


class TableStream:
    """The messages of tables, one after the other; iterate it once, then ask what was found."""

    def __init__(
        self,
        files: Iterable[NamedBytes],
        choose: Choose,
        pseudonyms: Pseudonyms,
        *,
        today: date,
        region: frozenset[str],
        before: Before,
    ) -> None:
        self._files, self._choose, self._pseudonyms = files, choose, pseudonyms
        self._today, self._region, self._before = today, region, before
        self._rules: Counter[str] = Counter()
        self._found: list[Finding] = []
        self._messages: Counter[str] = Counter()
        self._records: Counter[str] = Counter()
        self._read = self._aside = 0

    def __iter__(self) -> Iterator[ReadMessage]:
        for file in self._files:
            self._read += 1
            name = shown_name(file.name)
            try:
                table = read_table(file.content)
            except TableError as error:
                self._find(error.rule, name, "", **error.params)
                continue
            mapping = self._choose(table.headings)
            if mapping is None:
                self._find("table_unmapped", name, "")
                continue
            yield from self._rows(name, table, mapping)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, of each rule no more than were to be kept."""
        return tuple(self._found)

    @property
    def counts(self) -> Counts:
        """How much came in and what became of it."""
        refusing = (rule for rule in self._rules if TABLE_RULES[rule] is Severity.FILE)
        return Counts(
            files=self._read,
            files_refused=sum(self._rules[rule] for rule in refusing),
            messages=MappingProxyType(dict(sorted(self._messages.items()))),
            messages_refused=0,
            records=MappingProxyType(dict(sorted(self._records.items()))),
            records_set_aside=self._aside,
            rules=MappingProxyType(dict(self._rules)),
        )

    def _find(self, rule: str, file: str, path: str, **params: str) -> None:
        self._rules[rule] += 1
        if self._rules[rule] <= _KEPT_PER_RULE:
            found = Finding(
                rule=rule, severity=TABLE_RULES[rule], file=file, path=path, params=params
            )
            self._found.append(found)

    def _rows(self, file: str, table: CaseTable, mapping: TableMapping) -> Iterator[ReadMessage]:
        at = {heading.casefold(): place for place, heading in enumerate(table.headings)}
        places = {role: at.get(name.casefold()) for role, name in mapping.columns.items()}
        for role, place in places.items():
            if place is None:
                self._find("table_column_missing", file, "", column=mapping.columns[role])
        if None in places.values():
            return
        seen: dict[str, str] = {}
        for line, cells in table.rows:
            values = {role: cells[place] for role, place in places.items() if place is not None}
            row = _Row(values, mapping, self._pseudonyms, self._today)
            for role, rule, params in row.faults:
                where = f"line {line}, {mapping.columns.get(role, role.value)}"
                self._find(rule, file, where, **params)
            if row.faults:
                continue
            if row.municipality not in self._region:
                self._aside += 1
                self._find("table_other_region", file, f"line {line}")
                continue
            yield from self._messages_of(row, file, line, seen)

    def _messages_of(
        self, row: _Row, file: str, line: int, seen: dict[str, str]
    ) -> Iterator[ReadMessage]:
        made = list(row.messages(file, self._before))
        content = "|".join(message.envelope.digest for message in made)
        known = seen.get(row.identification)
        if known is not None:
            rule = "table_row_twice" if known == content else "table_row_differs"
            self._find(rule, file, f"line {line}")
            return
        seen[row.identification] = content
        for message in made:
            self._messages[message.envelope.code] += 1
            self._records.update(type(record).__name__ for record in message.records)
            yield message


class _Row:
    """A row with its values read; `faults` are those that could not be, with their column."""

    def __init__(
        self,
        values: Mapping[Role, str],
        mapping: TableMapping,
        pseudonyms: Pseudonyms,
        today: date,
    ) -> None:
        self.faults: list[tuple[Role, str, dict[str, str]]] = []
        self._values, self._mapping, self._pseudonyms = values, mapping, pseudonyms
        self._today = today
        for role in REQUIRED:
            if not values.get(role):
                self.faults.append((role, "table_value_missing", {}))
        self._days = {role: self._day(role) for role in DATES}
        self.municipality = self._municipality()
        self._provider = self._coded(Role.PROVIDER, "table_no_provider")
        self._category = self._coded(Role.PRODUCT, "table_product_unknown")
        self._reason = self._coded(Role.REASON, "table_reason_unknown")
        self._referrer = self._coded(Role.REFERRER, "table_referrer_unknown")
        self._youth = self._person()
        self._in_order(Role.FROM, Role.UNTIL)
        self._in_order(Role.START, Role.END)
        if Role.END in mapping.columns and values.get(Role.END) and not values.get(Role.START):
            self.faults.append((Role.START, "table_value_missing", {}))
        if not self.faults:
            self._name()

    def _name(self) -> None:
        """The assignment, by its number; without one, by who gets what from whom since when."""
        own, named = self._values, self._values.get(Role.NUMBER, "")
        if named.isascii() and named.isdigit():
            self.identification = self._pseudonyms.assignment(self.municipality, int(named))
        else:
            parts = (self._youth, own[Role.PROVIDER], own[Role.PRODUCT], own[Role.ASSIGNED])
            told = f"number|{named}" if named else "|".join(("row", *parts))
            self.identification = self._pseudonyms.reference(self.municipality, told)

    def messages(self, file: str, before: Before) -> Iterator[ReadMessage]:
        """A message for each thing that the row says, and an empty one for what it no longer says.

        Every message has the number of the assignment.
        """
        kept = {code: (dated, record) for code, dated, record in self._told()}
        decided = self._the(Role.ASSIGNED)
        for code in sorted({*kept, *before(self.identification)}):
            dated, make = kept.get(code, (decided, None))
            bare = self._envelope(code, dated, file, "")
            told = "" if make is None else str(make(bare))
            envelope = self._envelope(code, dated, file, self._pseudonyms.content(told))
            yield ReadMessage(envelope, () if make is None else (make(envelope),))

    def _told(self) -> Iterator[tuple[str, date, Callable[[Envelope], Record]]]:
        yield "JW301", self._the(Role.ASSIGNED), self._assigned
        start, end, asked = (
            self._days.get(role) for role in (Role.START, Role.END, Role.REQUESTED)
        )
        if start is not None and start <= self._today:
            yield "JW305", start, self._started
            if end is not None and end <= self._today:
                yield "JW307", end, self._ended
        if asked is not None:
            yield "JW315", asked, self._requested

    def _envelope(self, code: str, dated: date, file: str, digest: str) -> Envelope:
        return Envelope(
            code=code, release=TABLE_RELEASE, municipality=self.municipality,
            provider=self._provider, identification=self.identification, dated=dated,
            # Nothing of the file may tell copies of a message apart while its content is compared.
            file=file if digest else "", digest=digest,
        )  # fmt: skip

    @property
    def _who(self) -> Person:
        born = self._days.get(Role.BORN)
        month = None if born is None else born.replace(day=1)
        return Person(youth=self._youth, birth_month=month, sex=None)

    @property
    def _begin(self) -> date:
        told = (self._days.get(role) for role in (Role.FROM, Role.START))
        return next((day for day in told if day is not None), self._the(Role.ASSIGNED))

    @property
    def _reference(self) -> str | None:
        return self.identification if self._days.get(Role.REQUESTED) is not None else None

    def _assigned(self, envelope: Envelope) -> Record:
        return AssignmentVersion(
            message=envelope, person=self._who, assignment=self.identification,
            reference=self._reference, category=self._category, product=None,
            decided=datetime.combine(self._the(Role.ASSIGNED), time()), begin=self._begin,
            end=self._days.get(Role.UNTIL), reason=None, volume=None, unit=None, frequency=None,
            budget=None,
        )  # fmt: skip

    def _started(self, envelope: Envelope) -> Record:
        return StartRecord(
            message=envelope, person=self._who, assignment=self.identification,
            category=self._category, product=None, begin=self._the(Role.START), status="1",
            assigned_from=self._begin,
        )  # fmt: skip

    def _ended(self, envelope: Envelope) -> Record:
        return StopRecord(
            message=envelope, person=self._who, assignment=self.identification,
            category=self._category, product=None, begin=self._the(Role.START),
            end=self._the(Role.END), reason=self._reason or _NO_REASON, status="1",
            assigned_from=self._begin,
        )  # fmt: skip

    def _requested(self, envelope: Envelope) -> Record:
        return AssignmentRequest(
            message=envelope, person=self._who, reference=self.identification,
            category=self._category, product=None, referrer=self._referrer or None,
            wished_begin=self._begin, wished_end=None,
        )  # fmt: skip

    def _the(self, role: Role) -> date:
        day = self._days.get(role)
        if day is None:
            raise ValueError(f"{role} has no day")
        return day

    def _day(self, role: Role) -> date | None:
        text = self._values.get(role, "")
        day = day_of(text, self._mapping.date_form) if text else None
        if text and day is None:
            self.faults.append((role, "table_no_date", {"form": self._mapping.date_form}))
        return day

    def _coded(self, role: Role, rule: str) -> str:
        own = self._values.get(role, "")
        code = self._mapping.code(role, own) if own else ""
        if code is None:
            # Who gives care can be one person; a code of a product or reason never is.
            told = {} if role is Role.PROVIDER else {"code": own[:40]}
            self.faults.append((role, rule, told))
        return code or ""

    def _municipality(self) -> str:
        own = self._values.get(Role.MUNICIPALITY, "")
        code = _municipalities().get(own.casefold()) or own.zfill(4)
        if own and not (len(code) == 4 and code.isascii() and code.isdigit()):
            self.faults.append((Role.MUNICIPALITY, "table_no_municipality", {}))
        return code

    def _person(self) -> str:
        own = self._values.get(Role.YOUTH, "")
        if self._mapping.ids == "own":
            # A number of a system means nothing beside a citizen service number.
            return self._pseudonyms.youth(f"own|{own}")
        digits = own.replace(".", "").replace(" ", "").zfill(_BSN_DIGITS) if own else ""
        right = len(digits) == _BSN_DIGITS and digits.isascii() and digits.isdigit()
        if own and not (right and passes_eleven_test(digits)):
            self.faults.append((Role.YOUTH, "table_no_bsn", {}))
        return self._pseudonyms.youth(digits)

    def _in_order(self, first: Role, last: Role) -> None:
        begin, end = self._days.get(first), self._days.get(last)
        if begin is not None and end is not None and end < begin:
            self.faults.append((last, "table_ends_before_it_begins", {}))


@cache
def _municipalities() -> Mapping[str, str]:
    """Names of municipalities without capitals -> their codes."""
    return {row.name.casefold(): row.code for row in municipality_rows()}
