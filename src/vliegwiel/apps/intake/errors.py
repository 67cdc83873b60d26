"""Errors of this app. None of them holds a key, a number or any content of a message.

IntakeError
├── NothingToDeliver     no file was given
├── DeliveryRefused      a file cannot be read; nothing of the delivery was kept
├── DeliveryCancelled    somebody stopped it; nothing of the delivery was kept
├── RecordsDoNotFit      what was read breaks a law of the tables; nothing was kept
├── RegionBusy           another delivery or removal in this region is going on
├── MonthsOutOfRange     nobody may keep care data for so long, or so short
├── NoSuchMapping        the region has no mapping of tables with this name
├── NotABsn              what was typed is no citizen service number
├── KeyUnusable          the key of pseudonyms cannot be used as it is
└── KeyChanged           the key is not the one with which this region's data were made
"""

import traceback
from collections.abc import Sequence

from django.utils.translation import gettext as _

from vliegwiel.science.ijw import Finding


class IntakeError(Exception):
    """Something that a service of this app refuses. Its text is for the reader, in his language."""


class NothingToDeliver(IntakeError):
    def __init__(self) -> None:
        super().__init__(_("There is no file to read."))


class DeliveryRefused(IntakeError):
    """`findings` holds every finding about the files, also those that refuse nothing."""

    def __init__(self, delivery_id: int, findings: Sequence[Finding]) -> None:
        self.delivery_id = delivery_id
        self.findings = tuple(findings)
        super().__init__(_("The delivery was refused. Nothing of it was kept."))


class DeliveryCancelled(IntakeError):
    def __init__(self) -> None:
        super().__init__(_("The delivery was stopped. Nothing of it was kept."))


class RecordsDoNotFit(IntakeError):
    def __init__(self) -> None:
        super().__init__(
            _("What was read cannot be kept: it breaks a rule of the tables. Nothing was kept.")
        )


class RegionBusy(IntakeError):
    def __init__(self) -> None:
        super().__init__(
            _("Another delivery or removal in this region is going on. Try again in a moment.")
        )


class NoSuchMapping(IntakeError):
    def __init__(self, name: str) -> None:
        super().__init__(_("The region has settled no columns under the name “%s”.") % name)


class NotABsn(IntakeError):
    def __init__(self) -> None:
        super().__init__(_("This is not a citizen service number (BSN)."))


class MonthsOutOfRange(IntakeError):
    def __init__(self, least: int, most: int) -> None:
        super().__init__(
            _("Care data can be kept for %(least)s to %(most)s months.")
            % {"least": least, "most": most}
        )


class KeyUnusable(IntakeError):
    """`why` names the file or the variable, never the key."""


class KeyChanged(IntakeError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "The key of pseudonyms is not the one with which the data of this region were "
                "made. Put the old key back, or remove all deliveries of the region first."
            )
        )


def where_it_failed(error: BaseException) -> str:
    """The kind of an error and the places in the code that it came through, the last one last.

    Neither what the error says nor the values it came with: those may hold what a message held.
    """
    places = [
        f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    inside = [place.rpartition("/vliegwiel/")[2] for place in places if "/vliegwiel/" in place]
    return f"{type(error).__name__} at {' > '.join(inside) or 'an unknown place'}"
