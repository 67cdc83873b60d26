"""A figure as data: everything that the one figure block shows.

A page makes a `FigureBlock` and writes `<c-figure :figure="figure" />`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from .table import Table

Level = Literal["printed", "good", "fair", "poor", "model"]
Mark = Literal["", "generated", "example"]

QUALITY_LABELS = {
    "printed": _("Taken from the source"),
    "good": _("Good"),
    "fair": _("Fair"),
    "poor": _("Poor"),
    "model": _("Calculated by the model"),
}
QUALITY_TONES = {
    "printed": "neutral",
    "good": "valid",
    "fair": "warning",
    "poor": "danger",
    "model": "neutral",
}
MARK_LABELS = {"generated": _("Generated data"), "example": _("Example data")}


@dataclass(frozen=True, slots=True)
class Quality:
    """How far the figure can be trusted, and why in a few words."""

    level: Level
    reason: str = ""

    @property
    def label(self) -> str:
        return str(QUALITY_LABELS[self.level])

    @property
    def tone(self) -> str:
        return QUALITY_TONES[self.level]


@dataclass(frozen=True, slots=True)
class Download:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """One figure, with the same parts everywhere.

    `id` is unique on the page. `title` is the finding in one sentence, `what` says what is drawn
    and in which unit. `chart` is what a function of `web.charts` returned ("" shows the table
    alone). `clock` says which time is measured; `date` is written out; `how` holds paragraphs that
    open under "How is this calculated?". `mark` shows that the data are generated or an example.
    """

    id: str
    title: str
    table: Table
    what: str = ""
    chart: str = ""
    quality: Quality | None = None
    source: str = ""
    source_url: str = ""
    clock: str = ""
    date: str = ""
    how: Sequence[str] = ()
    downloads: Sequence[Download] = ()
    mark: Mark = ""
    hover: bool = False
    heading: int = 3

    @property
    def mark_label(self) -> str:
        return str(MARK_LABELS[self.mark]) if self.mark else ""

    @property
    def heading_tag(self) -> str:
        return f"h{self.heading}"
