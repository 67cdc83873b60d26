"""How often help goes on beyond its agreed end, by provider (verlengingspercentage).

Of each youth at a provider the first agreed end in the period counts, so that youths are counted
and not papers: help that goes on has more ends than help that stops. A youth at two providers
counts at both, and twice in the row of all: a total of each once would tell how few those are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from vliegwiel.science.yardstick import share_interval

from .deriving import Trajectories
from .extensions import Expiry, agreed_ends
from .published import Split
from .shown_counts import OTHERS, TOTAL, Grouped, Part, shown_counts, taken_together
from .spans import plus

#: Days of agreed ends that a table is about.
DAYS = 365
#: An extension that begins at most ``chain_days`` after the end is told about a month after that.
_TOLD_IN_DAYS = 31

#: A youth at a provider.
YouthThere: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRow:
    """Youths of a provider whose help had an agreed end, and those whose help went on after it.

    ``share`` is the percentage of them, with its interval from ``low`` to ``high``. None is hidden.
    """

    provider: str
    youths: int | None
    extended: int | None
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionTable:
    """All providers together, then by provider; no rows without any agreed end.

    Whoever has no row is among the others: few youths look like none.
    """

    first: date
    last: date
    rows: tuple[ExtensionRow, ...]


def extension_period(found: Trajectories, on: date) -> tuple[date, date]:
    """The year of agreed ends of which it is known on a day whether the help went on."""
    last = plus(on, -(found.choices.chain_days + _TOLD_IN_DAYS))
    return plus(last, 1 - DAYS), last


def first_ends(found: Trajectories, on: date) -> Mapping[YouthThere, Expiry]:
    """The first agreed end in that year, of each youth at each provider."""
    first, last = extension_period(found, on)
    inside = (item for item in agreed_ends(found) if first <= item.on <= last)
    ends: dict[YouthThere, Expiry] = {}
    for item in sorted(inside, key=lambda item: (item.on, item.assignment)):
        owner = found.assignments[item.assignment]
        ends.setdefault((owner.youth, found.forms.provider_of(owner.provider)), item)
    return ends


def extension_table(found: Trajectories, on: date) -> ExtensionTable:
    """The rates of a day, without small counts or what would give one away.

    Raises ValueError for a day after the one that the trajectories were known on.
    """
    if on > found.known:
        raise ValueError(f"on {found.known} nothing of {on} was known")
    first, last = extension_period(found, on)
    went_on = {there: item.extended for there, item in first_ends(found, on).items()}
    rows = extension_rows(went_on, level=found.choices.level)
    return ExtensionTable(first=first, last=last, rows=rows)


def extension_rows(
    went_on: Mapping[YouthThere, bool], *, level: float = 0.95
) -> tuple[ExtensionRow, ...]:
    """The rows of the table, from whether the help of each youth at each provider went on."""
    sets = _grouped(went_on)
    shown = shown_counts(sets)[Split.PROVIDER]

    def row(provider: str) -> ExtensionRow:
        youths, extended = (
            len(sets.members(Split.PROVIDER, provider, part)) if (provider, part) in shown else None
            for part in (Part.ALL, Part.EXTENDED)
        )
        return _row(provider, youths, extended, level=level)

    names = [TOTAL, *sorted(sets.rows[Split.PROVIDER])] if went_on else []
    return tuple(map(row, names))


def _grouped(went_on: Mapping[YouthThere, bool]) -> Grouped:
    youths = tuple(youth for youth, _provider in went_on)
    rows: dict[str, set[int]] = {}
    for place, (_youth, provider) in enumerate(went_on):
        rows.setdefault(provider, set()).add(place)
    # That there are no others would tell of every provider without a row that it has nobody.
    together = {OTHERS: set[int](), **taken_together(rows, youths)}
    extended = (place for place, extended in enumerate(went_on.values()) if extended)
    return Grouped(
        youths,
        {Split.PROVIDER: {name: frozenset(places) for name, places in together.items()}},
        {Part.ALL: frozenset(range(len(went_on))), Part.EXTENDED: frozenset(extended)},
    )


def _row(provider: str, youths: int | None, extended: int | None, *, level: float) -> ExtensionRow:
    share = low = high = None
    if youths is not None and extended is not None:
        ends = share_interval(extended, youths, level=level)
        share, low, high = (round(100 * part, 1) for part in (extended / youths, *ends))
    return ExtensionRow(
        provider=provider, youths=youths, extended=extended, share=share, low=low, high=high
    )
