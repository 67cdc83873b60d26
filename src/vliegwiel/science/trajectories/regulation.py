"""The least set of fields and the quarterly figures that the Youth Act regulation names.

Regeling Jeugdwet, articles 8f and 8g, in force since 2026: which data about an assignment may go to
the national health care authority (NZa) without a person, and what is told each quarter of waiting.
What of it messages do not tell is left out; docs/methods/regulation.md says which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from vliegwiel.science.yardstick import LEAST_SHOWN, Margin, protect

from .assignments import Assignment
from .beside_overview import FIXED, WaitingShown, key_of, waiting_shown
from .deriving import Trajectories
from .overview import NORM_DAYS, WaitingOverview
from .published import Split
from .shown_counts import OTHERS, TOTAL
from .waiting_list import waiting_list
from .waits import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationRow:
    """One assignment with the fields of article 8f, and no others.

    ``youth`` is the pseudonym of the derivation: who gives rows to others puts another one in its
    place. ``start`` is the first day of care that a start or stop tells; ``end`` and ``reason`` are
    those of the last, None while care goes on. ``cents`` are declared less refused, None where
    nothing was declared. ``volume`` is in ``unit`` (WJ756) per ``frequency`` (WMO757).
    """

    provider: str
    youth: str
    municipality: str
    birth_year: int | None
    referrer: str
    form: str
    decided: date
    intended_start: date
    start: date | None
    end: date | None
    reason: str | None
    cents: int | None
    volume: int | None
    unit: str | None
    frequency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterRow:
    """How many wait for a form of care at a provider on the last day of a quarter.

    ``provider`` and ``form`` are ``TOTAL`` in the rows that add up. ``waiting`` are
    waits and ``median_days`` is how long they last so far, in the middle; both are None where they
    are of too few youths, or give too few away.
    """

    provider: str
    form: str
    waiting: int | None
    median_days: int | None


def regulation_rows(found: Trajectories) -> tuple[RegulationRow, ...]:
    """Every assignment for care as known, in the fields of article 8f."""
    care = [one for one in found.assignments.values() if found.forms.is_care(one.form)]
    rows = [_row(found, one) for one in care]
    return tuple(sorted(rows, key=_order))


def _order(row: RegulationRow) -> tuple[object, ...]:
    return row.provider, row.youth, row.decided, row.intended_start, row.form, str(row.start)


def _row(found: Trajectories, one: Assignment) -> RegulationRow:
    spells = sorted(found.spells_on.get(one.key, ()), key=lambda spell: spell.begin)
    over = bool(spells) and all(spell.end is not None for spell in spells)
    referral, born = found.referrals[one.key], one.person.birth_month
    declared, version = found.declared.get(one.key), one.in_force
    return RegulationRow(
        provider=found.forms.provider_of(one.provider),
        youth=one.youth,
        municipality=one.municipality,
        birth_year=None if born is None else born.year,
        referrer=f"{referral.referrer.value}{':presumed' if referral.presumed else ''}",
        form=one.form,
        decided=one.decided,
        intended_start=one.first_begin,
        start=spells[0].begin if spells else None,
        end=max(spell.end for spell in spells if spell.end is not None) if over else None,
        reason=spells[-1].reason if over else None,
        cents=None if declared is None else declared.cents,
        volume=version.volume,
        unit=version.unit,
        frequency=version.frequency,
    )


def last_quarter_end(day: date) -> date:
    """The last day of the last quarter that is over on a day, that day itself included."""
    ends = [date(year, month, last) for year in (day.year - 1, day.year)
            for month, last in ((3, 31), (6, 30), (9, 30), (12, 31))]  # fmt: skip
    return max(end for end in ends if end <= day)


def quarter_rows(
    found: Trajectories,
    on: date,
    *,
    norm_days: int = NORM_DAYS,
    overview: WaitingOverview | None = None,
) -> tuple[QuarterRow, ...]:
    """Who waits on a day by provider and form, with totals, without small counts (article 8g).

    Whoever waits for two forms, or at two providers, counts in both and twice in the total.
    The providers are those of the published set of that day, so that a row tells nothing by being
    there or not. Totals that the set hides are hidden here, and no small count follows from both
    together. ``overview`` is the published set, where it is there already. Raises ValueError for a
    day that is not known yet.
    """
    beside = waiting_shown(found, on, norm_days=norm_days, overview=overview)
    cells = _cells(waiting_list(found, on).waits, beside)
    if not cells:
        return ()
    shown = _shown(cells, beside)
    rows = []
    for cell in sorted(cells, key=lambda one: (one[0] == TOTAL, one[0], one[1] == TOTAL, one[1])):
        waiting = shown.get(_name(*cell))
        days = None if waiting is None else round(median(wait.days for wait in cells[cell]))
        rows.append(QuarterRow(provider=cell[0], form=cell[1], waiting=waiting, median_days=days))
    return tuple(rows)


def _shown(cells: Mapping[tuple[str, str], list[Wait]], beside: WaitingShown) -> Mapping[str, int]:
    """The counts that may be shown beside the published set."""
    counts = {_name(*cell): len(mine) for cell, mine in cells.items()}
    small = {_name(*cell) for cell, mine in cells.items() if len(_youths(mine)) < LEAST_SHOWN}
    totals = {cell for cell in cells if TOTAL in cell}
    fixed = {_name(*cell) for cell in totals if _is_beside(cell, cells[cell], beside)}
    hidden = {_name(*cell) for cell in totals} - fixed
    # Parts of a total that is hidden would say how large it is at least.
    hidden |= {
        _name(*cell) for cell in cells
        if TOTAL not in cell
        and {_name(cell[0], TOTAL), _name(TOTAL, cell[1])} & hidden
    }  # fmt: skip
    keep = {_name(TOTAL, TOTAL): 1e6, **dict.fromkeys(fixed, FIXED)}
    found = protect(counts, _margins(cells), keep=keep, also=small | hidden).shown
    # Who knows which provider gives which forms has no doubt about the other cells, and so less
    # about these: the only form of a provider is all that waits there.
    given = [cell for cell, mine in cells.items() if mine or TOTAL in cell or cell in beside.gives]
    names = {_name(*cell) for cell in given}
    found = protect(
        {name: counts[name] for name in names},
        _margins(given),
        keep=keep,
        also=(small | hidden) & names,
        unpublished=names - found.keys(),
    ).shown
    if not fixed <= found.keys():
        # Nothing can stand beside the set but what stands in it.
        return {name: counts[name] for name in fixed}
    return found


def _is_beside(cell: tuple[str, str], waits: Iterable[Wait], beside: WaitingShown) -> bool:
    """Whether the published set shows the count of a total, of the very same waits."""
    split, row = (Split.FORM, cell[1]) if cell[0] == TOTAL else (Split.PROVIDER, cell[0])
    if not beside.shows(split, row):
        return False
    return cell == (TOTAL, TOTAL) or beside.members[split, row] == frozenset(map(key_of, waits))


def _name(provider: str, form: str) -> str:
    return f"{provider}|{form}"


def _youths(waits: Iterable[Wait]) -> set[str]:
    return {wait.youth for wait in waits}


def _margins(cells: Iterable[tuple[str, str]]) -> list[Margin]:
    """Every form adds up over providers, and every provider over forms; so do the totals."""
    there = sorted(cells)
    by_form = {form for _provider, form in there}
    by_provider = {provider for provider, _form in there}
    columns = [
        Margin(_name(TOTAL, form), tuple(_name(p, f) for p, f in there if f == form and p != TOTAL))
        for form in sorted(by_form)
    ]
    rows = [
        Margin(_name(one, TOTAL), tuple(_name(p, f) for p, f in there if p == one and f != TOTAL))
        for one in sorted(by_provider)
    ]
    return columns + rows


def _cells(waits: Iterable[Wait], beside: WaitingShown) -> Mapping[tuple[str, str], list[Wait]]:
    """Waits by provider and form with all totals; providers that the set takes together are so.

    Every provider of the set is there with every form: a row that is not there would tell that
    nobody waits, and one that is among the small ones that few do.
    """
    alone = beside.rows(Split.PROVIDER)
    cells: dict[tuple[str, str], list[Wait]] = defaultdict(list)
    for wait in waits:
        provider = wait.provider if wait.provider in alone else OTHERS
        for name in ((provider, wait.form), (provider, TOTAL), (TOTAL, wait.form), (TOTAL, TOTAL)):
            cells[name].append(wait)
    if cells:
        forms = {form for _provider, form in cells} | set(beside.rows(Split.FORM))
        for provider in {provider for provider, _form in cells} | set(alone):
            for form in forms:
                cells.setdefault((provider, form), [])
    return cells
