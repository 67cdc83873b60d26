"""The folder of a region in a box.

messages/2024-01-to-municipalities.zip    the messages of a month, as a delivery takes them
messages/2024-01-to-providers.zip         those that go the other way
offers.csv, figures.csv                   what providers offer; figures as CBS counts them
care-system.json                          the model that it was made of
truth.json                                what is true of it; it comes last, when all is there
"""

import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from vliegwiel.science.caresystem import write_document
from vliegwiel.science.regionbox import (
    Box,
    figures_csv,
    monthly_messages,
    offers_csv,
    truth_json,
)

MESSAGES = "messages"
_TO_MUNICIPALITIES, _TO_PROVIDERS = "to-municipalities", "to-providers"
#: Every file in an archive has the first moment that an archive can tell: equal bytes each time.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_BETWEEN_REPORTS = 200

Report = Callable[[int, int], None]


def write_box(box: Box, folder: Path, report: Report) -> int:
    """Writes a region into a folder and gives the number of its messages.

    ``report`` is told how many messages were written, and how far in the schedule that is. Raises
    OSError when a file cannot be written.
    """
    place = folder / MESSAGES
    place.mkdir(parents=True, exist_ok=True)
    written = 0
    for month, messages in monthly_messages(box):
        with ExitStack() as open_files:
            archives: dict[str, zipfile.ZipFile] = {}
            for message in messages:
                way = _TO_PROVIDERS if message.to_providers else _TO_MUNICIPALITIES
                if way not in archives:
                    archive = zipfile.ZipFile(place / f"{month:%Y-%m}-{way}.zip", "w")
                    archives[way] = open_files.enter_context(archive)
                entry = zipfile.ZipInfo(message.name, _MOMENT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archives[way].writestr(entry, message.content)
                written += 1
                if written % _BETWEEN_REPORTS == 0:
                    report(written, min(written, len(box.schedule.day)))
    report(written, len(box.schedule.day))
    (folder / "offers.csv").write_text(offers_csv(box), encoding="utf-8")
    (folder / "figures.csv").write_text(figures_csv(box), encoding="utf-8")
    (folder / "care-system.json").write_text(write_document(box.system), encoding="utf-8")
    (folder / "truth.json").write_text(truth_json(box), encoding="utf-8")
    return written
