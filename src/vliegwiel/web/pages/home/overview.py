"""What stands on a region's home: counts for the ring, what changed, three figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from vliegwiel.apps.agenda import queries as agenda
from vliegwiel.apps.continuity import queries as continuity
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.figures import queries as figures
from vliegwiel.apps.initiatives import queries as initiatives
from vliegwiel.apps.insights import queries as insights
from vliegwiel.apps.pilots import queries as pilots
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.yardstick import queries as yardstick
from vliegwiel.web import notation

from .news import DELIVERIES_READ, Change, changes_of
from .ring import Count
from .three_figures import HomeFigure, figures_of
from .waiting import Waiting, waiting_for

#: How long before a deadline of the checklist somebody is reminded, and of how many.
_REMINDED = timedelta(days=42)
_MOST_DEADLINES = 5


@dataclass(frozen=True, slots=True)
class Overview:
    municipalities: int
    counts: Mapping[str, Sequence[Count]]
    changes: Sequence[Change]
    figures: Sequence[HomeFigure]
    late: Sequence[continuity.Deadline]
    deadlines: Sequence[continuity.Deadline]
    waiting: Sequence[Waiting]


def overview_of(region: Any, *, by: Any, since: datetime | None) -> Overview:
    """Reads every part of the loop that exists."""
    # Counting what is in a delivery reads it whole, so this is done once for the whole page.
    deliveries = figures.waiting_deliveries(region, limit=DELIVERIES_READ)
    late, deadlines = _deadlines(region)
    return Overview(
        municipalities=len(regions.municipalities_of(region)),
        counts=_counts(region, deliveries),
        changes=changes_of(region, deliveries=deliveries, since=since),
        figures=figures_of(region, deliveries=deliveries),
        late=late,
        deadlines=deadlines,
        waiting=waiting_for(by, region),
    )


def _deadlines(
    region: Any,
) -> tuple[Sequence[continuity.Deadline], Sequence[continuity.Deadline]]:
    """What should have stood by now so that care goes on, and what must soon; earliest first."""
    today = timezone.localdate()
    due = continuity.deadlines(region, until=today + _REMINDED)
    late = [one for one in due if one.deadline < today]
    return late[:_MOST_DEADLINES], due[len(late) :][:_MOST_DEADLINES]


def _counts(
    region: Any, deliveries: Sequence[figures.DeliveryInfo]
) -> Mapping[str, Sequence[Count]]:
    """What can be counted in each part, each with the page where it stands."""
    own = sum(value.area == region.code for value in figures.all_figures(region))
    stated = deliveries[0].rows_for_youth if deliveries else 0
    understood = len(insights.insight_list(region))
    explored = sum(len(numbers) for numbers in explorer.scenario_numbers(region))

    def count(words: str, number: int, page: str) -> Count:
        url = reverse(page, kwargs={"region_slug": region.slug})
        return Count(words % {"n": notation.number(number)}, url)

    seen = [count(ngettext("%(n)s figure", "%(n)s figures", own), own, "figures")]
    if stated:
        words = ngettext("%(n)s stated wait", "%(n)s stated waits", stated)
        seen.append(count(words, stated, "waiting_times"))
    tried = initiatives.count_of(region)
    planned = agenda.count_of_items(region)
    chosen = [count(ngettext("%(n)s initiative", "%(n)s initiatives", tried), tried, "initiatives")]
    if planned:
        words = ngettext("%(n)s item on the agenda", "%(n)s items on the agenda", planned)
        chosen.append(count(words, planned, "agenda_draft"))
    trying = sum(pilots.count_pilots(region, today=timezone.localdate()).values())
    aimed = yardstick.count_targets(region)
    return {
        "try": [count(ngettext("%(n)s pilot", "%(n)s pilots", trying), trying, "pilots")],
        "prove": [count(ngettext("%(n)s target", "%(n)s targets", aimed), aimed, "yardstick")],
        "figures": seen,
        "choose": chosen,
        "insights": [
            count(ngettext("%(n)s insight", "%(n)s insights", understood), understood, "insights")
        ],
        "explorer": [
            count(ngettext("%(n)s scenario", "%(n)s scenarios", explored), explored, "explorer")
        ],
    }
