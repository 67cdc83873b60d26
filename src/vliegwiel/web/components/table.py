"""A table as data: the cells are values, this module writes them in the visitor's language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from vliegwiel.web import notation

Kind = Literal["text", "number", "signed", "percent", "euro", "day", "month"]
Tone = Literal["better", "worse", "more", "less", "plain"]


@dataclass(frozen=True, slots=True)
class Toned:
    """A text with a ground of its own; the text says by itself what the colour does."""

    text: str
    tone: Tone = "plain"


Value = str | int | float | date | Toned | None

_NUMERIC = frozenset({"number", "signed", "percent", "euro"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` says how its values are written, `decimals` with how many places."""

    label: str
    kind: Kind = "text"
    decimals: int = 0

    @property
    def numeric(self) -> bool:
        return self.kind in _NUMERIC

    def write(self, value: Value) -> str:
        if value is None:
            return notation.MISSING
        if isinstance(value, str):
            return value
        if isinstance(value, Toned):
            return value.text
        writers: dict[str, Callable[..., str]] = {
            "number": lambda v: notation.number(v, self.decimals),
            "signed": lambda v: notation.signed(v, self.decimals),
            "percent": lambda v: notation.percent(v, self.decimals),
            "euro": notation.euro,
            "day": notation.day,
            "month": notation.month_short,
        }
        writer = writers.get(self.kind)
        return writer(value) if writer else str(value)


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    text: str
    numeric: bool
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    header: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` hold one value a column; the first column names the row.

    Raises ValueError when a row has another number of values than there are columns.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    body: tuple[Row, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row has {len(row)} values for {len(self.columns)} columns")
        object.__setattr__(self, "body", tuple(self._written()))

    def _written(self) -> list[Row]:
        first, *others = self.columns
        return [
            Row(
                first.write(row[0]),
                tuple(
                    Cell(
                        column.label,
                        column.write(value),
                        column.numeric,
                        value.tone if isinstance(value, Toned) else "",
                    )
                    for column, value in zip(others, row[1:], strict=True)
                ),
            )
            for row in self.rows
        ]
