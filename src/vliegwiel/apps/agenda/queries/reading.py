"""A document in the reader's language, with what each part points to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vliegwiel import reference
from vliegwiel.apps.agenda.documents import shown
from vliegwiel.apps.agenda.planning import Quarter, troubles
from vliegwiel.apps.agenda.vocabulary import Level, Line, Stage
from vliegwiel.apps.insights.queries import numbered
from vliegwiel.reference import (
    AgendaDocument,
    AgendaElement,
    AgendaItem,
    AgendaProgramme,
    AgendaSpearhead,
    AgendaTask,
    BilingualText,
)

from .planning_words import span_words, trouble_words

#: Titles of what lies outside an agenda: {"3": {"nl": ..., "en": ...}}.
Titles = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Ref:
    """Enough to point to another part; `key` is its number or id where it lies outside."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where something stands: the title of the source and the place in it; either may be empty."""

    title: str
    year: int | None
    place: str


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A spearhead, a cost-price element or another programme."""

    key: str
    title: str
    text: str
    source: SourceLine


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item. `starts` and `ends` are quarters such as 2026-Q3, or empty; `planned` in words.

    `needed_by` are the items that wait for this one.
    """

    key: str
    title: str
    content: Sequence[str]
    reason: str
    stage: str
    stage_label: str
    line: str
    line_label: str
    starts: str
    ends: str
    planned: str
    timing: str
    needs: Sequence[Ref]
    needed_by: Sequence[Ref]
    feeds: Sequence[Ref]
    spearheads: Sequence[Ref]
    programmes: Sequence[Ref]
    elements: Sequence[Ref]
    examined: Sequence[Ref]
    findings: str
    involved: Sequence[str]
    providers_asked: int | None
    insights: Sequence[Ref]
    initiatives: Sequence[Ref]
    source: SourceLine

    @property
    def named_insights(self) -> Sequence[tuple[str, str]]:
        """The number of each insight behind it, and how readers call it."""
        return [(ref.key, numbered(int(ref.key), ref.title)) for ref in self.insights]


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task that partners take on together; a pair is a partner and what it brings."""

    key: str
    title: str
    level: str
    level_label: str
    goal: str
    partners: Sequence[tuple[str, str]]
    shared_risk: str
    agreements: str
    indicators: Sequence[str]
    source: SourceLine


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner with what it brings to each of its tasks."""

    name: str
    tasks: Sequence[tuple[TaskLine, str]]


@dataclass(frozen=True, slots=True)
class AgendaRead:
    """A whole agenda in one language; `troubles` are sentences about the planning."""

    title: str
    intro: str
    period: str
    source: SourceLine
    spearheads: Sequence[PlainLine]
    items: Sequence[ItemLine]
    tasks: Sequence[TaskLine]
    programmes: Sequence[PlainLine]
    elements: Sequence[PlainLine]
    troubles: Sequence[str]


def read(
    document: AgendaDocument, *, insights: Titles | None = None, initiatives: Titles | None = None
) -> AgendaRead:
    """The document in the reader's language, items in the order in which they begin."""
    names = {kind: _titles(getattr(document, kind)) for kind in _KINDS}
    needed = _needed_by(document.items)
    outside = {"insights": insights or {}, "initiatives": initiatives or {}}
    items = [_item(item, names, needed, outside) for item in document.items]
    about = document.about
    return AgendaRead(
        title=shown(about.title),
        intro=shown(about.intro),
        period=shown(about.period),
        source=source_line(about),
        spearheads=[_plain(part, part.goal) for part in document.spearheads],
        items=sorted(items, key=lambda item: (not item.starts, item.starts)),
        tasks=sorted(map(_task, document.tasks), key=lambda task: _LEVELS.index(task.level)),
        programmes=[_plain(part, part.overlap) for part in document.programmes],
        elements=[_plain(part, part.question) for part in document.elements],
        troubles=[trouble_words(found, names["items"]) for found in troubles(document.items)],
    )


_KINDS = ("items", "spearheads", "programmes", "elements")
_LEVELS = [str(level) for level in Level]


def partners_of(found: AgendaRead) -> Sequence[PartnerLine]:
    """Everybody who takes part in a task, by name, with those tasks."""
    lines: dict[str, list[tuple[TaskLine, str]]] = {}
    for task in found.tasks:
        for name, brings in task.partners:
            lines.setdefault(name, []).append((task, brings))
    return [PartnerLine(name, tasks) for name, tasks in sorted(lines.items())]


def source_line(part: Any) -> SourceLine:
    """Where a part stands."""
    found = reference.sources().get(part.source)
    return SourceLine(found.title if found else "", found.year if found else None, part.place)


def _titles(parts: Iterable[Any]) -> Mapping[str, str]:
    return {part.key: shown(part.title) for part in parts}


def _needed_by(items: Sequence[AgendaItem]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in items:
        for key in item.needs:
            found.setdefault(key, []).append(item.key)
    return found


def _item(
    item: AgendaItem,
    names: Mapping[str, Mapping[str, str]],
    needed: Mapping[str, Sequence[str]],
    outside: Mapping[str, Titles],
) -> ItemLine:
    starts, ends = Quarter.read(item.starts), Quarter.read(item.ends)
    return ItemLine(
        key=item.key,
        title=shown(item.title),
        content=lines_of(item.content),
        reason=shown(item.reason),
        stage=item.stage,
        stage_label=str(Stage(item.stage).label) if item.stage else "",
        line=item.line,
        line_label=str(Line(item.line).label) if item.line else "",
        starts=item.starts,
        ends=item.ends,
        planned=span_words(starts, ends),
        timing=shown(item.timing),
        needs=_refs(item.needs, names["items"]),
        needed_by=_refs(needed.get(item.key, ()), names["items"]),
        feeds=_refs(item.feeds, names["items"]),
        spearheads=_refs(item.spearheads, names["spearheads"]),
        programmes=_refs(item.programmes, names["programmes"]),
        elements=_refs(item.elements, names["elements"]),
        examined=_refs(item.examined, names["elements"]),
        findings=shown(item.findings),
        involved=lines_of(item.involved),
        providers_asked=item.providers_asked,
        insights=_outside(item.insights, outside["insights"]),
        initiatives=_outside(item.initiatives, outside["initiatives"]),
        source=source_line(item),
    )


def _refs(keys: Iterable[str], names: Mapping[str, str]) -> Sequence[Ref]:
    return [Ref(key, names[key]) for key in keys if key in names]


def _outside(keys: Iterable[int], titles: Titles) -> Sequence[Ref]:
    known = either(titles)
    return [Ref(str(key), known[str(key)]) for key in keys if str(key) in known]


def either(titles: Titles) -> Mapping[str, str]:
    """The titles in the reader's language, or in the other where there is none."""
    return {key: shown(BilingualText(nl=text["nl"], en=text["en"])) for key, text in titles.items()}


def lines_of(text: BilingualText) -> Sequence[str]:
    """The lines of a text that lists something."""
    return [line.strip() for line in shown(text).splitlines() if line.strip()]


def _task(task: AgendaTask) -> TaskLine:
    return TaskLine(
        key=task.key,
        title=shown(task.title),
        level=task.level,
        level_label=str(Level(task.level).label),
        goal=shown(task.goal),
        partners=[(shown(partner.who), shown(partner.brings)) for partner in task.partners],
        shared_risk=shown(task.shared_risk),
        agreements=shown(task.agreements),
        indicators=lines_of(task.indicators),
        source=source_line(task),
    )


def _plain(
    part: AgendaSpearhead | AgendaProgramme | AgendaElement, text: BilingualText
) -> PlainLine:
    return PlainLine(part.key, shown(part.title), shown(text), source_line(part))
