"""Who had the initiative and since when: the two sides of a comparison from what a table holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from vliegwiel.science.kernel import DocumentError

from .asked import Question
from .faults import design_fault, listed
from .periods import NEVER, period_of
from .result import Arm
from .table import EffectTable, Flags, Ints, Role, compact

#: Names that groups without the initiative often have.
_CONTROL_NAMES = frozenset({"0", "control", "controle", "compared", "vergelijking", "nee", "no"})


@dataclass(frozen=True, slots=True)
class Arms:
    """The arms of a comparison.

    Attributes:
        names: of all arms; the first is compared with, the second the main one.
        arm: number of the arm of each row, shape (n,).
    """

    names: tuple[str, ...]
    arm: Ints

    @property
    def treated(self) -> Flags:
        """Rows with any initiative, shape (n,)."""
        found: Flags = self.arm > 0
        return found

    def only(self, rows: Flags) -> Arms:
        """The arms of some rows."""
        return Arms(self.names, self.arm[rows])


def refuse(code: str, **params: object) -> DocumentError:
    """The error that says why a design cannot use a table."""
    return DocumentError([design_fault(code, **params)])


def arms(table: EffectTable, question: Question) -> Arms:
    """Which rows belong to which arm: by group, else by treated, else by start.

    Raises:
        DocumentError: when there are no two sides, or it is not known which is compared with.
    """
    if table.group is not None:
        return _by_group(table, table.group, question)
    if table.treated is not None:
        flags = ever(table, table.treated)
    elif table.start is not None:
        flags = table.start < NEVER
    else:
        raise refuse("needs_role", role=Role.TREATED.value)
    return _both(Arms(("0", "1"), flags.astype(np.int64)))


def ever(table: EffectTable, flags: Flags) -> Flags:
    """Rows of units for which a flag is set in any row, shape (n,)."""
    if table.unit is None or table.period is None:
        return flags
    found: Flags = np.bincount(table.unit, weights=flags)[table.unit] > 0
    return found


def with_start(table: EffectTable, question: Question) -> EffectTable:
    """The table with the first period of the initiative in every row.

    From the column, else from when a unit is treated, else from the question for whoever is
    treated (everybody, where the table has no sides).

    Raises:
        DocumentError: when the start is not known, or the table has no periods.
    """
    if table.period is None:
        raise refuse("needs_role", role=Role.PERIOD.value)
    if table.start is not None:
        return table
    sided = table.treated is not None or table.group is not None
    if table.treated is not None and question.start is None:
        inside = _changing(table, table.treated)
        if inside is not None:
            return replace(table, start=inside)
    inside_rows = arms(table, question).treated if sided else np.ones(table.rows, dtype=bool)
    start = np.where(inside_rows, _asked_start(table, question), NEVER)
    return replace(table, start=start.astype(np.int64))


def single_start(table: EffectTable) -> int:
    """The one period in which the initiative began.

    Raises:
        DocumentError: when there are several, or none within the periods of the table.
    """
    if table.start is None or table.period is None:
        raise refuse("start_unknown")
    starts = np.unique(table.start[table.start < NEVER])
    if len(starts) > 1:
        raise refuse("several_starts")
    if len(starts) == 0 or not (table.period >= starts[0]).any():
        raise refuse("nobody_treated")
    if not (table.period < starts[0]).any():
        raise refuse("nobody_before")
    return int(starts[0])


def single_moment(table: EffectTable) -> None:
    """Refuses a table that follows the same persons or one series over several periods.

    Raises:
        DocumentError: when it does.
    """
    if table.period is None or len(np.unique(table.period)) < 2:
        return
    if table.unit is None or len(np.unique(table.unit)) < table.rows:
        raise refuse("several_moments")


def counted(name: str, table: EffectTable, rows: Flags, *, treated: bool, persons: bool) -> Arm:
    """What an arm of a result says of some rows; ``persons`` when rows are persons."""
    people: int | None = int(rows.sum()) if persons else None
    if not persons and table.size is not None:
        people = round(float(table.size[rows].sum()))
    _role, numbers = table.grouped()
    grouped = table.cluster is not None or not persons
    before = after = None
    if table.period is not None and table.start is not None:
        first = table.start[table.start < NEVER].min(initial=NEVER)
        seen = np.unique(table.period[rows])
        before, after = int((seen < first).sum()), int((seen >= first).sum())
    return Arm(
        name=name, treated=treated, persons=people,
        groups=len(np.unique(numbers[rows])) if grouped else None, before=before, after=after,
    )  # fmt: skip


def _by_group(table: EffectTable, group: Ints, question: Question) -> Arms:
    names = table.names[Role.GROUP]
    present = [names[k] for k in np.unique(group)]
    for asked in (question.control, question.treated):
        if asked is not None and asked not in present:
            raise refuse("unknown_group", value=asked, groups=listed(present))
    control = question.control or _control(table, group, present)
    others = [name for name in present if name != control]
    if question.treated in others:
        others.sort(key=lambda name: name != question.treated)
    order = {name: k for k, name in enumerate([control, *others])}
    numbers = np.array([order.get(name, 0) for name in names], dtype=np.int64)
    return _both(Arms((control, *others), numbers[group]))


def _control(table: EffectTable, group: Ints, present: list[str]) -> str:
    if table.treated is not None:
        without = np.unique(group[~table.treated])
        within = np.unique(group[table.treated])
        if len(without) == 1 and without[0] not in within:
            return table.name(Role.GROUP, int(without[0]))
    known = [name for name in present if name.casefold() in _CONTROL_NAMES]
    if len(known) != 1:
        raise refuse("which_group", groups=listed(present))
    return known[0]


def _both(found: Arms) -> Arms:
    if not found.treated.any():
        raise refuse("nobody_treated")
    if found.treated.all():
        raise refuse("nobody_compared")
    return found


def _changing(table: EffectTable, treated: Flags) -> Ints | None:
    """Start of each row's unit from when it is treated; None where that never changes."""
    if table.period is None:
        return None
    unit = (
        compact(table.followed())
        if table.unit is not None or table.cluster is not None
        else (np.zeros(table.rows, dtype=np.int64))
    )
    first = np.full(int(unit.max(initial=0)) + 1, NEVER, dtype=np.int64)
    np.minimum.at(first, unit[treated], table.period[treated])
    start = first[unit]
    changes = bool((treated != (table.period >= start)).any()) is False and bool(
        (~treated & (start < NEVER)).any()
    )
    return start if changes else None


def _asked_start(table: EffectTable, question: Question) -> int:
    assert table.period is not None
    if question.start is not None:
        found = period_of(question.start)
        if found is None or found[0] is not table.cadence:
            raise refuse("start_unknown")
        return found[1]
    seen = np.unique(table.period)
    if len(seen) != 2:
        raise refuse("start_unknown")
    return int(seen[1])
