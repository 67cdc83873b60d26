"""Deliveries that are being read, as somebody looks on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vliegwiel.apps.intake.models import Handover, HandoverStatus
from vliegwiel.apps.intake.models.handovers import LOST, silent_since
from vliegwiel.apps.regions.models import Region

_SECONDS_TO_RECKON_WITH = 2.0


@dataclass(frozen=True, slots=True)
class HandoverInfo:
    """How far files are that the site reads in the background, or how that ended.

    `seconds_left` is None until there is something to reckon with. `delivery_id` is what came of
    it, taken or refused; `outcome` is empty when it was refused.
    """

    id: int
    name: str
    files: int
    status: HandoverStatus
    percent: int
    messages: int
    seconds_left: float | None
    stopping: bool
    error_code: str
    delivery_id: int | None
    outcome: Mapping[str, Any]

    @property
    def active(self) -> bool:
        return self.status == HandoverStatus.RUNNING


def handover(region: Region, pk: int) -> HandoverInfo | None:
    """The files that were handed over under this number, if it was in this region."""
    row = Handover.objects.filter(region=region, pk=pk).first()
    return _info(row) if row else None


def handover_under_way(region: Region) -> HandoverInfo | None:
    """The files of the region that are being read now, if there are any."""
    row = Handover.objects.filter(region=region, status=HandoverStatus.RUNNING).first()
    found = _info(row) if row else None
    return found if found and found.active else None


def _info(row: Handover) -> HandoverInfo:
    status, code = HandoverStatus(row.status), row.error_code
    if status == HandoverStatus.RUNNING and row.heartbeat_at < silent_since():
        status, code = HandoverStatus.FAILED, LOST
    return HandoverInfo(
        id=row.pk,
        name=row.name,
        files=row.files,
        status=status,
        # What is left after the last file was read is written in the same breath.
        percent=min(99, 100 * row.read // row.total) if row.total else 0,
        messages=row.messages,
        seconds_left=_left(row, row.heartbeat_at),
        stopping=row.cancel_requested,
        error_code=code,
        delivery_id=row.delivery_id,
        outcome=row.outcome,
    )


def _left(row: Handover, now: datetime) -> float | None:
    taken = (now - row.begun_at).total_seconds()
    if not row.read or taken < _SECONDS_TO_RECKON_WITH:
        return None
    return taken * (row.total - row.read) / row.read
