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


@dataclass(frozen=True, slots=True)
class Frame:
    """A forecast with what it was made of; `region` is the name of the region."""

    forecast: Forecast
    scenario: Scenario
    system: CareSystem
    region: str
    source: str
    date: str
    how: Sequence[str]
    downloads: Sequence[Download]
    #: The address of the forecast; files of single tables lie below it.
    address: str = ""

    @property
    def language(self) -> str:
        return (get_language() or "nl")[:2]

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

    def block(
        self,
        key: str,
        *,
        title: str,
        what: str,
        table: Table,
        chart: str,
        hover: bool = False,
        file: str = "",
    ) -> FigureBlock:
        """The figure; `file` names the table that is its download, instead of the whole outcome."""
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
            downloads=self._files(file) if file else self.downloads,
            hover=hover,
        )

    def _files(self, table: str) -> list[Download]:
        return [
            Download(_("CSV for Dutch Excel"), f"{self.address}{table}.csv?notation=nl"),
            Download(_("CSV for programs (English)"), f"{self.address}{table}.csv"),
        ]
