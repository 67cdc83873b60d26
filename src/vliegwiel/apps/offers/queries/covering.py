"""Which forms of help are covered in which municipality, and where the gaps are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vliegwiel.apps.offers.vocabulary import LOOSE_FORMS, Cover, OfferedForm, WaitUntil
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.science.trajectories import NORM_DAYS

from .register import OfferLine, current_lines, register_mark


@dataclass(frozen=True, slots=True)
class CoveringCell:
    """A form in a municipality. `days` is the shortest wait known of what is freely usable."""

    municipality: str
    cover: str
    offers: int
    free: int
    days: int | None


@dataclass(frozen=True, slots=True)
class CoveringRow:
    form: str
    label: str
    cells: Sequence[CoveringCell]

    @property
    def gaps(self) -> int:
        """In how many municipalities it is not covered, as far as is known."""
        return sum(cell.cover in _GAPS for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Covering:
    """The whole table of a day: a row for each form, a cell for each municipality."""

    on: date
    norm_days: int
    municipalities: Sequence[tuple[str, str]]
    rows: Sequence[CoveringRow]
    mark: str

    @property
    def gaps(self) -> int:
        return sum(row.gaps for row in self.rows)

    @property
    def cells(self) -> int:
        return len(self.rows) * len(self.municipalities)


_GAPS = frozenset({Cover.NONE, Cover.NOT_FREE, Cover.BEYOND})


def covering(region: Region, *, on: date) -> Covering:
    """How every form of help is covered in every municipality on a day.

    Forms that hold others, or go with others, have a row only where somebody offers them: their
    lack is no gap.
    """
    lines = current_lines(region, on)
    offered = {line.care_form for line in lines}
    places = [(place.code, place.name) for place in municipalities_of(region)]
    rows = [
        CoveringRow(
            form=form.value,
            label=str(form.label),
            cells=[
                _cell([line for line in lines if line.care_form == form], code)
                for code, _name in places
            ],
        )
        for form in OfferedForm
        if form in offered or form not in LOOSE_FORMS
    ]
    return Covering(on, NORM_DAYS, places, rows, register_mark(lines))


def _cell(lines: Sequence[OfferLine], municipality: str) -> CoveringCell:
    here = [line for line in lines if municipality in line.municipalities]
    free = [line for line in here if line.free]
    # The norm is about the start of help: a wait until the intake is only a part of it.
    waits = [
        line.wait.days
        for line in free
        if line.wait is not None and line.wait.until == WaitUntil.START
    ]
    days = min(waits, default=None)
    if not here:
        cover = Cover.NONE
    elif not free:
        cover = Cover.NOT_FREE
    elif days is None:
        cover = Cover.UNKNOWN
    else:
        cover = Cover.BEYOND if days > NORM_DAYS else Cover.COVERED
    return CoveringCell(municipality, cover.value, len(here), len(free), days)
