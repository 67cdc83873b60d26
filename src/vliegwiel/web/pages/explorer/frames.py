"""What all figures of one forecast share, and how each becomes the one figure block."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.descriptions import in_active_language
from vliegwiel.apps.explorer.edits import rollout_of
from vliegwiel.science.caresystem import CareSystem, Forecast, Scenario
from vliegwiel.web.charts import Event
from vliegwiel.web.components import Download, FigureBlock, Quality, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the numbers of a page come from: every figure block says the same of it."""

    source: str
    date: str
    downloads: Sequence[Download]
    how: Sequence[str] = ()

    @property
    def language(self) -> str:
        return (get_language() or "nl")[:2]

    def block(
        self,
        key: str,
        *,
        title: str,
        what: str,
        table: Table,
        chart: str,
        hover: bool = False,
        downloads: Sequence[Download] | None = None,
    ) -> FigureBlock:
        """The figure; its own `downloads`, if any, instead of those of the whole page."""
        return FigureBlock(
            id=key,
            title=title,
            what=what,
            table=table,
            chart=chart,
            quality=Quality("model", _("an outcome of the model, not a measurement")),
            source=self.source,
            date=self.date,
            how=self.how,
            downloads=self.downloads if downloads is None else downloads,
            hover=hover,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame(Origin):
    """A forecast with what it was made of; `region` is the name of the region."""

    forecast: Forecast
    scenario: Scenario
    system: CareSystem
    region: str
    #: The address of the forecast; files of single tables lie below it.
    address: str = ""

    def label(self, care_type: str) -> str:
        return in_active_language(self.forecast.labels[care_type])

    def events(self) -> list[Event]:
        """When the change begins, first in some places and then everywhere."""
        rollout = rollout_of(self.scenario)
        events = []
        if rollout.first_from is not None:
            events.append(Event(rollout.first_from, _("first")))
        if rollout.everywhere_from is not None:
            events.append(Event(rollout.everywhere_from, _("everywhere")))
        return events

    def files(self, table: str) -> list[Download]:
        """The table of this name as files."""
        return [
            Download(_("CSV for Dutch Excel"), f"{self.address}{table}.csv?notation=nl"),
            Download(_("CSV for programs (English)"), f"{self.address}{table}.csv"),
        ]
