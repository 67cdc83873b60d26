"""Trajectories (trajecten) and episodes (zorgperioden): spells that a person would call one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .assignments import AssignmentKey
from .choices import Choices
from .forms import CareForms
from .spans import gap, latest, length
from .spells import PAUSE, Spell, order
from .successions import Successions


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Spells that belong together, of one youth.

    A trajectory has one ``provider`` and one ``form``; an episode has neither (None), for it is all
    care of the youth. ``end`` is None while it is open, also during a pause that is not yet an end;
    ``reason`` is that of the spell that ended last.
    """

    youth: str
    provider: str | None
    form: str | None
    spells: tuple[Spell, ...]
    end: date | None
    reason: str | None

    @property
    def begin(self) -> date:
        """The first day of care."""
        return self.spells[0].begin

    @property
    def days(self) -> int | None:
        """First and last day counted; None while it is open."""
        return None if self.end is None else length(self.begin, self.end)

    @property
    def pauses(self) -> tuple[int, ...]:
        """Days without care between its spells."""
        found = []
        last = self.spells[0].end
        for spell in self.spells[1:]:
            if last is not None and gap(last, spell.begin) > 0:
                found.append(gap(last, spell.begin))
            last = latest(last, spell.end)
        return tuple(found)

    @property
    def assignments(self) -> tuple[AssignmentKey, ...]:
        """Its assignments, in the order of their first spell."""
        return tuple(dict.fromkeys(s.assignment for s in self.spells if s.assignment is not None))


def trajectories_of(
    spells: Iterable[Spell],
    successions: Successions,
    *,
    forms: CareForms,
    known: date,
    choices: Choices,
) -> tuple[Chain, ...]:
    """Spells of one youth, provider and form with at most ``chain_days`` between them.

    A pause (reason 20) on the same assignment does not break a trajectory before ``pause_limit``
    days; neither does another number, tariff, volume or municipality. Transport is no care.
    """
    lines: dict[tuple[str, str, str], list[Spell]] = defaultdict(list)
    form_of_first: dict[AssignmentKey, str] = {}
    for spell in sorted(spells, key=order):
        if not forms.is_care(spell.form):
            continue
        form = spell.form
        if spell.assignment is not None:
            form_of_first.setdefault(spell.assignment, form)
            form = _form_of_line(spell.assignment, form, successions, form_of_first)
        lines[spell.youth, spell.provider, form].append(spell)
    found = (
        _chain(group, youth, provider, form, known=known, choices=choices)
        for (youth, provider, form), line in lines.items()
        for group in _groups(line, choices.chain_days, choices)
    )
    return tuple(sorted(found, key=_place))


def episodes_of(
    spells: Iterable[Spell], *, forms: CareForms, known: date, choices: Choices
) -> tuple[Chain, ...]:
    """All care of a youth, over forms and providers, with at most ``episode_days`` between."""
    lines: dict[str, list[Spell]] = defaultdict(list)
    for spell in sorted(spells, key=order):
        if forms.is_care(spell.form):
            lines[spell.youth].append(spell)
    found = (
        _chain(group, youth, None, None, known=known, choices=choices)
        for youth, line in lines.items()
        for group in _groups(line, choices.episode_days, choices)
    )
    return tuple(sorted(found, key=_place))


def _chain(
    group: list[Spell],
    youth: str,
    provider: str | None,
    form: str | None,
    *,
    known: date,
    choices: Choices,
) -> Chain:
    end, reason = _ending(group, known=known, choices=choices)
    return Chain(
        youth=youth, provider=provider, form=form, spells=tuple(group), end=end, reason=reason
    )


def _place(chain: Chain) -> tuple[str, date, str, str]:
    return chain.youth, chain.begin, chain.provider or "", chain.form or ""


def _form_of_line(
    key: AssignmentKey, form: str, successions: Successions, known: dict[AssignmentKey, str]
) -> str:
    """The form under which a line goes on when a contract gave it another name."""
    while key in successions.before:
        earlier = successions.before[key]
        if key in successions.relabelled:
            if earlier not in known:
                break
            form = known[earlier]
        key = earlier
    return form


def _groups(line: list[Spell], most: int, choices: Choices) -> list[list[Spell]]:
    groups: list[list[Spell]] = []
    reach: date | None = None
    last_of: dict[AssignmentKey | None, Spell] = {}
    for spell in line:
        joins = bool(groups) and (
            reach is None
            or gap(reach, spell.begin) <= most
            or _resumes(spell, last_of.get(spell.assignment), choices)
        )
        if joins:
            groups[-1].append(spell)
            reach = latest(reach, spell.end)
        else:
            groups.append([spell])
            reach = spell.end
        last_of[spell.assignment] = spell
    return groups


def _resumes(spell: Spell, before: Spell | None, choices: Choices) -> bool:
    return (
        before is not None
        and before.assignment is not None
        and before.reason == PAUSE
        and before.end is not None
        and gap(before.end, spell.begin) <= choices.pause_limit
    )


def _ending(group: list[Spell], *, known: date, choices: Choices) -> tuple[date | None, str | None]:
    """The end, None while it is open or pauses, and the reason of the last spell."""
    last = max(group, key=lambda s: (s.end or date.max, s.begin, s.reason or ""))
    pausing = (
        last.reason == PAUSE
        and last.end is not None
        and (known - last.end).days <= choices.pause_limit
    )
    return (None if pausing else last.end), last.reason
