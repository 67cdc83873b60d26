"""Files that a site takes in: read in the background, in memory, while somebody can look on.

Files with care messages never come on a disk, so no other process can do the work: a thread of the
process that has them reads them, and another one, with a connection of its own, tells how far it
is. A process that ends takes the files with it, and the database takes the unfinished delivery
back; the row then stands still, which its readers see by its heartbeat.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, IntegrityError, connections, transaction
from django.utils import timezone

from vliegwiel.apps.intake.errors import (
    DeliveryCancelled,
    DeliveryRefused,
    IntakeError,
    KeyChanged,
    KeyUnusable,
    NothingToDeliver,
    RecordsDoNotFit,
    RegionBusy,
    where_it_failed,
)
from vliegwiel.apps.intake.models import Handover, HandoverStatus
from vliegwiel.apps.intake.models.handovers import LOST, silent_since
from vliegwiel.apps.intake.reading import Progress, Source, Watch
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.ijw import shown_name

from .delivering import Delivered, deliver

_log = logging.getLogger(__name__)

_SECONDS_BETWEEN_REPORTS = 0.4
#: How a handover ended long ago is no longer told.
_TOLD_FOR = timedelta(days=1)
#: What went wrong, as it is kept; pages have the words.
_CODES: Sequence[tuple[type[Exception], str]] = (
    (RegionBusy, "busy"),
    (KeyChanged, "key_changed"),
    (KeyUnusable, "key_unusable"),
    (RecordsDoNotFit, "does_not_fit"),
    (MemoryError, "memory"),
)
_UNEXPECTED = "unexpected"

After = Callable[[Region], object]


def _nothing(_region: Region) -> None:
    """For who has nothing to do once the delivery was kept."""


def hand_over(
    *, region: Region, files: Sequence[Source], by: User, after: After = _nothing
) -> Handover:
    """Begins to read files in the background; their bytes must stay readable until it is over.

    What is kept, and when nothing is, is as with `deliver`; `after` is called once it was kept.
    Raises NothingToDeliver, RegionBusy when files of the region are being read already, and
    NotAllowed without the right to deliver.
    """
    require(by, "care_data.deliver", region)
    if not files:
        raise NothingToDeliver
    _clear(region)
    total = sum(file.size for file in files)
    try:
        with transaction.atomic():
            row = Handover.objects.create(
                region=region, by=by, name=shown_name(files[0].name), files=len(files),
                total=total, heartbeat_at=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        raise RegionBusy from None
    work = _Work(row.pk, region, tuple(files), by, after)
    transaction.on_commit(work.begin)
    return row


@transaction.atomic
def stop_handover(*, handover_id: int, region: Region, by: User) -> None:
    """Asks to stop reading; nothing is then kept. Of one that is over nothing changes.

    Raises NotAllowed without the right to deliver.
    """
    require(by, "care_data.deliver", region)
    rows = Handover.objects.filter(pk=handover_id, region=region, status=HandoverStatus.RUNNING)
    rows.update(cancel_requested=True)


def _clear(region: Region) -> None:
    """Ends what a process left behind that is gone, and forgets what ended long ago."""
    rows = Handover.objects.filter(region=region)
    rows.filter(status=HandoverStatus.RUNNING, heartbeat_at__lt=silent_since()).update(
        status=HandoverStatus.FAILED, error_code=LOST, ended_at=timezone.now()
    )
    rows.filter(ended_at__lt=timezone.now() - _TOLD_FOR).delete()


@dataclass(slots=True)
class _Work:
    """A delivery on its way: one thread reads, another tells how far it is."""

    handover_id: int
    region: Region
    files: Sequence[Source]
    by: User
    after: After
    far: Progress | None = None
    ending: dict[str, Any] = field(default_factory=dict)
    stopped: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        # Daemons: a site that is told to stop must not wait for files that can be sent again.
        for name, work in (("care-reading", self._read), ("care-telling", self._tell)):
            threading.Thread(target=work, name=name, daemon=True).start()

    def _read(self) -> None:
        try:
            self.read_into()
        finally:
            self.files = ()
            connections.close_all()
            self.over.set()

    def read_into(self) -> None:
        """Delivers, and keeps how it ended until that is told."""
        self.ending = self._delivered()

    def _delivered(self) -> dict[str, Any]:
        watch = Watch(report=self._note, cancelled=self.stopped.is_set)
        try:
            done = deliver(region=self.region, files=self.files, by=self.by, watch=watch)
            if done.was_new:
                self.after(self.region)
        except DeliveryRefused as refused:
            return {"status": HandoverStatus.DONE, "delivery_id": refused.delivery_id}
        except DeliveryCancelled:
            return {"status": HandoverStatus.STOPPED}
        except Exception as error:
            return _failed(error, self.handover_id)
        return {
            "status": HandoverStatus.DONE,
            "delivery_id": done.delivery_id,
            "outcome": _outcome(done),
        }

    def _note(self, far: Progress) -> None:
        self.far = far

    def _tell(self) -> None:
        try:
            while not self.over.wait(_SECONDS_BETWEEN_REPORTS):
                self.tell()
            self.end()
        except DatabaseError:
            # Who looks on sees that it stands still; what was kept, was kept whole.
            _log.exception("how far delivery %s is could not be told", self.handover_id)
            self.stopped.set()
        finally:
            connections.close_all()

    def tell(self) -> None:
        """Writes down how far it is, and hears whether to stop."""
        row = Handover.objects.filter(pk=self.handover_id)
        far = self.far
        numbers = {} if far is None else {"read": far.read, "messages": far.messages}
        row.update(heartbeat_at=timezone.now(), **numbers)
        if row.filter(cancel_requested=True).exists():
            self.stopped.set()

    def end(self) -> None:
        """Writes down how it ended."""
        self.tell()
        ending = self.ending or {"status": HandoverStatus.FAILED, "error_code": _UNEXPECTED}
        rows = Handover.objects.filter(pk=self.handover_id)
        rows.update(ended_at=timezone.now(), **ending)


def _failed(error: Exception, handover_id: int) -> dict[str, Any]:
    code = next((code for kind, code in _CODES if isinstance(error, kind)), _UNEXPECTED)
    if not isinstance(error, IntakeError):
        _log.error("delivery %s could not be read: %s", handover_id, where_it_failed(error))
    return {"status": HandoverStatus.FAILED, "error_code": code}


def _outcome(done: Delivered) -> dict[str, Any]:
    return {"was_new": done.was_new, "new": done.new, "known": done.known}
