"""A table of measurements from a CSV file, checked at the door: all faults at once, with lines."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import DocumentError, Fault

from .faults import MOST_NAMED, listed, table_fault
from .periods import NEVER, Cadence, is_never, period_of
from .table import EffectTable, Flags, Floats, Ints, Labels, Role

#: Headings that say their role themselves, in lower case; Dutch headings as tables have them.
_USUAL: Mapping[str, Role] = {
    **{role.value: role for role in Role},
    "eenheid": Role.UNIT,
    "gemeente": Role.UNIT,
    "periode": Role.PERIOD,
    "maand": Role.PERIOD,
    "jaar": Role.PERIOD,
    "begin": Role.START,
    "uitkomst": Role.OUTCOME,
    "groep": Role.GROUP,
    "meting_voor": Role.BASELINE,
    "aantal": Role.SIZE,
    "duur": Role.TIME,
    "einde_gezien": Role.EVENT,
}
_LABELS = (Role.UNIT, Role.CLUSTER, Role.GROUP)
_NUMBERS = (Role.OUTCOME, Role.BASELINE, Role.SIZE, Role.TIME)
_FLAGS = (Role.TREATED, Role.EVENT)
_DAYS = (Role.REGISTERED, Role.MEASURED)
#: What may be empty: not known (a number), or never (a start).
_MAY_BE_EMPTY = frozenset({Role.OUTCOME, Role.BASELINE, Role.START})
_TRUE, _FALSE = ("1", "1.0", "true", "ja", "yes"), ("0", "0.0", "false", "nee", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRoles:
    """Which column has which role, and what its values can be.

    Attributes:
        columns: role -> heading. Headings that are the name of a role need not be named.
        lowest, highest: the least and the most that the outcome can be; None for no bound.
    """

    columns: Mapping[Role, str]
    lowest: float | None = None
    highest: float | None = None


def read_effect_table(content: bytes, roles: TableRoles) -> EffectTable:
    """The table of a CSV file: UTF-8, separated by commas, semicolons or tabs.

    A million rows take seconds: columns are read whole. Decimals may have a comma where columns are
    not separated by commas.

    Raises:
        DocumentError: with everything that is wrong; ``path`` of a fault is the line.
    """
    frame = _frame(content)
    headings = [str(name) for name in frame.columns]
    twice = sorted({name for name in headings if headings.count(name) > 1})
    if twice:
        raise DocumentError([table_fault("line 1", "column_twice", column=n) for n in twice])
    chosen = _chosen(headings, roles)
    return table_of({role: frame[name].to_numpy() for role, name in chosen.items()}, roles, chosen)


def table_of(
    columns: Mapping[Role, NDArray[Any] | Labels],
    roles: TableRoles | None = None,
    headings: Mapping[Role, str] | None = None,
) -> EffectTable:
    """The table of columns that are there already, texts or numbers, checked in the same way.

    Units, clusters and groups may be :class:`Labels`: of a million texts that saves the most.

    ``headings`` are what faults call the columns; the names of the roles without it.

    Raises:
        DocumentError: with everything that is wrong; the first row is line 2.
    """
    roles = roles or TableRoles(columns={})
    named = {role: (headings or {}).get(role, role.value) for role in columns}
    faults = list(_lacking(columns))
    if columns and len(next(iter(columns.values()))) == 0:
        faults.append(table_fault("", "empty_table"))
    if faults:
        raise DocumentError(faults)
    reader = _Reader(columns, named, roles, faults)
    table = reader.table()
    if not faults:
        faults.extend(_together(table, reader))
    if faults:
        raise DocumentError(faults)
    return table


def _frame(content: bytes) -> Any:
    import pandas as pd  # noqa: PLC0415 - takes half a second to load

    try:
        text = content.decode("utf-8-sig")
        head = text.split("\n", 1)[0]
        mark = max(";\t,", key=head.count)
        frame = pd.read_csv(
            io.StringIO(text), sep=mark, header=None, dtype=str, keep_default_na=False,
            skip_blank_lines=False, low_memory=False,
        )  # fmt: skip
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise DocumentError([table_fault("", "unreadable", why=_first_line(error))]) from error
    headings = [str(name).strip() for name in frame.iloc[0]]
    # Lines at the end with nothing in them are no rows; those in between are faults of their own.
    frame = frame.iloc[1:]
    filled = (frame != "").any(axis=1).to_numpy().nonzero()[0]
    frame = frame.iloc[: int(filled[-1]) + 1] if len(filled) else frame.iloc[:0]
    frame.columns = pd.Index(headings)
    return frame


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]


def _chosen(headings: list[str], roles: TableRoles) -> dict[Role, str]:
    """Role -> heading, of those that were named and those that name themselves."""
    faults = [
        table_fault(
            "line 1", "missing_column", column=name, role=role.value, columns=listed(headings)
        )
        for role, name in roles.columns.items()
        if name not in headings
    ]
    if faults:
        raise DocumentError(faults)
    chosen = dict(roles.columns)
    taken = set(chosen.values())
    for heading in headings:
        role = _USUAL.get(heading.casefold())
        if role is not None and role not in chosen and heading not in taken:
            chosen[role] = heading
    return chosen


def _lacking(columns: Mapping[Role, object]) -> Iterator[Fault]:
    if Role.TIME in columns or Role.EVENT in columns:
        if not (Role.TIME in columns and Role.EVENT in columns):
            yield table_fault("line 1", "time_without_event")
    elif Role.OUTCOME not in columns:
        yield table_fault("line 1", "no_outcome")


class _Reader:
    """Turns columns into arrays and notes what is wrong in them."""

    def __init__(
        self,
        columns: Mapping[Role, NDArray[Any] | Labels],
        named: Mapping[Role, str],
        roles: TableRoles,
        faults: list[Fault],
    ) -> None:
        self.columns, self.named, self.roles, self.faults = columns, named, roles, faults
        self.rows = len(next(iter(columns.values())))

    def table(self) -> EffectTable:
        """The table, with what is wrong in ``faults``."""
        labels = {role: self._labels(role) for role in _LABELS if role in self.columns}
        parts: dict[str, Any] = {role.value: numbers for role, (numbers, _n) in labels.items()}
        for role in _NUMBERS:
            if role in self.columns:
                parts[role.value] = self._numbers(role)
        for role in _FLAGS:
            if role in self.columns:
                parts[role.value] = self._flags(role)
        cadence = Cadence.NUMBER
        for role in (Role.PERIOD, Role.START):
            if role in self.columns:
                given = None if role is Role.PERIOD or Role.PERIOD not in self.columns else cadence
                cadence, parts[role.value] = self._periods(role, given)
        names = {role: texts for role, (_numbers, texts) in labels.items()}
        return EffectTable(rows=self.rows, names=names, cadence=cadence, **parts)

    def day(self, role: Role) -> Ints:
        """Days since year 1 of a column with days."""
        return self._periods(role, Cadence.DAY)[1]

    def note(self, bad: Flags, code: str, role: Role, **params: object) -> None:
        """Faults of the first rows that are bad, and how many more there are."""
        self.faults.extend(
            named(bad, code, lambda row: {
                "column": self.named[role], "value": self.columns[role][row], **params
            })
        )  # fmt: skip

    def _column(self, role: Role) -> NDArray[Any]:
        column = self.columns[role]
        return column.names[column.at] if isinstance(column, Labels) else column

    def _texts(self, role: Role) -> tuple[Ints, list[str]]:
        """The different values of a column as texts, and which each row has."""
        column = self._column(role)
        if column.dtype.kind in "bfiu":
            values, at = np.unique(column, return_inverse=True)
            return at.astype(np.int64), [_plain(value) for value in values]
        import pandas as pd  # noqa: PLC0415 - takes half a second to load

        at, found = pd.factorize(column, use_na_sentinel=False)
        return at.astype(np.int64), [_plain(value).strip() for value in found]

    def _labels(self, role: Role) -> tuple[Ints, tuple[str, ...]]:
        column = self.columns[role]
        if isinstance(column, Labels):
            shown = column.present()
            self.note((shown.names == "")[shown.at], "missing_value", role)
            return shown.at, tuple(shown.names.tolist())
        at, texts = self._texts(role)
        names, merged = np.unique(np.array(texts, dtype=object), return_inverse=True)
        empty = np.array([text == "" for text in texts], dtype=bool)
        self.note(empty[at], "missing_value", role)
        found: Ints = merged.astype(np.int64)[at]
        return found, tuple(str(name) for name in names)

    def _numbers(self, role: Role) -> Floats:
        column = self._column(role)
        if column.dtype.kind in "bfiu":
            values = column.astype(np.float64)
            strange = np.isinf(values)
            empty = np.isnan(values)
        else:
            at, texts = self._texts(role)
            each = np.array([_number(text) for text in texts])
            void = np.array([text == "" for text in texts], dtype=bool)
            values, empty = each[at], void[at]
            strange = ~np.isfinite(values) & ~empty
        self.note(strange, "not_a_number", role)
        if role not in _MAY_BE_EMPTY:
            self.note(empty, "missing_value", role)
        self._bounds(role, values)
        return values

    def _bounds(self, role: Role, values: Floats) -> None:
        if role is Role.TIME:
            self.note(values < 0, "negative_time", role)
        if role is Role.SIZE:
            self.note(values <= 0, "no_size", role)
        if role in (Role.OUTCOME, Role.BASELINE):
            if self.roles.lowest is not None:
                limit = self.roles.lowest
                self.note(values < limit, "below_lowest", role, limit=_plain(limit))
            if self.roles.highest is not None:
                limit = self.roles.highest
                self.note(values > limit, "above_highest", role, limit=_plain(limit))

    def _flags(self, role: Role) -> Flags:
        at, texts = self._texts(role)
        lower = [text.casefold() for text in texts]
        known = np.array([text in (*_TRUE, *_FALSE) for text in lower], dtype=bool)
        empty = np.array([text == "" for text in lower], dtype=bool)
        self.note((~known & ~empty)[at], "not_a_flag", role)
        self.note(empty[at], "missing_value", role)
        found: Flags = np.array([text in _TRUE for text in lower], dtype=bool)[at]
        return found

    def _periods(self, role: Role, given: Cadence | None) -> tuple[Cadence, Ints]:
        at, texts = self._texts(role)
        found = [period_of(text) for text in texts]
        never = [role is Role.START and (is_never(text) or text in ("0", "0.0")) for text in texts]
        cadence = given or next(
            (one[0] for one, no in zip(found, never, strict=True) if one and not no), Cadence.NUMBER
        )
        bad = [one is None and not no for one, no in zip(found, never, strict=True)]
        empty = [text == "" and not no for text, no in zip(texts, never, strict=True)]
        other = [
            one is not None and one[0] is not cadence and not no
            for one, no in zip(found, never, strict=True)
        ]
        self.note(np.array(empty, dtype=bool)[at], "missing_value", role)
        strange = np.array(bad, dtype=bool) & ~np.array(empty, dtype=bool)
        self.note(strange[at], "not_a_period", role)
        self.note(np.array(other, dtype=bool)[at], "other_cadence", role)
        numbers = [
            NEVER if no or one is None else one[1] for one, no in zip(found, never, strict=True)
        ]
        return cadence, np.array(numbers, dtype=np.int64)[at]


def named(bad: Flags, code: str, words: Any) -> list[Fault]:
    """Faults of the first rows that are bad, in order, and one for how many more there are."""
    rows = np.flatnonzero(bad)
    found = [table_fault(f"line {row + 2}", code, **words(int(row))) for row in rows[:MOST_NAMED]]
    if len(rows) > MOST_NAMED:
        more = len(rows) - MOST_NAMED
        found.append(table_fault(f"line {rows[MOST_NAMED] + 2}", "and_more", count=more))
    return found


def _together(table: EffectTable, reader: _Reader) -> Iterator[Fault]:
    """What is wrong between columns, or between rows of one unit."""
    if table.unit is None:
        return
    unit = table.unit

    def whose(row: int) -> dict[str, object]:
        return {"unit": table.name(Role.UNIT, int(unit[row]))}

    yield from named(_again(table, unit), "row_twice", whose)
    if table.cluster is not None:
        yield from named(_differs(unit, table.cluster), "two_clusters", whose)
    if table.start is not None:
        yield from named(_differs(unit, table.start), "two_starts", whose)
    elif table.treated is not None and table.period is not None:
        yield from named(_stops(table, unit), "stops_again", whose)
    if Role.REGISTERED in reader.columns and Role.MEASURED in reader.columns:
        days = {role: reader.day(role) for role in _DAYS}
        early = days[Role.MEASURED] < days[Role.REGISTERED]
        yield from named(early, "measured_early", lambda row: {
            **whose(row), **{role.value: reader.columns[role][row] for role in _DAYS}
        })  # fmt: skip


def _again(table: EffectTable, unit: Ints) -> Flags:
    """Rows whose unit and moment were there before."""
    keys = [unit] if table.period is None else [table.period, unit]
    order = np.lexsort(keys)
    same = np.ones(table.rows - 1, dtype=bool)
    for key in keys:
        same &= key[order][1:] == key[order][:-1]
    found = np.zeros(table.rows, dtype=bool)
    found[order[1:][same]] = True
    return found


def _differs(unit: Ints, value: Ints) -> Flags:
    """Rows whose value is another than in the first row of their unit."""
    _names, first = np.unique(unit, return_index=True)
    place = np.searchsorted(_names, unit)
    found: Flags = value != value[first][place]
    return found


def _stops(table: EffectTable, unit: Ints) -> Flags:
    """Rows without the initiative after one of the same unit with it."""
    assert table.treated is not None
    assert table.period is not None
    first = np.full(int(unit.max()) + 1, NEVER, dtype=np.int64)
    np.minimum.at(first, unit[table.treated], table.period[table.treated])
    found: Flags = ~table.treated & (table.period > first[unit])
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return _with_comma(text)


def _with_comma(text: str) -> float:
    """A number with a decimal comma; not a number for anything else."""
    try:
        return float(text.replace(",", ".")) if text.count(",") == 1 and "." not in text else np.nan
    except ValueError:
        return np.nan


def _plain(value: object) -> str:
    if isinstance(value, float | np.floating):
        return str(int(value)) if float(value).is_integer() else str(float(value))
    return str(value)
