"""Insights of a region, how they hang together, and what was decided about them."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.models import Source
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
    """One thing that the region has come to understand, numbered as published."""

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
    }

    class Meta:
        verbose_name = _("insight")
        verbose_name_plural = _("insights")
        ordering = ["region", "number"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="an_insight_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="insight_number_from_one"),
            models.CheckConstraint(
                condition=~Q(title_nl="") & ~Q(title_en=""), name="insight_titled_in_both_languages"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title_nl}"


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


class Observation(models.Model):
    """Something that was heard or read (signaal), in our own words.

    `cited_as` is what the document names as its source; `cited_source` that source where we know
    it. A figure that is cited has not been checked by us.
    """

    insight = models.ForeignKey(Insight, models.CASCADE, related_name="observations")
    position = models.PositiveSmallIntegerField()
    text_nl = models.TextField()
    text_en = models.TextField()
    cited_as = models.CharField(_("cited as"), max_length=200, blank=True)
    cited_source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", null=True, blank=True
    )

    field_classes: ClassVar[Mapping[str, str]] = {
        "insight": "public",
        "position": "internal",
        "text_nl": "public",
        "text_en": "public",
        "cited_as": "public",
        "cited_source": "public",
    }

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["insight", "position"], name="an_observation_place_once"
            ),
            models.CheckConstraint(
                condition=Q(cited_source__isnull=True) | ~Q(cited_as=""),
                name="cited_source_is_cited_as_something",
            ),
        ]

    def __str__(self) -> str:
        return self.text_nl[:60]


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
    """A relation (samenhang) as printed with `origin`: the other need not say it back."""

    origin = models.ForeignKey(Insight, models.CASCADE, related_name="relations")
    target = models.ForeignKey(Insight, models.CASCADE, related_name="related_from")

    field_classes: ClassVar[Mapping[str, str]] = {"origin": "public", "target": "public"}

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


class PriorityLevel(models.TextChoices):
    FOCUS = "focus", _("Focus now")
    LONG_TERM = "long_term", _("Long term")


class Priority(models.Model):
    """What was decided about an insight. A later decision replaces it; the old one stays."""

    insight = models.ForeignKey(Insight, models.PROTECT, related_name="priorities")
    level = models.CharField(_("priority"), max_length=10, choices=PriorityLevel.choices)
    basis_for_all_projects = models.BooleanField(_("basis for all projects"), default=False)
    reason_nl = models.TextField(_("reason in Dutch"))
    reason_en = models.TextField(_("reason in English"), blank=True)
    decided_by_nl = models.CharField(_("decided by, in Dutch"), max_length=200)
    decided_by_en = models.CharField(_("decided by, in English"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", null=True, blank=True)
    place = models.CharField(_("place in the source"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "insight": "public",
        "level": "public",
        "basis_for_all_projects": "public",
        "reason_nl": "public",
        "reason_en": "public",
        "decided_by_nl": "public",
        "decided_by_en": "public",
        "decided_on": "public",
        "source": "public",
        "place": "public",
        "recorded_at": "internal",
        "recorded_by": "personal",
        "replaced_at": "internal",
    }

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["insight"],
                condition=Q(replaced_at__isnull=True),
                name="one_priority_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(level__in=PriorityLevel.values), name="priority_level_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason_nl="") & ~Q(decided_by_nl=""),
                name="priority_has_a_reason_and_somebody",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("recorded_at")),
                name="priority_is_replaced_after_it_was_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insight}: {self.get_level_display()}"


class Consultation(models.Model):
    """A group to which the insights were put."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="consultations")
    key = models.SlugField(max_length=40)
    start = models.DateField(_("from"))
    end = models.DateField(_("until"))
    group_nl = models.CharField(max_length=200)
    group_en = models.CharField(max_length=200)
    result_nl = models.TextField(blank=True)
    result_en = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    place = models.CharField(_("place in the source"), max_length=200)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "key": "internal",
        "start": "public",
        "end": "public",
        "group_nl": "public",
        "group_en": "public",
        "result_nl": "public",
        "result_en": "public",
        "source": "public",
        "place": "public",
    }

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="a_consultation_once"),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="consultation_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_nl}, {self.start}"
