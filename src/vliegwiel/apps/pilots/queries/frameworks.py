"""The assessment framework: of one pilot, and of all pilots of a region beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.instruments.queries import Said, instrument_by_key, said_by
from vliegwiel.apps.pilots.models import Framework, Iteration, MeetingDecision, Pilot, RiskVersion
from vliegwiel.apps.pilots.vocabulary import FRAMEWORK, RiskStatus
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.questionnaires import AnswerKind, Instrument

from .detail import RiskLine, risk_line


@dataclass(frozen=True, slots=True)
class FrameworkCell:
    """How a pilot stands with one ingredient: the key and words of the answer, and the lesson."""

    state: str
    label: str
    lesson: str


@dataclass(frozen=True, slots=True)
class FrameworkLine:
    """The newest framework of a pilot. `invite` is where it is filled in; `at` when that was done.

    `cells` are by key of the ingredient; without answers there are none.
    """

    round: int
    invite: str
    closed: bool
    at: datetime | None
    ingredients: Mapping[str, str]
    cells: Mapping[str, FrameworkCell]

    @property
    def lines(self) -> Sequence[tuple[str, FrameworkCell | None]]:
        """Every ingredient in words, with what was said of it."""
        return [(title, self.cells.get(key)) for key, title in self.ingredients.items()]


@dataclass(frozen=True, slots=True)
class BesidePilot:
    """A pilot as a column beside the others."""

    id: int
    title: str
    framework: FrameworkLine | None


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One ingredient over the pilots, in their order; None where a pilot said nothing of it.

    `lessons` are the title of a pilot and what it learned, of those that wrote something. `alike`
    is None while fewer than two pilots said how it stands.
    """

    key: str
    title: str
    cells: tuple[FrameworkCell | None, ...]
    lessons: tuple[tuple[str, str], ...]
    alike: bool | None


@dataclass(frozen=True, slots=True)
class DecisionDue:
    """A decision of a core group that should be carried out before a day."""

    pilot: int
    pilot_title: str
    text: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the last round of trying of a pilot taught."""

    pilot: int
    pilot_title: str
    learned: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class Beside:
    """All pilots of a region over the ingredients, with what waits in any of them.

    `risks` are open ones and those that happened, each with the number and title of its pilot.
    """

    pilots: tuple[BesidePilot, ...]
    ingredients: tuple[Ingredient, ...]
    learned: tuple[Lesson, ...]
    risks: tuple[tuple[int, str, RiskLine], ...]
    decisions: tuple[DecisionDue, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no pilot filled in anything that stands beside another."""
        said = any(cell and cell.label for one in self.ingredients for cell in one.cells)
        return not (said or self.has_lessons or self.learned or self.risks or self.decisions)

    @property
    def has_lessons(self) -> bool:
        return any(one.lessons for one in self.ingredients)


def framework_of(pilot_id: int) -> FrameworkLine | None:
    """The newest framework of a pilot; None before one was begun."""
    return _newest([pilot_id]).get(pilot_id)


def beside(region: Region, pilots: Sequence[int]) -> Beside:
    """These pilots of a region beside each other, in this order. Seven queries at most."""
    found = Pilot.objects.filter(initiative__region=region, pk__in=pilots)
    titles = dict(found.values_list("pk", "title"))
    shown = [pk for pk in pilots if pk in titles]
    frameworks = _newest(shown)
    columns = tuple(BesidePilot(pk, titles[pk], frameworks.get(pk)) for pk in shown)
    shipped = instrument_by_key(FRAMEWORK)
    return Beside(
        columns,
        tuple(_ingredient(key, title, columns) for key, title in _ingredients(shipped).items()),
        tuple(_learned(shown, titles)),
        tuple((one.pilot_id, titles[one.pilot_id], risk_line(one)) for one in _open_risks(shown)),
        tuple(_due(shown, titles)),
    )


def _newest(pilots: Sequence[int]) -> Mapping[int, FrameworkLine]:
    rows = Framework.objects.filter(pilot__in=pilots).order_by("pilot_id", "-pk")
    newest = list(rows.distinct("pilot_id").select_related("party__round"))
    said = said_by([one.party_id for one in newest])
    return {one.pilot_id: _line(one, said.get(one.party_id)) for one in newest}


def _line(one: Framework, said: Said | None) -> FrameworkLine:
    held = one.party.round
    return FrameworkLine(
        round=held.pk,
        invite=one.party.invite,
        closed=held.closed_at is not None,
        at=said.at if said is not None else None,
        ingredients=_ingredients(said.instrument) if said is not None else {},
        cells=_cells(said) if said is not None else {},
    )


def _ingredients(instrument: Instrument | None) -> Mapping[str, str]:
    if instrument is None:
        return {}
    return {one.key: in_language(nl=one.title.nl, en=one.title.en) for one in instrument.aspects}


def _cells(said: Said) -> Mapping[str, FrameworkCell]:
    found: dict[str, FrameworkCell] = {}
    for key in _ingredients(said.instrument):
        state, label, lesson = "", "", ""
        for question in said.instrument.questions:
            answer = said.answers.get(question.key)
            if said.instrument.aspect_of(question) != key or answer is None:
                continue
            if question.kind is AnswerKind.CHOICE:
                state = str(answer)
                words = {one.key: one.label for one in question.choices}[state]
                label = in_language(nl=words.nl, en=words.en)
            else:
                lesson = str(answer)
        if state or lesson:
            found[key] = FrameworkCell(state, label, lesson)
    return found


def _ingredient(key: str, title: str, columns: Sequence[BesidePilot]) -> Ingredient:
    cells = tuple(
        column.framework.cells.get(key) if column.framework is not None else None
        for column in columns
    )
    states = {cell.state for cell in cells if cell is not None and cell.state}
    said = sum(cell is not None and bool(cell.state) for cell in cells)
    lessons = tuple(
        (column.title, cell.lesson)
        for column, cell in zip(columns, cells, strict=True)
        if cell is not None and cell.lesson
    )
    return Ingredient(key, title, cells, lessons, len(states) == 1 if said > 1 else None)


def _learned(pilots: Sequence[int], titles: Mapping[int, str]) -> Sequence[Lesson]:
    rows = Iteration.objects.filter(pilot__in=pilots).order_by("pilot_id", "-number")
    newest = rows.distinct("pilot_id")
    told = [Lesson(one.pilot_id, titles[one.pilot_id], one.learned, one.ended_on) for one in newest]
    return sorted(told, key=lambda one: one.ended_on, reverse=True)


def _open_risks(pilots: Sequence[int]) -> Sequence[RiskVersion]:
    rows = RiskVersion.objects.filter(pilot__in=pilots).order_by("pilot_id", "risk", "-number")
    newest = rows.distinct("pilot_id", "risk")
    told = [one for one in newest if one.status in {RiskStatus.OPEN, RiskStatus.HAPPENED}]
    return sorted(told, key=lambda one: (-risk_line(one).weight, one.pilot_id, one.risk))


def _due(pilots: Sequence[int], titles: Mapping[int, str]) -> Sequence[DecisionDue]:
    rows = MeetingDecision.objects.filter(meeting__pilot__in=pilots, due_on__isnull=False)
    newest = rows.select_related("meeting").order_by("meeting__pilot_id", "-meeting__held_on")
    last: dict[int, date] = {}
    due = []
    for one in newest:
        pilot = one.meeting.pilot_id
        # What still stands open is said again at the next meeting: the last minutes count.
        if last.setdefault(pilot, one.meeting.held_on) == one.meeting.held_on and one.due_on:
            due.append(DecisionDue(pilot, titles[pilot], one.text, one.owner, one.due_on))
    return sorted(due, key=lambda one: one.due_on)
