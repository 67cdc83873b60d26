"""A delivery that is being read while somebody looks on: how far it is, and how it ended."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.regions.models import Region

from .deliveries import Delivery

#: Why a handover failed of which the process is gone.
LOST = "lost"


def silent_since() -> datetime:
    """Before this moment a heartbeat is of a process that is no longer there."""
    return timezone.now() - timedelta(seconds=settings.WORKER_SILENCE_SECONDS)


class HandoverStatus(models.TextChoices):
    RUNNING = "running", _("Being read")
    DONE = "done", _("Read")
    STOPPED = "stopped", _("Stopped")
    FAILED = "failed", _("Not read")


class Handover(models.Model):
    """Files that were handed to the site, which reads them in the background.

    The files themselves stand in the memory of the process that reads them, and nowhere else: when
    it ends, `heartbeat_at` stands still and nothing was kept. `delivery` is what came of it, taken
    or refused; `outcome` the numbers that its page tells.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="care_handovers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    files = models.PositiveIntegerField()
    status = models.CharField(
        max_length=8, choices=HandoverStatus.choices, default=HandoverStatus.RUNNING
    )
    read = models.BigIntegerField(default=0)
    total = models.BigIntegerField()
    messages = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)
    heartbeat_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)
    error_code = models.CharField(max_length=20, blank=True)
    delivery = models.ForeignKey(
        Delivery, models.SET_NULL, null=True, blank=True, related_name="handovers"
    )
    outcome = models.JSONField(default=dict)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "by": "personal",
        "name": "internal",
        "files": "internal",
        "status": "internal",
        "read": "internal",
        "total": "internal",
        "messages": "internal",
        "begun_at": "internal",
        "heartbeat_at": "internal",
        "ended_at": "internal",
        "cancel_requested": "internal",
        "error_code": "internal",
        "delivery": "internal",
        "outcome": "internal",
    }

    class Meta:
        verbose_name = _("delivery that is being read")
        verbose_name_plural = _("deliveries that are being read")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(status=HandoverStatus.RUNNING),
                name="one_care_handover_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=HandoverStatus.values), name="care_handover_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(read__gte=0, read__lte=F("total")),
                name="care_handover_reads_what_there_is",
            ),
            models.CheckConstraint(
                condition=Q(status=HandoverStatus.RUNNING, ended_at__isnull=True)
                | (~Q(status=HandoverStatus.RUNNING) & Q(ended_at__isnull=False)),
                name="care_handover_has_an_end_when_over",
            ),
            models.CheckConstraint(
                condition=(Q(status=HandoverStatus.FAILED) & ~Q(error_code=""))
                | (~Q(status=HandoverStatus.FAILED) & Q(error_code="")),
                name="care_handover_has_an_error_when_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.name}"
