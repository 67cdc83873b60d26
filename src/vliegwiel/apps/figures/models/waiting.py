"""Waiting times that providers publish themselves: statements, not statistics."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.vocabulary import (
    Clock,
    HelpKind,
    Nature,
    Observation,
    WaitKind,
)
from vliegwiel.apps.regions.models import Region

# Kinds that give both bounds, and kinds that give none: the database holds on to it.
_BOUNDED = ["weeks", "months", "range", "no_wait", "aim"]
_WORDS_ONLY = ["stop", "in_consultation", "described", "other_route", "unknown", "not_stated"]


class WaitingTimeDelivery(models.Model):
    """One file, taken whole. `warnings` keeps the findings that did not refuse it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="waiting_time_deliveries")
    name = models.CharField(_("file"), max_length=200)
    content_hash = models.CharField(max_length=64)
    generated_at = models.DateTimeField(_("made"))
    loaded_at = models.DateTimeField(_("loaded"), auto_now_add=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    warnings = models.JSONField(default=list)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "name": "internal",
        "content_hash": "internal",
        "generated_at": "public",
        "loaded_at": "public",
        "loaded_by": "personal",
        "warnings": "internal",
    }

    class Meta:
        verbose_name = _("delivery of waiting times")
        verbose_name_plural = _("deliveries of waiting times")
        ordering = ["-generated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "content_hash"], name="a_waiting_time_file_once_per_region"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}, {self.generated_at:%Y-%m-%d %H:%M}"


class WaitingTimeStatement(models.Model):
    """What one provider says about one offer in one delivery.

    `offer_key` tells offers apart: the source gives them no number. Rows for adults are kept, and
    marked by `is_for_youth`, so that the file can be accounted for whole.
    """

    delivery = models.ForeignKey(WaitingTimeDelivery, models.CASCADE, related_name="statements")
    position = models.PositiveIntegerField(_("row"))
    offer_key = models.CharField(max_length=64)
    provider = models.CharField(_("provider"), max_length=300)
    offer = models.CharField(_("offer"), max_length=300, blank=True)
    kinds = ArrayField(models.CharField(max_length=20), default=list)
    place = models.CharField(_("place of the offer"), max_length=300)
    place_text = models.CharField(_("place as written"), max_length=300)
    municipalities = ArrayField(models.CharField(max_length=4), default=list)
    whole_region = models.BooleanField(_("whole region"))
    target_groups = ArrayField(models.CharField(max_length=10), default=list)
    is_for_youth = models.BooleanField(_("for youths"))
    is_crisis = models.BooleanField(_("crisis help"))
    expertise = ArrayField(models.TextField(), default=list)
    funding = models.CharField(_("funding"), max_length=300)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature.choices)
    explanation = models.TextField(_("explanation"), blank=True)
    page = models.URLField(_("page"), max_length=2000)
    stated_on = models.DateField(_("stated on"))
    month_only = models.BooleanField(_("month only"))
    observation = models.CharField(_("observation"), max_length=10, choices=Observation.choices)
    checked_at = models.DateTimeField(_("page visited"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "delivery": "public",
        "position": "internal",
        "offer_key": "internal",
        "provider": "public",
        "offer": "public",
        "kinds": "public",
        "place": "public",
        "place_text": "public",
        "municipalities": "public",
        "whole_region": "public",
        "target_groups": "public",
        "is_for_youth": "public",
        "is_crisis": "public",
        "expertise": "public",
        "funding": "public",
        "nature": "public",
        "explanation": "public",
        "page": "public",
        "stated_on": "public",
        "month_only": "public",
        "observation": "public",
        "checked_at": "public",
    }

    class Meta:
        verbose_name = _("stated waiting time")
        verbose_name_plural = _("stated waiting times")
        ordering = ["provider", "offer", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "position"], name="a_row_once_per_delivery"
            ),
            models.UniqueConstraint(
                fields=["delivery", "offer_key"], name="an_offer_once_per_delivery"
            ),
            models.CheckConstraint(
                condition=Q(nature__in=Nature.values)
                & Q(observation__in=Observation.values)
                & Q(kinds__contained_by=HelpKind.values),
                name="statement_words_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.offer}" if self.offer else self.provider


class StatedWait(models.Model):
    """A statement's wait on one clock, in weeks. See published_waiting.values for the meaning."""

    statement = models.ForeignKey(WaitingTimeStatement, models.CASCADE, related_name="waits")
    clock = models.CharField(_("clock"), max_length=12, choices=Clock.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=WaitKind.choices)
    basis = models.CharField(max_length=12)
    low_weeks = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    high_weeks = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit as stated"), max_length=8, blank=True)
    approximate = models.BooleanField()
    remark = models.TextField(blank=True)
    raw_text = models.TextField(blank=True)
    raw_number = models.CharField(max_length=40, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "statement": "public",
        "clock": "public",
        "kind": "public",
        "basis": "public",
        "low_weeks": "public",
        "high_weeks": "public",
        "unit": "public",
        "approximate": "public",
        "remark": "public",
        "raw_text": "public",
        "raw_number": "public",
    }

    class Meta:
        verbose_name = _("stated wait")
        verbose_name_plural = _("stated waits")
        constraints = [
            models.UniqueConstraint(fields=["statement", "clock"], name="one_wait_per_clock"),
            models.CheckConstraint(
                condition=Q(clock__in=Clock.values) & Q(kind__in=WaitKind.values),
                name="stated_wait_words_are_known",
            ),
            models.CheckConstraint(
                condition=(Q(low_weeks__isnull=True) | Q(low_weeks__gte=0))
                & (Q(high_weeks__isnull=True) | Q(high_weeks__gte=0))
                & (
                    Q(low_weeks__isnull=True)
                    | Q(high_weeks__isnull=True)
                    | Q(high_weeks__gte=models.F("low_weeks"))
                ),
                name="stated_wait_bounds_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_BOUNDED, low_weeks__isnull=False, high_weeks__isnull=False)
                | Q(kind="longer_than", low_weeks__isnull=False, high_weeks__isnull=True)
                | Q(kind="shorter_than", low_weeks__isnull=True, high_weeks__isnull=False)
                | Q(kind__in=_WORDS_ONLY, low_weeks__isnull=True, high_weeks__isnull=True),
                name="stated_wait_bounds_fit_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_clock_display()}: {self.get_kind_display()}"
