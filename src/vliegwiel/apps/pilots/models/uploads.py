"""Measurements that are too many to wait for: kept until the worker has taken them."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.pilots.vocabulary import Channel, UploadStatus

from .measuring import Delivery
from .plans import PlannedOutcome


class Upload(models.Model):
    """A table on its way. `content` is there until it is over; `faults` say why it was refused.

    Of one that was taken, `delivery` is what came of it; None when nothing in it was new. `state`
    marks the care messages that were there when it was asked to read care data.
    """

    outcome = models.ForeignKey(PlannedOutcome, models.PROTECT, related_name="uploads")
    channel = models.CharField(max_length=9, choices=Channel.choices)
    name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=40, blank=True)
    correct = models.BooleanField(default=False)
    content = models.BinaryField(null=True)
    status = models.CharField(
        max_length=10, choices=UploadStatus.choices, default=UploadStatus.WAITING
    )
    faults = models.JSONField(default=list)
    unchanged = models.PositiveIntegerField(default=0)
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, null=True, blank=True, related_name="uploads"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(auto_now_add=True)
    taken_up_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            (
                *("outcome", "channel", "name", "state", "correct", "status", "unchanged"),
                *("delivery", "begun_at", "taken_up_at", "ended_at"),
            ),
            "internal",
        ),
        # Rows of youths, and faults that repeat a value of such a row.
        **dict.fromkeys(("content", "faults", "by"), "personal"),
    }

    class Meta:
        verbose_name = _("measurements on their way")
        verbose_name_plural = _("measurements on their way")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=UploadStatus.values), name="upload_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(content__isnull=False, ended_at__isnull=True)
                | Q(content__isnull=True, ended_at__isnull=False),
                name="an_upload_keeps_nothing_when_over",
            ),
            models.UniqueConstraint(
                fields=["outcome"],
                condition=Q(ended_at__isnull=True),
                name="one_upload_of_an_outcome_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.name}"
