"""What was derived from the care messages of a region, as known on a day."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.regions.models import Region, User


class Status(models.TextChoices):
    QUEUED = "queued", _("Waiting for its turn")
    RUNNING = "running", _("Being calculated")
    DONE = "done", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")


#: Those for which there is, or will be, somebody who works on it.
ACTIVE = (Status.QUEUED.value, Status.RUNNING.value)


class Snapshot(models.Model):
    """The figures of a region as known on the last day of a month.

    `state` is that of the messages from which it follows, `code_version` that of the product: when
    one of them is another the figures are made anew. `overview` is the published set, without
    small counts; `analysis` is for who may see care data; `months` are waits by municipality and
    month, for measurements of pilots. All are JSON of `science.trajectories`.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="snapshots")
    known = models.DateField(_("as known on"))
    state = models.CharField(max_length=40)
    code_version = models.CharField(max_length=40)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED)
    activity = models.CharField(max_length=20, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_up_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)
    error_code = models.CharField(max_length=20, blank=True)
    overview = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    months = models.TextField(blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "known": "public",
        "state": "internal",
        "code_version": "public",
        "status": "internal",
        "activity": "internal",
        "percent": "internal",
        "attempts": "internal",
        "created_by": "personal",
        "taken_up_at": "internal",
        "ended_at": "internal",
        "cancel_requested": "internal",
        "error_code": "internal",
        "overview": "public",
        "analysis": "internal",
        "months": "internal",
    }

    class Meta:
        verbose_name = _("figures from care messages")
        verbose_name_plural = _("figures from care messages")
        ordering = ["-known"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "known"], name="a_snapshot_once_per_region_and_day"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="snapshot_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100), name="snapshot_percent_is_at_most_hundred"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ACTIVE, ended_at__isnull=True)
                | (~Q(status__in=ACTIVE) & Q(ended_at__isnull=False)),
                name="snapshot_has_an_end_when_it_is_over",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=Status.DONE) & ~Q(overview="") & ~Q(analysis="") & ~Q(months="")
                )
                | (~Q(status=Status.DONE) & Q(overview="", analysis="", months="")),
                name="snapshot_has_figures_when_it_is_done",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.FAILED) & ~Q(error_code=""))
                | (~Q(status=Status.FAILED) & Q(error_code="")),
                name="snapshot_has_an_error_when_it_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}, {self.known:%Y-%m-%d}"
