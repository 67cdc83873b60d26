"""Why a count from messages differs from that of CBS: step by step, each with its count.

CBS (Beleidsinformatie Jeugd) asks providers each half year for every trajectory of youth help in
kind; messages tell what municipalities assigned and providers declared. The steps are those that
messages can count themselves. What they cannot (help without assignment that nobody tells of,
subcontractors, the moment at which help begins, rounding) remains as the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from vliegwiel.reference import category_forms
from vliegwiel.science.yardstick import LEAST_SHOWN, Margin, protect

from .chains import Chain, trajectories_of
from .deriving import Trajectories
from .spans import plus
from .spells import Mark, Spell

#: The row of everybody, and that of help of which messages do not tell the form as CBS has it.
EVERYBODY = "all_in_kind"
FORM_NOT_TOLD = "form_not_told"
#: The forms of CBS that messages can tell apart, with their codes there (protocol 2022).
_GROUPS: Mapping[str, frozenset[str]] = {
    "neighbourhood_team": frozenset({"01"}),
    "without_residence_not_neighbourhood_team": frozenset({"02", "03", "04"}),
    "with_residence": frozenset({"11", "12", "13", "14"}),
}
_JUDICIAL = ("protection", "probation")
BRIDGE_FORMS = (EVERYBODY, *_GROUPS, *_JUDICIAL, FORM_NOT_TOLD)
_BY_NO_STOP = frozenset({Mark.EXPIRED, Mark.CARRIED_OVER})
#: Periods that are shown, and days after its begin on which the first message may still come.
_PERIODS = 2
_LATE_BEGIN = 31
#: A count that compares with CBS should rather stay than one of a step: youths first.
_KEPT_RATHER = {
    **{f"trajectories {form}": 50.0 for form in BRIDGE_FORMS},
    **{f"helped {form}": 100.0 for form in BRIDGE_FORMS},
    f"helped {EVERYBODY}": 1000.0,
}
_OF_TRAJECTORIES = ("records", "merged", "trajectories")


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeRow:
    """The steps of one form; None is what is not shown: fewer than ten, or one could tell so.

    Youths: of ``assigned``, for whom an assignment of this form was in force in the period,
    ``not_started`` had no help that is known; ``unassigned`` had help without such an assignment.
    ``helped`` are ``assigned`` less ``not_started`` and with ``unassigned``. Of ``helped``,
    ``no_stop`` count by help of which no stop was sent. ``records`` are times of help from a start
    to a stop; ``merged`` of them overlap or adjoin another of the same youth, provider and form, as
    CBS merges them; ``trajectories`` are what is left.
    """

    form: str
    assigned: int | None
    not_started: int | None
    unassigned: int | None
    helped: int | None
    no_stop: int | None
    records: int | None
    merged: int | None
    trajectories: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """The steps of a year ("2024") or half year ("2024H1"), from ``first`` to ``last``.

    Of ``late_municipalities`` the messages begin later than the period does.
    """

    period: str
    first: date
    last: date
    late_municipalities: int
    rows: tuple[BridgeRow, ...]


def bridges(found: Trajectories) -> tuple[Bridge, ...]:
    """The newest whole years that messages tell of, else the newest half years; newest first.

    Counts below ten youths are not there, nor is any from which one would follow within a period.
    """
    chains = _as_at_cbs(found)
    return tuple(
        Bridge(
            period=period,
            first=first,
            last=last,
            late_municipalities=_late(found, first),
            rows=_protected(bridge_rows(found, first, last, chains=chains)),
        )
        for period, first, last in _periods(found)
    )


def bridge_rows(
    found: Trajectories, first: date, last: date, *, chains: Iterable[Chain] | None = None
) -> tuple[BridgeRow, ...]:
    """The steps with every count, to be protected before anybody sees them."""
    assigned: dict[str, set[str]] = defaultdict(set)
    for assignment in found.assignments.values():
        over = assignment.end is not None and assignment.end < first
        if found.forms.is_care(assignment.form) and assignment.begin <= last and not over:
            for form in (EVERYBODY, group_of(assignment.form)):
                assigned[form].add(assignment.youth)
    helped: dict[str, set[str]] = defaultdict(set)
    stopped: dict[str, set[str]] = defaultdict(set)
    records: dict[str, int] = defaultdict(int)
    trajectories: dict[str, int] = defaultdict(int)
    for chain in _as_at_cbs(found) if chains is None else chains:
        spells = [spell for spell in chain.spells if _within(spell, first, last)]
        if not spells:
            continue
        for form in (EVERYBODY, group_of(chain.form or "")):
            helped[form].add(chain.youth)
            records[form] += len(spells)
            trajectories[form] += 1
            if any(not spell.marks & _BY_NO_STOP for spell in spells):
                stopped[form].add(chain.youth)
    return tuple(
        BridgeRow(
            form=form,
            assigned=len(assigned[form]),
            not_started=len(assigned[form] - helped[form]),
            unassigned=len(helped[form] - assigned[form]),
            helped=len(helped[form]),
            no_stop=len(helped[form] - stopped[form]),
            records=records[form],
            merged=records[form] - trajectories[form],
            trajectories=trajectories[form],
        )
        for form in BRIDGE_FORMS
    )


def group_of(form: str) -> str:
    """The form of CBS that a form of the messages belongs to; FORM_NOT_TOLD when they do not say.

    Crisis help, tailored help and national contracts tell no form, and are in the total alone.
    """
    if form in _JUDICIAL:
        return form
    codes = {
        code for row in category_forms().values() if row.form == form for code in row.cbs_forms
    }
    return next(
        (group for group, known in _GROUPS.items() if codes and codes <= known), FORM_NOT_TOLD
    )


def _as_at_cbs(found: Trajectories) -> tuple[Chain, ...]:
    """Trajectories of which only those that overlap or adjoin are merged."""
    return trajectories_of(
        found.spells,
        found.successions,
        forms=found.forms,
        known=found.known,
        choices=replace(found.choices, chain_days=0),
    )


def _within(spell: Spell, first: date, last: date) -> bool:
    return spell.begin <= last and (spell.end is None or spell.end >= first)


def _begins(found: Trajectories) -> list[date]:
    """The days from which the messages of each municipality are here."""
    since = found.choices.observed_from
    if since is None:
        every = [assignment.sent for assignment in found.assignments.values()]
        return [min(every)] if every else []
    return sorted(since.values()) if isinstance(since, Mapping) else [since]


def _late(found: Trajectories, first: date) -> int:
    return sum(begin > plus(first, _LATE_BEGIN) for begin in _begins(found))


def _periods(found: Trajectories) -> list[tuple[str, date, date]]:
    """Whole years, else half years, that ended by the day of knowledge; newest first."""
    begins = _begins(found)
    if not begins:
        return []
    every = [
        list(_years(begins[0].year, found.known.year)),
        list(_halves(begins[0].year, found.known.year)),
    ]
    for periods in every:
        whole = [
            item
            for item in periods
            if begins[0] <= plus(item[1], _LATE_BEGIN) and item[2] <= found.known
        ]
        if whole:
            return whole[: -_PERIODS - 1 : -1]
    return []


def _years(first: int, last: int) -> Iterator[tuple[str, date, date]]:
    for year in range(first, last + 1):
        yield f"{year}", date(year, 1, 1), date(year, 12, 31)


def _halves(first: int, last: int) -> Iterator[tuple[str, date, date]]:
    for year in range(first, last + 1):
        yield f"{year}H1", date(year, 1, 1), date(year, 6, 30)
        yield f"{year}H2", date(year, 7, 1), date(year, 12, 31)


def _protected(rows: tuple[BridgeRow, ...]) -> tuple[BridgeRow, ...]:
    """The same without counts that may not be shown."""
    counts: dict[str, int] = {}
    margins: list[Margin] = []
    for row in rows:
        _add_youths(row, rows[0], counts, margins)
        _add_trajectories(row, counts, margins)
    _add_all_forms(rows, counts, margins)
    # Many trajectories can be of few youths.
    few = [
        f"{step} {row.form}"
        for row in rows
        if (row.helped or 0) < LEAST_SHOWN
        for step in _OF_TRAJECTORIES
    ]
    shown = protect(
        counts,
        margins,
        keep=_KEPT_RATHER,
        also=few,
        unpublished=[cell for cell in counts if cell.startswith("beside ")],
    ).shown
    return tuple(
        BridgeRow(
            form=row.form,
            assigned=shown.get(f"assigned {row.form}"),
            not_started=shown.get(f"not_started {row.form}"),
            unassigned=shown.get(f"unassigned {row.form}"),
            helped=shown.get(f"helped {row.form}"),
            no_stop=shown.get(f"no_stop {row.form}"),
            records=shown.get(f"records {row.form}"),
            merged=shown.get(f"merged {row.form}"),
            trajectories=shown.get(f"trajectories {row.form}"),
        )
        for row in rows
    )


def _add_youths(
    row: BridgeRow, total: BridgeRow, counts: dict[str, int], margins: list[Margin]
) -> None:
    """The cells of a row, and what everybody can reckon with them."""

    def cell(step: str, count: int | None) -> str:
        counts[f"{step} {row.form}"] = count or 0
        return f"{step} {row.form}"

    assigned, helped = row.assigned or 0, row.helped or 0
    all_assigned, all_helped = cell("assigned", assigned), cell("helped", helped)
    both = cell("beside both", assigned - (row.not_started or 0))
    no_stop = cell("no_stop", row.no_stop)
    with_stop = cell("beside stopped", helped - (row.no_stop or 0))
    margins += [
        Margin(all_assigned, (both, cell("not_started", row.not_started))),
        Margin(all_helped, (both, cell("unassigned", row.unassigned))),
        Margin(all_helped, (no_stop, with_stop)),
    ]
    if row.form == total.form:
        return
    # Who is in the total and not in this form: few of them would be told by a subtraction.
    for step, of_row, of_all in (
        ("assigned", assigned, total.assigned or 0),
        ("helped", helped, total.helped or 0),
    ):
        rest = cell(f"beside others {step}", of_all - of_row)
        margins.append(Margin(f"{step} {total.form}", (f"{step} {row.form}", rest)))


def _add_trajectories(row: BridgeRow, counts: dict[str, int], margins: list[Margin]) -> None:
    """Records and trajectories of a row: everybody who was helped has one at least."""
    records, trajectories = row.records or 0, row.trajectories or 0
    more = f"beside more trajectories {row.form}"
    counts |= {
        f"records {row.form}": records,
        f"merged {row.form}": row.merged or 0,
        f"trajectories {row.form}": trajectories,
        more: trajectories - (row.helped or 0),
    }
    margins += [
        Margin(f"records {row.form}", (f"merged {row.form}", f"trajectories {row.form}")),
        Margin(f"trajectories {row.form}", (f"helped {row.form}", more)),
    ]


def _add_all_forms(
    rows: tuple[BridgeRow, ...], counts: dict[str, int], margins: list[Margin]
) -> None:
    """Sums over the forms: trajectories have one each; who has several forms counts in each."""
    forms = [row.form for row in rows if row.form != EVERYBODY]
    for step in _OF_TRAJECTORIES:
        parts = tuple(f"{step} {form}" for form in forms)
        margins.append(Margin(f"{step} {EVERYBODY}", parts))
    for step in ("assigned", "helped"):
        parts = tuple(f"{step} {form}" for form in forms)
        every, again = f"beside {step} by form", f"beside {step} again"
        counts[every] = sum(counts[part] for part in parts)
        counts[again] = counts[every] - counts[f"{step} {EVERYBODY}"]
        margins += [Margin(every, parts), Margin(every, (f"{step} {EVERYBODY}", again))]
