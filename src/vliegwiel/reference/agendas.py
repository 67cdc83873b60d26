"""Innovation agendas: the form of one, and those of three regions in our own words.

The same form is what a region keeps of its own agenda: an example is copied as it stands.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from .files import ROOT, read_text
from .texts import BilingualText, Shipped

NOTHING = BilingualText(nl="", en="")
#: A quarter such as 2026-Q3, or nothing where none is planned.
QuarterName = Annotated[str, Field(pattern=r"^((19|20)[0-9]{2}-Q[1-4])?$")]
Level = Literal["local", "regional", "supraregional"]
Stage = Literal["", "idea", "planned", "running", "nearly_done", "done", "stopped"]
Line = Literal["", "quick_start", "long_line", "basis"]


class Sourced(Shipped):
    """A part of an agenda: `source` is a key of the bibliography, `place` where it stands there.

    `key` is the same in every version of an agenda.
    """

    key: str
    title: BilingualText
    source: str = ""
    place: str = ""


class AgendaAbout(Sourced):
    """What the agenda is, and of which time."""

    intro: BilingualText = NOTHING
    period: BilingualText = NOTHING


class AgendaItem(Sourced):
    """Something the region wants to develop: a product or another way to do things.

    `starts` and `ends` are quarters, both inclusive; `timing` is how the source says it. `needs`
    are items that come first, `feeds` items that go on with what is learned. Of the cost-price
    elements to examine (`elements`) those in `examined` have been. `insights` are numbers of
    insights, `initiatives` ids of initiatives of the region.
    """

    content: BilingualText = NOTHING
    reason: BilingualText = NOTHING
    stage: Stage = ""
    line: Line = ""
    starts: QuarterName = ""
    ends: QuarterName = ""
    timing: BilingualText = NOTHING
    needs: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    spearheads: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    examined: tuple[str, ...] = ()
    findings: BilingualText = NOTHING
    involved: BilingualText = NOTHING
    providers_asked: int | None = None
    insights: tuple[int, ...] = ()
    initiatives: tuple[int, ...] = ()


class AgendaSpearhead(Sourced):
    """One of the few directions that the agenda focuses on (speerpunt)."""

    goal: BilingualText = NOTHING


class AgendaElement(Sourced):
    """A cost-price element whose effect on a product is examined (kostprijselement)."""

    question: BilingualText = NOTHING


class AgendaProgramme(Sourced):
    """Another programme, and where the agenda touches it."""

    overlap: BilingualText = NOTHING


class AgendaPartner(Shipped):
    """Who takes part in a task, and what it brings; empty where nobody has said so yet."""

    who: BilingualText
    brings: BilingualText = NOTHING


class AgendaTask(Sourced):
    """A task that partners take on together (opgave), with what they agreed on."""

    level: Level
    goal: BilingualText = NOTHING
    partners: tuple[AgendaPartner, ...] = ()
    shared_risk: BilingualText = NOTHING
    agreements: BilingualText = NOTHING
    indicators: BilingualText = NOTHING


class AgendaDocument(Shipped):
    """A whole agenda; the keys within each kind differ."""

    about: AgendaAbout
    spearheads: tuple[AgendaSpearhead, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    tasks: tuple[AgendaTask, ...] = ()
    programmes: tuple[AgendaProgramme, ...] = ()
    elements: tuple[AgendaElement, ...] = ()


class ShippedAgenda(Shipped):
    """An agenda that ships: `region` is the slug of its region where Vliegwiel has one.

    `step_before` is the key of an agenda that the same source lets us tell of an earlier moment.
    """

    version: int
    key: str
    region: str
    region_name: str
    year: int
    step_before: str
    remark: BilingualText
    document: AgendaDocument


@cache
def agendas() -> Mapping[str, ShippedAgenda]:
    """Every agenda that ships, by its key; earlier steps of another one included."""
    adapter = TypeAdapter(ShippedAgenda)
    names = sorted(
        item.name for item in ROOT.joinpath("agendas").iterdir() if item.name.endswith(".json")
    )
    found = [adapter.validate_json(read_text("agendas", name)) for name in names]
    return {agenda.key: agenda for agenda in found}


@cache
def example_agendas() -> tuple[ShippedAgenda, ...]:
    """The agendas to look at and to start from: each as its source has it in the end."""
    earlier = {agenda.step_before for agenda in agendas().values()}
    return tuple(agenda for key, agenda in agendas().items() if key not in earlier)
