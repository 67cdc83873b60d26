"""Which counts of the published tables may be seen, so that nobody follows from all of them.

All tables split one set of waits, and a clock counts a part of each row. Whoever has every table
has therefore sums: rows add up to the total, and a part with the rest adds up to its row. These
sums are the margins of :func:`vliegwiel.science.yardstick.protect`. Two rows of different tables
that hold the very same waits (a form that one provider alone gives) are seen or hidden together.

Everybody can know which provider gives which forms. Whoever gives one form alone is a part of it:
what is left of the form beside it is a count too. Forms and providers are therefore one table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from vliegwiel.science.yardstick import LEAST_SHOWN, Margin, protect

from .published import Counted, Split

#: The row of a table that holds all waits.
TOTAL = "total"
#: Providers with too few youths, together.
OTHERS = "others"
#: What a row is worth that should stay whatever it costs.
_DEAR = 1e6


class Part(StrEnum):
    """The waits of a row, or those of them that a clock or a figure is about."""

    ALL = "all"
    #: Those with a request (W3, W4).
    ASKED = "asked"
    #: Those that ended in the first help of an episode (W5).
    FIRST = "first"
    #: Those after an earlier trajectory (W6).
    MOVED = "moved"
    #: Those that have not ended (W7).
    WAITING = "waiting"
    #: Those that started within the norm (W1).
    NORM = "norm"
    #: Ends of assignments after which help went on.
    EXTENDED = "extended"


#: Parts that share sums are protected together: who waits has not started within the norm.
_TOGETHER: tuple[tuple[Part, ...], ...] = (
    (Part.ASKED,),
    (Part.FIRST,),
    (Part.MOVED,),
    (Part.WAITING, Part.NORM),
    (Part.EXTENDED,),
)

#: Parts that the row itself tells: only a request names the referrer.
_TOLD: Mapping[Split, frozenset[Part]] = {Split.REFERRER: frozenset({Part.ASKED})}

#: Tables of which everybody can know what has nothing in common: who gives which forms.
_GIVING = (Split.FORM, Split.PROVIDER)

Members: TypeAlias = frozenset[int]
Cell: TypeAlias = tuple[str, Part]
#: A part of a row, by what is in it: the same in every table that has such a row.
Told: TypeAlias = tuple[Part, Members]


@dataclass(frozen=True, slots=True)
class Grouped:
    """What is counted, by row of each table and by part, as places in the set.

    ``youths`` tells whose each place is.
    """

    youths: tuple[str, ...]
    rows: Mapping[Split, Mapping[str, Members]]
    parts: Mapping[Part, Members]

    def members(self, split: Split, row: str, part: Part) -> Members:
        """The places of the waits behind a count."""
        return self.row(split, row) & self.parts[part]

    def row(self, split: Split, row: str) -> Members:
        """The places of all waits of a row."""
        return self.parts[Part.ALL] if row == TOTAL else self.rows[split][row]

    def is_small(self, members: Iterable[int]) -> bool:
        """Whether there are too few different youths to be shown."""
        return len({self.youths[place] for place in members}) < LEAST_SHOWN

    @property
    def together(self) -> Sequence[tuple[Part, ...]]:
        """The parts that are here, those with sums in common together."""
        return [parts for parts in _TOGETHER if self.parts.keys() >= set(parts)]


def grouped(
    items: Sequence[Counted], keys: Mapping[Split, Sequence[str]], *, norm_days: int
) -> Grouped:
    """The set with the key of each wait in each table; small providers are taken together."""
    youths = tuple(item.wait.youth for item in items)
    rows: dict[Split, dict[str, Members]] = {}
    for split, names in keys.items():
        found: dict[str, set[int]] = {}
        for place, name in enumerate(names):
            found.setdefault(name, set()).add(place)
        rows[split] = _frozen(taken_together(found, youths) if split is Split.PROVIDER else found)
    norm = {
        place
        for place, item in enumerate(items)
        if (days := item.days_to_start()) is not None and days <= norm_days
    }
    every = enumerate(items)
    told = [(n, item.asked, item.first_help, item.after_former, item.waiting) for n, item in every]
    parts = {
        Part.ALL: frozenset(range(len(items))),
        Part.ASKED: frozenset(n for n, asked, _f, _m, _w in told if asked),
        Part.FIRST: frozenset(n for n, _a, first, _m, _w in told if first is not None),
        Part.MOVED: frozenset(n for n, _a, _f, moved, _w in told if moved is not None),
        Part.WAITING: frozenset(n for n, _a, _f, _m, waiting in told if waiting),
        Part.NORM: frozenset(norm),
    }
    return Grouped(youths, rows, parts)


def taken_together(rows: Mapping[str, set[int]], youths: Sequence[str]) -> Mapping[str, set[int]]:
    """The same rows, of which those with too few youths are one."""
    found: dict[str, set[int]] = {}
    for name, places in rows.items():
        few = len({youths[place] for place in places}) < LEAST_SHOWN
        found.setdefault(OTHERS if few else name, set()).update(places)
    return found


def _frozen(rows: Mapping[str, set[int]]) -> dict[str, Members]:
    return {name: frozenset(rows[name]) for name in sorted(rows)}


def shown_counts(sets: Grouped) -> Mapping[Split, frozenset[Cell]]:
    """The cells of each table that may be shown, its total row included.

    What is hidden in one table because it is small, or because something small would follow from
    it, is hidden in every table in which the same waits stand together.
    """
    given_away: frozenset[Told] = frozenset()
    total = _total_parts(sets)
    cells = [
        (split, row, part, sets.members(split, row, part))
        for split, rows in sets.rows.items()
        for row in rows
        for part in sets.parts
    ]
    often = Counter((part, members) for _split, _row, part, members in cells)
    pair = tuple(split for split in _GIVING if split in sets.rows)
    tables = [pair, *((split,) for split in sets.rows if split not in pair)]
    while True:
        shown: dict[Split, frozenset[Cell]] = {}
        for splits in filter(None, tables):
            shown |= _of_tables(sets, splits, total, given_away)
        hidden = frozenset(
            (part, members)
            for split, row, part, members in cells
            if often[part, members] > 1 and members and (row, part) not in shown[split]
        )
        if hidden <= given_away:
            return shown
        given_away |= hidden


def _total_parts(sets: Grouped) -> frozenset[Part]:
    """The parts of the total that may be shown: decided once, for every table has this row."""
    if sets.is_small(sets.parts[Part.ALL]):
        return frozenset()
    found = {Part.ALL}
    for together in sets.together:
        block = _Block(sets, _NO_TABLES, together)
        found |= {part for row, part in block.shown() if row == TOTAL}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Tables that are protected together: their rows, rows that none shows, and which add up."""

    rows: Mapping[str, Members]
    unseen: Mapping[str, Members]
    sums: Sequence[tuple[str, Sequence[str]]]


_NO_TABLES = _Tables({}, {}, ())


def _tables(sets: Grouped, splits: Sequence[Split]) -> _Tables:
    """The rows of one table, or of forms and providers with what everybody knows of both."""
    rows = {f"{one}:{row}": found for one in splits for row, found in sets.rows[one].items()}
    sums = [(TOTAL, [f"{one}:{row}" for row in sets.rows[one]]) for one in splits]
    unseen: dict[str, Members] = {}
    if len(splits) > 1:
        parts_of: dict[str, list[str]] = {form: [] for form in sets.rows[Split.FORM]}
        for forms, providers in _alike(sets).items():
            # Of providers that give the same forms any could have any part of them.
            group = f"giving:{' '.join(forms)}"
            every = [sets.rows[Split.PROVIDER][one] for one in providers]
            unseen[group] = frozenset[int]().union(*every)
            parts = {f"{group}:{form}": form for form in forms}
            for name, form in parts.items():
                unseen[name] = unseen[group] & sets.rows[Split.FORM][form]
                parts_of[form].append(name)
            sums.append((group, [f"{Split.PROVIDER}:{one}" for one in providers]))
            sums.append((group, list(parts)))
        sums += [(f"{Split.FORM}:{form}", names) for form, names in parts_of.items()]
    return _Tables(rows, unseen, sums)


def _alike(sets: Grouped) -> Mapping[tuple[str, ...], list[str]]:
    """Providers by the forms that they give."""
    found: dict[tuple[str, ...], list[str]] = {}
    for provider, mine in sets.rows[Split.PROVIDER].items():
        forms = tuple(form for form, every in sets.rows[Split.FORM].items() if mine & every)
        found.setdefault(forms, []).append(provider)
    return found


def _of_tables(
    sets: Grouped, splits: Sequence[Split], total: frozenset[Part], given_away: frozenset[Told]
) -> Mapping[Split, frozenset[Cell]]:
    if Part.ALL not in total:
        return dict.fromkeys(splits, frozenset())
    tables = _tables(sets, splits)
    whole = _Block(sets, tables, (), given_away=given_away).shown()
    if (TOTAL, Part.ALL) not in whole:
        # The table cannot stand beside its total; the total stands in the other tables.
        alone = frozenset((TOTAL, part) for part in total)
        first = _of_tables(sets, splits[:1], total, given_away) if len(splits) > 1 else {}
        return {**dict.fromkeys(splits, alone), **first}
    found = set(whole)
    found |= {(TOTAL, part) for part in total}
    for together in sets.together:
        shown = _Block(
            sets,
            tables,
            together,
            total=total,
            whole=whole,
            given_away=given_away,
            told=_TOLD.get(splits[0], frozenset()),
        ).shown()
        # What every table shows must have stayed, otherwise nothing of these parts is shown here.
        fixed = {cell for cell in found if cell[1] is Part.ALL}
        fixed |= {(TOTAL, part) for part in together if part in total}
        if fixed <= shown:
            found |= {cell for cell in shown if cell in found or cell[0] != TOTAL}
    return {
        split: frozenset(
            (row.removeprefix(f"{split}:"), part)
            for row, part in found
            if row == TOTAL or row.startswith(f"{split}:")
        )
        for split in splits
    }


class _Block:
    """The counts of some parts by row, with the sums among them, ready to be protected."""

    def __init__(
        self,
        sets: Grouped,
        tables: _Tables,
        together: tuple[Part, ...],
        *,
        total: frozenset[Part] | None = None,
        whole: frozenset[Cell] | None = None,
        given_away: frozenset[Told] = frozenset(),
        told: frozenset[Part] = frozenset(),
    ) -> None:
        self._sets = sets
        self._told = told
        self._together = together
        self._counts: dict[str, int] = {}
        self._also: set[str] = set()
        self._unpublished: set[str] = set()
        self._keep: dict[str, float] = {}
        self._given_away = given_away
        margins: list[Margin] = []
        for row, members in {TOTAL: sets.parts[Part.ALL], **tables.rows}.items():
            margins += self._add_row(row, members)
            fixed = whole is not None and (row, Part.ALL) in whole
            if whole is not None and not fixed:
                mine = {f"{row}|{part}" for part in (Part.ALL, *together)}
                self._also |= mine & self._counts.keys()
            if fixed or row == TOTAL:
                self._keep[f"{row}|{Part.ALL}"] = _DEAR
        for row, members in tables.unseen.items():
            before = self._counts.keys() | set()
            margins += self._add_row(row, members)
            self._unpublished |= self._counts.keys() - before
        kinds = sorted({name.split("|", 1)[1] for name in self._counts})
        margins += [
            Margin(f"{row}|{kind}", tuple(name for name in names if name in self._counts))
            for row, parts in tables.sums
            for kind in kinds
            if (names := [f"{part}|{kind}" for part in parts])
        ]
        if total is not None:
            for part in together:
                name = f"{TOTAL}|{part}"
                if part in total:
                    self._keep[name] = _DEAR
                else:
                    self._also.add(name)
        self._margins = margins

    def _add_row(self, row: str, members: Members) -> list[Margin]:
        """The counts of a row, and of what is left of it beside each part."""
        whole = f"{row}|{Part.ALL}"
        self._add(whole, members, Part.ALL)
        margins = []
        mine = [(part, members & self._sets.parts[part]) for part in self._together]
        for part, some in mine:
            both = {f"{row}|{part}": some, f"{row}|not {part}": members - some}
            # An empty side that follows from what the row is tells nothing; nor does that of the
            # total, which is empty when it is so in every row.
            both = {k: v for k, v in both.items() if v or part not in self._told}
            for name, counted in both.items():
                self._add(name, counted, part if name == f"{row}|{part}" else None)
            margins.append(Margin(whole, tuple(both)))
        if len(mine) > 1:
            # Parts that exclude each other: what is left beside both is the same for either.
            rest = members.difference(*(some for _part, some in mine))
            self._add(f"{row}|rest", rest, None)
            names = [f"{row}|{part}" for part, _some in mine]
            margins.append(Margin(whole, (*names, f"{row}|rest")))
        return margins

    def _add(self, name: str, members: Members, part: Part | None) -> None:
        """A count; without a part it is one that no table shows."""
        self._counts[name] = len(members)
        if part is None:
            self._unpublished.add(name)
        if self._sets.is_small(members) or (part, members) in self._given_away:
            self._also.add(name)

    def shown(self) -> frozenset[Cell]:
        """The cells that may be shown."""
        found = protect(
            self._counts,
            self._margins,
            keep=self._keep,
            also=self._also,
            unpublished=self._unpublished,
        )
        cells = (name.split("|", 1) for name in found.shown if name not in self._unpublished)
        return frozenset((row, Part(part)) for row, part in cells)
