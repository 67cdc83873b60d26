"""What a map of municipalities can show: published figures, and waits from care messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vliegwiel.apps.figures import queries
from vliegwiel.apps.figures.queries import MunicipalSubject
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.trajectories import queries as trajectories
from vliegwiel.science.trajectories import Clock, Split
from vliegwiel.web import notation
from vliegwiel.web.pages.care_waits import words

from .sentences import lower, written

_WAIT = "wachttijd"
GENERATED = "generated-region"


@dataclass(frozen=True, slots=True)
class Subject:
    """`figures` is empty for the waiting time; `periods` are newest first, never none."""

    key: str
    label: str
    periods: Sequence[str]
    figures: MunicipalSubject | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality: its value to compare by, and as it is written; None where none is shown."""

    code: str
    name: str
    value: float | None
    written: str
    status: str


@dataclass(frozen=True, slots=True)
class OnMap:
    """All that a map shows of one subject in one period."""

    label: str
    unit: str
    places: Sequence[Place]
    region: str
    national: str
    source: str
    date: str
    notes: Sequence[str]
    generated: bool
    provisional: bool


def subjects_of(region: Any) -> list[Subject]:
    """Published figures first; the waiting time where the published set shows municipalities."""
    found = [
        Subject(
            key=f"{item.measure}.{item.care_form}",
            label=f"{item.measure_label}: {lower(item.care_form_label)}",
            periods=item.periods,
            figures=item,
        )
        for item in queries.municipal_subjects(region)
    ]
    overview = trajectories.overview(trajectories.situation(region))
    if overview is not None:
        table = trajectories.wait_table(overview, Split.MUNICIPALITY, Clock.W1)
        if table.rows:
            label = _("Waiting time in days: half has started by then")
            found.append(Subject(_WAIT, label, [overview.on.isoformat()]))
    return found


def on_map(region: Any, subject: Subject, period: str) -> OnMap:
    """The values of a subject by municipality."""
    if subject.figures is None:
        return _waits(region, subject)
    found = queries.municipal_figures(region, subject.figures, period)
    values = [item.figure for item in found.values if item.figure]
    first = values[0] if values else None
    return OnMap(
        label=subject.label,
        unit=first.unit_label if first else "",
        places=[
            Place(
                item.code,
                item.name,
                float(item.figure.value) if item.figure else None,
                written(item.figure) if item.figure else notation.MISSING,
                item.figure.status_label if item.figure else _("not shown by the source"),
            )
            for item in found.values
        ],
        region=written(found.region) if found.region else "",
        national=written(found.national) if found.national else "",
        source=first.source.title if first else "",
        date=period,
        notes=list(dict.fromkeys(value.note for value in values if value.note)),
        generated=any(value.source.key == GENERATED for value in values),
        provisional=any("provisional" in value.status for value in values),
    )


def _waits(region: Any, subject: Subject) -> OnMap:
    overview = trajectories.overview(trajectories.situation(region))
    assert overview is not None  # the subject is there because it is
    table = trajectories.wait_table(overview, Split.MUNICIPALITY, Clock.W1)
    rows = {row.key: row for row in table.rows}
    places = []
    for municipality in municipalities_of(region):
        row = rows.get(municipality.code)
        median = row.median if row else None
        shown = notation.MISSING if median is None else notation.number(median)
        if row is None or row.waits is None:
            told = _("too few youths")
        else:
            told = words.with_interval(row.median, row.median_low, row.median_high)
        value = None if median is None else float(median)
        places.append(Place(municipality.code, municipality.name, value, shown, told))
    total = table.total.median
    return OnMap(
        label=subject.label,
        unit=_("days"),
        places=places,
        region="" if total is None else notation.number(total),
        national="",
        source=words.source_of(overview.on),
        date=notation.day(overview.on),
        notes=[],
        generated=False,
        provisional=False,
    )
