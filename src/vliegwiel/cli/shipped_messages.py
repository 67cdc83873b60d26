"""Care messages of a generated region, for the demo: delivered as a region delivers its own.

With them the worker makes waiting times, signals of gaps and a model of the region.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache

from vliegwiel import reference
from vliegwiel.apps.continuity import services as continuity
from vliegwiel.apps.explorer import services as explorer
from vliegwiel.apps.figures import queries as figures
from vliegwiel.apps.figures import services as figure_services
from vliegwiel.apps.intake import queries, services
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.trajectories import services as trajectories
from vliegwiel.science.caresystem import read_care_system
from vliegwiel.science.regionbox import (
    Box,
    BoxOptions,
    box_of,
    counts_of_cbs_csv,
    monthly_messages,
)

from .language import gettext as _
from .language import ngettext
from .steps import Report

_REGION = "ijsselland"
#: A fiftieth of the region: enough for figures of most forms of help, in a few seconds.
OPTIONS = BoxOptions(
    start=date(2024, 1, 1), months=30, scale=0.02, seed=3,
    declarations=False, answers=False, rejected=0,
)  # fmt: skip


def deliver_messages(report: Report) -> str:
    """Delivers made-up messages once, to a region without any; the worker makes the figures.

    What CBS would count of the same made-up region comes with them.
    """
    region = regions.region_by_slug(_REGION)
    if region is None or reference.care_system_file(_REGION) is None:
        return _("nothing to generate them from")
    if not queries.deliveries(region, limit=1):
        files = list(_archives(_box()))
        services.deliver(region=region, files=files, by=system_user(), name=queries.MADE_UP)
    if queries.has_only_made_up(region) and not figures.has_made_up_counts(region):
        figure_services.load_figures(
            region=region,
            name="generated-counts.csv",
            content=counts_of_cbs_csv(_box()).encode(),
            by=system_user(),
        )
    trajectories.refresh(region=region)
    continuity.refresh(region=region)
    explorer.start_fit(region=region, by=system_user())
    report(1, 1)
    number = queries.intake_counts(region).messages
    words = ngettext("%(number)d made-up message", "%(number)d made-up messages", number)
    return words % {"number": number}


@cache
def _box() -> Box:
    """Made only where something is loaded from it: a second start of the demo is quick."""
    file = reference.care_system_file(_REGION)
    assert file is not None, "whoever loads something asked"
    return box_of(read_care_system(file.content), OPTIONS)


def _archives(box: Box) -> Iterator[services.Source]:
    """An archive for each month, as a municipality would send it; never written to a file."""
    for month, messages in monthly_messages(box):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for message in messages:
                archive.writestr(message.name, message.content)
        yield services.Source.of_bytes(f"{queries.MADE_UP}-{month:%Y-%m}.zip", packed.getvalue())
