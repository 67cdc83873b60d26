"""What was measured: deliveries that were taken whole, and their rows."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.pilots.vocabulary import LONGEST_UNIT, Channel

from .plans import PilotGroup, PlannedOutcome


class Delivery(models.Model):
    """Measurements of one outcome that came in together. Never changed."""

    outcome = models.ForeignKey(PlannedOutcome, models.PROTECT, related_name="deliveries")
    channel = models.CharField(_("how"), max_length=9, choices=Channel.choices)
    name = models.CharField(_("name"), max_length=200, blank=True)
    fingerprint = models.CharField(_("hash of what came in"), max_length=64)
    added = models.PositiveIntegerField(_("rows added"))
    corrected = models.PositiveIntegerField(_("rows corrected"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            ("outcome", "channel", "name", "fingerprint", "added", "corrected"), "internal"
        ),
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("delivery of measurements")
        verbose_name_plural = _("deliveries of measurements")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="channel_of_a_delivery_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.added}"


class Measurement(models.Model):
    """One value of one unit. A correction adds a row; the old one stays and is no longer current.

    `moment` is the month of `day` for designs that follow units, else the start of the pilot: each
    unit counts once at a moment. `ended` says of a waiting time whether its end was seen.
    """

    # A trigger on the whole statement asks whether these are of one registered plan, which never
    # loses them: other triggers refuse that. Row by row it takes longer than all the rest.
    delivery = models.ForeignKey(
        Delivery,
        models.DO_NOTHING,
        related_name="measurements",
        db_constraint=False,
        db_index=False,
    )
    outcome = models.ForeignKey(
        PlannedOutcome,
        models.DO_NOTHING,
        related_name="measurements",
        db_constraint=False,
        db_index=False,
    )
    group = models.ForeignKey(
        PilotGroup,
        models.DO_NOTHING,
        related_name="measurements",
        db_constraint=False,
        db_index=False,
    )
    unit = models.CharField(_("unit"), max_length=LONGEST_UNIT)
    day = models.DateField(_("date"))
    moment = models.DateField()
    value = models.FloatField(_("value"))
    size = models.FloatField(_("of how many"), null=True, blank=True)
    baseline = models.FloatField(_("value before"), null=True, blank=True)
    ended = models.BooleanField(_("end was seen"), null=True, blank=True)
    current = models.BooleanField(default=True)

    # A unit may be a youth, by a number that means nothing outside the pilot.
    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("delivery", "outcome", "group", "moment", "current"), "internal"),
        **dict.fromkeys(("unit", "day", "value", "size", "baseline", "ended"), "personal"),
    }

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        indexes = [
            # Rows of a delivery stand together, so that this index costs nothing to keep.
            BrinIndex(fields=["delivery"], name="rows_of_a_delivery", autosummarize=True),
            models.Index(
                fields=["outcome"], condition=Q(current=False), name="replaced_values_of_an_outcome"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["outcome", "unit", "moment"],
                condition=Q(current=True),
                name="a_unit_counts_once_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(size__gt=0), name="measurement_size_is_above_0"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}, {self.day}"
