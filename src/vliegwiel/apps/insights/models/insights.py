"""Insights of a region and how they hang together."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.insights.vocabulary import numbered
from vliegwiel.apps.regions.models import Region


class InsightMap(models.Model):
    """The insights that a region published together: where they come from and how to read them."""

    region = models.OneToOneField(Region, models.PROTECT, related_name="insight_map")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("version"))
    method_nl = models.TextField(blank=True)
    method_en = models.TextField(blank=True)
    relations_note_nl = models.TextField(blank=True)
    relations_note_en = models.TextField(blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "source": "public",
        "version": "internal",
        "method_nl": "public",
        "method_en": "public",
        "relations_note_nl": "public",
        "relations_note_en": "public",
    }

    class Meta:
        verbose_name = _("insight map")
        verbose_name_plural = _("insight maps")

    def __str__(self) -> str:
        return f"{self.region}"


class Insight(models.Model):
    """One thing that the region has come to understand, numbered as published.

    `is_own` is true for one that people of the region made here; `entered_by` is who did. Only
    such a one changes here, and `version` counts how often; a document renews what it tells itself.
    It says in `stands_in` where it can be read, a source a line.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="insights")
    number = models.PositiveSmallIntegerField(_("number"))
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    summary_nl = models.TextField(_("summary in Dutch"))
    summary_en = models.TextField(_("summary in English"))
    chances_note_nl = models.TextField(blank=True)
    chances_note_en = models.TextField(blank=True)
    initiatives_note_nl = models.TextField(blank=True)
    initiatives_note_en = models.TextField(blank=True)
    stands_in = models.TextField(_("where it stands"), blank=True)
    is_own = models.BooleanField(_("made by the region itself"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    entry_key = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "number": "public",
        "title_nl": "public",
        "title_en": "public",
        "summary_nl": "public",
        "summary_en": "public",
        "chances_note_nl": "public",
        "chances_note_en": "public",
        "initiatives_note_nl": "public",
        "initiatives_note_en": "public",
        "stands_in": "internal",
        "is_own": "public",
        "entered_by": "personal",
        "entry_key": "internal",
        "version": "internal",
    }

    class Meta:
        verbose_name = _("insight")
        verbose_name_plural = _("insights")
        ordering = ["region", "number"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="an_insight_number_once"),
            models.UniqueConstraint(
                fields=["region", "entry_key"],
                condition=~Q(entry_key=""),
                name="an_entered_insight_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="insight_number_from_one"),
            models.CheckConstraint(
                condition=~Q(title_nl="") & ~Q(title_en=""), name="insight_titled_in_both_languages"
            ),
        ]

    def __str__(self) -> str:
        return numbered(self.number, self.title_nl)


class EarlierInsight(models.Model):
    """What an insight of the region's own said before a change, and who replaced it."""

    insight = models.ForeignKey(Insight, models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"))
    chances = models.TextField(_("chances"), blank=True)
    stands_in = models.TextField(_("where it stands"), blank=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(_("replaced"), auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "insight": "public",
        "version": "internal",
        "title": "internal",
        "summary": "internal",
        "chances": "internal",
        "stands_in": "internal",
        "replaced_by": "personal",
        "replaced_at": "internal",
    }

    class Meta:
        verbose_name = _("earlier text of an insight")
        verbose_name_plural = _("earlier texts of insights")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["insight", "version"], name="a_version_of_an_insight_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insight_id}, {self.version}"


class InsightSource(models.Model):
    """Where an insight stands: every insight can be traced."""

    insight = models.ForeignKey(Insight, models.CASCADE, related_name="sources")
    source = models.ForeignKey(Source, models.PROTECT, related_name="insights")
    place = models.CharField(_("place in the source"), max_length=200)

    field_classes: ClassVar[Mapping[str, str]] = {
        "insight": "public",
        "source": "public",
        "place": "public",
    }

    class Meta:
        verbose_name = _("source of an insight")
        verbose_name_plural = _("sources of insights")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["insight", "source", "place"], name="a_source_once_per_insight"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.place}"


class Chance(models.Model):
    """What could be done about an insight (kans)."""

    insight = models.ForeignKey(Insight, models.CASCADE, related_name="chances")
    position = models.PositiveSmallIntegerField()
    title_nl = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    summary_nl = models.TextField()
    summary_en = models.TextField()

    field_classes: ClassVar[Mapping[str, str]] = {
        "insight": "public",
        "position": "internal",
        "title_nl": "public",
        "title_en": "public",
        "summary_nl": "public",
        "summary_en": "public",
    }

    class Meta:
        verbose_name = _("chance")
        verbose_name_plural = _("chances")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["insight", "position"], name="a_chance_place_once"),
        ]

    def __str__(self) -> str:
        return self.title_nl


class InsightRelation(models.Model):
    """A relation (samenhang) that `origin` names: the other need not say it back.

    `entered_by` is empty for one that a document prints, else who drew it here.
    """

    origin = models.ForeignKey(Insight, models.CASCADE, related_name="relations")
    target = models.ForeignKey(Insight, models.CASCADE, related_name="related_from")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    field_classes: ClassVar[Mapping[str, str]] = {
        "origin": "public",
        "target": "public",
        "entered_by": "personal",
    }

    class Meta:
        verbose_name = _("relation between insights")
        verbose_name_plural = _("relations between insights")
        ordering = ["origin__number", "target__number"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "target"], name="a_relation_once"),
            models.CheckConstraint(
                condition=~Q(origin=F("target")), name="an_insight_is_not_related_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin.number} → {self.target.number}"
