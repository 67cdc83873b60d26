"""Indicators, their versions, and targets with the readings on the way there."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.regions.models import Region

from .vocabulary import LARGEST_PERCENT, LEAST_PERCENT, LONGEST_NAME, Direction, Kind, Level, Role


class Indicator(models.Model):
    """Something that is measured the same way everywhere. Without a region it ships."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="indicators", null=True, blank=True
    )
    key = models.SlugField(_("key"), max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "key": "public",
        "made_at": "internal",
    }

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "key"],
                nulls_distinct=False,
                name="an_indicator_once_per_region",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class IndicatorVersion(models.Model):
    """A definition of an indicator. Never changed: measurements refer to it; the newest counts."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    role = models.CharField(_("sort"), max_length=12, choices=Role.choices)
    name_nl = models.CharField(_("name in Dutch"), max_length=LONGEST_NAME)
    name_en = models.CharField(_("name in English"), max_length=LONGEST_NAME, blank=True)
    definition_nl = models.TextField(_("definition in Dutch"))
    definition_en = models.TextField(_("definition in English"), blank=True)
    kind = models.CharField(_("kind of number"), max_length=6, choices=Kind.choices)
    unit_nl = models.CharField(_("unit in Dutch"), max_length=60)
    unit_en = models.CharField(_("unit in English"), max_length=60, blank=True)
    better = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    level = models.CharField(_("measured of a"), max_length=12, choices=Level.choices)
    numerator_nl = models.TextField(_("what is counted, in Dutch"))
    numerator_en = models.TextField(_("what is counted, in English"), blank=True)
    denominator_nl = models.TextField(_("of how many, in Dutch"), blank=True)
    denominator_en = models.TextField(_("of how many, in English"), blank=True)
    lowest = models.FloatField(_("lowest possible"), null=True, blank=True)
    highest = models.FloatField(_("highest possible"), null=True, blank=True)
    breakdowns = ArrayField(models.SlugField(max_length=30), default=list, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", null=True, blank=True)
    place = models.CharField(_("place in the source"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            (
                *("indicator", "number", "role", "name_nl", "name_en", "definition_nl"),
                *("definition_en", "kind", "unit_nl", "unit_en", "better", "level"),
                *("numerator_nl", "numerator_en", "denominator_nl", "denominator_en"),
                *("lowest", "highest", "breakdowns", "source", "place"),
            ),
            "public",
        ),
        "by": "personal",
        "at": "public",
    }

    class Meta:
        verbose_name = _("version of an indicator")
        verbose_name_plural = _("versions of indicators")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "number"], name="a_version_of_an_indicator_once"
            ),
            models.CheckConstraint(
                condition=~Q(name_nl="") & ~Q(definition_nl="") & ~Q(unit_nl=""),
                name="indicator_is_defined",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values)
                & Q(better__in=Direction.values)
                & Q(level__in=Level.values)
                & Q(role__in=Role.values),
                name="indicator_choices_are_known",
            ),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True)
                | Q(highest__isnull=True)
                | Q(highest__gt=F("lowest")),
                name="indicator_bounds_are_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(kind="share") | Q(lowest=0, highest=1),
                name="a_share_lies_between_nothing_and_everything",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_nl} ({self.number})"


class Target(models.Model):
    """So many per cent better than a base, on a day. The newest of an indicator counts."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="targets")
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="targets")
    number = models.PositiveIntegerField()
    base = models.FloatField(_("base"))
    base_on = models.DateField(_("base of"))
    percent = models.FloatField(_("per cent better"))
    due_on = models.DateField(_("to be reached on"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            ("region", "version", "number", "base", "base_on", "percent", "due_on", "reason"),
            "internal",
        ),
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "version", "number"], name="a_target_number_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=LEAST_PERCENT, percent__lte=LARGEST_PERCENT),
                name="target_is_a_change",
            ),
            models.CheckConstraint(condition=~Q(base=0), name="target_has_a_base"),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("base_on")), name="target_is_due_after_its_base"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="target_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.version} {self.percent}"


class Reading(models.Model):
    """What an indicator was on a day in a region. A correction is a new row; the newest counts."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="readings")
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="readings")
    day = models.DateField(_("date"))
    value = models.FloatField(_("value"))
    found_in = models.CharField(_("found in"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("region", "version", "day", "value", "found_in"), "internal"),
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["region", "version", "day", "-id"], name="reading_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(found_in=""), name="reading_says_where_from"),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.day}: {self.value}"
