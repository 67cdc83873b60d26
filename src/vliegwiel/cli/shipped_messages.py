"""Care messages of a generated region, for the demo: delivered as a region delivers its own.

With them the worker makes waiting times, signals of gaps and a model of the region.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import date

from vliegwiel import reference
from vliegwiel.apps.continuity import services as continuity
from vliegwiel.apps.explorer import services as explorer
from vliegwiel.apps.intake import queries, services
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.trajectories import services as trajectories
from vliegwiel.science.caresystem import read_care_system
from vliegwiel.science.regionbox import Box, BoxOptions, box_of, monthly_messages

from .language import gettext as _
from .language import ngettext
from .steps import Report

_REGION = "ijsselland"
#: A fiftieth of the region: enough for figures of most forms of help, in a few seconds.
OPTIONS = BoxOptions(
    start=date(2024, 1, 1), months=30, scale=0.02, seed=3,
    declarations=False, answers=False, rejected=0,
)  # fmt: skip
#: The name of the delivery, which its page shows.
NAME = "gegenereerde-zorgberichten"


def deliver_messages(report: Report) -> str:
    """Delivers made-up messages once, to a region without any; the worker makes the figures."""
    region, file = regions.region_by_slug(_REGION), reference.care_system_file(_REGION)
    if region is None or file is None:
        return _("nothing to generate them from")
    if not queries.deliveries(region, limit=1):
        box = box_of(read_care_system(file.content), OPTIONS)
        services.deliver(region=region, files=list(_archives(box)), by=system_user(), name=NAME)
    trajectories.refresh(region=region)
    continuity.refresh(region=region)
    explorer.start_fit(region=region, by=system_user())
    report(1, 1)
    number = queries.intake_counts(region).messages
    words = ngettext("%(number)d made-up message", "%(number)d made-up messages", number)
    return words % {"number": number}


def _archives(box: Box) -> Iterator[services.Source]:
    """An archive for each month, as a municipality would send it; never written to a file."""
    for month, messages in monthly_messages(box):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for message in messages:
                archive.writestr(message.name, message.content)
        yield services.Source.of_bytes(f"{NAME}-{month:%Y-%m}.zip", packed.getvalue())
