"""What was heard, read or counted (signaal), and which insights rest on it."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.insights.vocabulary import ObservationKind, SourceRole
from vliegwiel.apps.regions.kept_words import indexes_of, parts_of, words_of
from vliegwiel.apps.regions.models import Region

from .insights import Insight


class Observation(models.Model):
    """Something that was heard or read, in our own words.

    `role` says who spoke, never by name. `cited_as` is what a document names as its source;
    `cited_source` that source where we know it. A figure that is cited has not been checked by us.
    `shipped_key` is the place in the shipped document (insight.position); `entry_key` comes with a
    form or a file, so that the same one sent twice is kept once. `version` counts the changes.
    Likeness compares `words`, the search looks in `found_words` and `found_parts`.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="observations")
    kind = models.CharField(_("kind"), max_length=10, choices=ObservationKind.choices)
    heard_on = models.DateField(_("heard or read on"), null=True, blank=True)
    role = models.CharField(_("who said it"), max_length=20, choices=SourceRole.choices, blank=True)
    text_nl = models.TextField(_("text in Dutch"))
    text_en = models.TextField(_("text in English"), blank=True)
    cited_as = models.CharField(_("cited as"), max_length=200, blank=True)
    cited_source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", null=True, blank=True
    )
    shipped_key = models.CharField(max_length=12, blank=True)
    entry_key = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    words = models.GeneratedField(
        expression=SearchVector("text_nl", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    found_words = words_of("text_nl", "text_en")
    found_parts = parts_of("text_nl", "text_en")

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "kind": "public",
        "heard_on": "internal",
        "role": "internal",
        "text_nl": "internal",
        "text_en": "internal",
        "cited_as": "public",
        "cited_source": "public",
        "shipped_key": "internal",
        "entry_key": "internal",
        "version": "internal",
        "entered_by": "personal",
        "entered_at": "internal",
        "words": "internal",
        "found_words": "internal",
        "found_parts": "internal",
    }

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["-entered_at", "-pk"]
        indexes = [
            models.Index(fields=["region", "-entered_at", "-id"], name="observations_newest_first"),
            GinIndex(fields=["words"], name="observation_words"),
            *indexes_of("observation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "shipped_key"],
                condition=~Q(shipped_key=""),
                name="a_shipped_observation_once",
            ),
            models.UniqueConstraint(
                fields=["region", "entry_key"],
                condition=~Q(entry_key=""),
                name="an_entered_observation_once",
            ),
            models.CheckConstraint(
                condition=Q(cited_source__isnull=True) | ~Q(cited_as=""),
                name="cited_source_is_cited_as_something",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ObservationKind.values), name="observation_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["", *SourceRole.values]), name="observation_role_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(text_nl=""),
                name="observation_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.text_nl[:60]


class EarlierObservation(models.Model):
    """What stood there before a change. A text in which a person could be found is not kept."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=ObservationKind.choices)
    heard_on = models.DateField(_("heard or read on"), null=True, blank=True)
    role = models.CharField(_("who said it"), max_length=20, choices=SourceRole.choices, blank=True)
    text = models.TextField(_("text"), blank=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(_("replaced"), auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "observation": "internal",
        "version": "internal",
        "kind": "internal",
        "heard_on": "internal",
        "role": "internal",
        "text": "internal",
        "replaced_by": "personal",
        "replaced_at": "internal",
    }

    class Meta:
        verbose_name = _("earlier text of an observation")
        verbose_name_plural = _("earlier texts of observations")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "version"], name="a_version_of_an_observation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id}, {self.version}"


class Support(models.Model):
    """An insight that rests on an observation, from when until when and by whom."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="supports")
    insight = models.ForeignKey(Insight, models.CASCADE, related_name="supports")
    position = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField(_("taken off"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "observation": "internal",
        "insight": "public",
        "position": "internal",
        "added_by": "personal",
        "added_at": "internal",
        "ended_by": "personal",
        "ended_at": "internal",
    }

    class Meta:
        verbose_name = _("support of an insight")
        verbose_name_plural = _("supports of insights")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "insight"],
                condition=Q(ended_at__isnull=True),
                name="an_observation_supports_an_insight_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="support_ends_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} → {self.insight}"
