"""What explains a forecast further: flows, municipalities, the spread of waits, who waits today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vliegwiel.science.caresystem import ALL
from vliegwiel.web.components import Download, FigureBlock, Table

from . import flows, municipalities, providers, today, waits
from .frames import Frame

#: What an address may ask of the page; a link to one part keeps what was asked of the others.
_ASKED = ("measure", "care_type", "queue", "flows")


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Flows:
    figure: FigureBlock
    tabs: Sequence[Tab]


@dataclass(frozen=True, slots=True)
class Today:
    figure: FigureBlock
    form: today.QueueForm
    everywhere: Table
    kept: Sequence[tuple[str, str]]
    opened: bool


@dataclass(frozen=True, slots=True)
class Further:
    """The further parts; None where an outcome was kept before there was such a part."""

    flows: Flows | None
    municipality_waits: FigureBlock | None
    municipality_costs: FigureBlock | None
    providers: FigureBlock | None
    waits: FigureBlock | None
    today: Today | None


def further(frame: Frame, query: Mapping[str, str], care_type: str) -> Further:
    """The further parts of the page that the address asks for."""
    return Further(
        flows=_flows(frame, query) if frame.forecast.flows else None,
        municipality_waits=municipalities.waiting(frame),
        municipality_costs=municipalities.paying(frame),
        providers=providers.providers(frame),
        waits=waits.waits(frame, care_type if "care_type" in query else ALL),
        today=_today(frame, query) if frame.forecast.queue else None,
    )


def _flows(frame: Frame, query: Mapping[str, str]) -> Flows:
    labels = {
        "baseline": _("Without the change"),
        "scenario": _("With the change"),
        "difference": _("Difference"),
    }
    changed = any(row.scenario is not None for row in frame.forecast.flows)
    known = [view for view in flows.VIEWS if changed or view == "baseline"]
    usual: flows.View = "scenario" if changed else "baseline"
    view = next((view for view in known if view == query.get("flows")), usual)
    tabs = [
        Tab(labels[other], f"{_address(query, flows=other)}#flow", other == view) for other in known
    ]
    return Flows(flows.flows(frame, view), tabs if len(tabs) > 1 else [])


def _today(frame: Frame, query: Mapping[str, str]) -> Today:
    form = today.QueueForm(query, frame.forecast)
    return Today(
        figure=today.today(frame, form.chosen()),
        form=form,
        everywhere=today.everywhere(frame),
        kept=[(name, query[name]) for name in _ASKED if name != "queue" and query.get(name)],
        opened=bool(query.get("queue")),
    )


def _address(query: Mapping[str, str], **changed: str) -> str:
    asked = {name: query[name] for name in _ASKED if query.get(name)}
    return f"?{urlencode(asked | changed)}"


def downloads(frame: Frame) -> list[Download]:
    """The tables of the further parts as files, for the list at the end of the page."""
    forecast = frame.forecast
    known = {
        "stromen": (_("Flows: CSV for Dutch Excel"), forecast.flows),
        "gemeenten": (_("Municipalities: CSV for Dutch Excel"), forecast.municipalities),
        "gemeentekosten": (
            _("Cost by municipality: CSV for Dutch Excel"),
            forecast.municipality_costs,
        ),
        "wachtenden": (_("Who waits at the start: CSV for Dutch Excel"), forecast.queue),
        "aanbieders": (_("Providers: CSV for Dutch Excel"), forecast.providers),
    }
    return [
        Download(label, f"{frame.address}{table}.csv?notation=nl")
        for table, (label, rows) in known.items()
        if rows
    ]
