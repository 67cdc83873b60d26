"""An initiative, its stages, and the insights that it answers."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.initiatives.stages import Stage
from vliegwiel.apps.initiatives.vocabulary import (
    LONGEST_TITLE,
    CycleStep,
    DataMark,
    Kind,
    Weight,
)
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions.kept_words import indexes_of, parts_of, words_of
from vliegwiel.apps.regions.models import Region


def _keys() -> "ArrayField[list[str], list[str]]":
    """Keys of the shipped catalogue; that they exist is asked by the services."""
    return ArrayField(models.SlugField(max_length=60), default=list, blank=True)


class Initiative(models.Model):
    """Something new that somebody wants to try or tries: from idea to embedded or stopped.

    An initiative of a region has a region; one of the shipped catalogue has a key instead and
    stands as its source prints it, in both languages. `stage` repeats the last step, `cycle` the
    last place in the development cycle and `ethics_due_on` the last review, so that lists need no
    other table. `version` grows with every change of these facts. Likeness compares `search`, the
    search looks in `found_words` and `found_parts`.
    """

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="initiatives", null=True, blank=True
    )
    catalogue_key = models.SlugField(_("key in the catalogue"), max_length=60, blank=True)
    palette_key = models.SlugField(_("started from"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PROJECT)
    title_nl = models.CharField(_("title in Dutch"), max_length=LONGEST_TITLE)
    title_en = models.CharField(_("title in English"), max_length=LONGEST_TITLE, blank=True)
    summary_nl = models.TextField(_("summary in Dutch"))
    summary_en = models.TextField(_("summary in English"), blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, blank=True)
    stage_since = models.DateTimeField(_("in this stage since"), auto_now_add=True)
    themes = _keys()
    questions = _keys()
    actors = _keys()
    cooperation = _keys()
    trends = _keys()
    factors = _keys()
    programmes = _keys()
    programmes_note = models.TextField(_("overlap with programmes"), blank=True)
    financing = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    weight = models.CharField(_("care"), max_length=6, choices=Weight.choices, blank=True)
    cycle = models.CharField(
        _("place in the development cycle"), max_length=10, choices=CycleStep.choices, blank=True
    )
    ethics_due_on = models.DateField(_("ethics review due"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", null=True, blank=True)
    place = models.CharField(_("place in the source"), max_length=200, blank=True)
    mark = models.CharField(max_length=10, choices=DataMark.choices, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    search = models.GeneratedField(
        expression=SearchVector("title_nl", weight="A", config="dutch")
        + SearchVector("summary_nl", weight="B", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    found_words = words_of("title_nl", "title_en", "summary_nl", "summary_en")
    found_parts = parts_of("title_nl", "title_en", "summary_nl", "summary_en")

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            (
                *("region", "catalogue_key", "palette_key", "kind", "title_nl", "title_en"),
                *("summary_nl", "summary_en", "stage", "stage_since", "themes", "questions"),
                *("actors", "cooperation", "trends", "factors", "programmes", "programmes_note"),
                *("financing", "weight", "cycle", "published_at", "source", "place", "mark"),
            ),
            "public",
        ),
        "ethics_due_on": "internal",
        "version": "internal",
        "made_at": "internal",
        "made_by": "personal",
        "changed_at": "internal",
        "search": "internal",
        "found_words": "internal",
        "found_parts": "internal",
    }

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(
                fields=["region", "stage", "-stage_since", "-id"], name="initiative_board"
            ),
            models.Index(fields=["-changed_at", "-id"], name="initiative_newest"),
            # Who may see how many is counted without reading the rows themselves.
            models.Index(fields=["region", "published_at"], name="initiative_seen_by"),
            models.Index(
                fields=["region", "ethics_due_on"],
                condition=Q(ethics_due_on__isnull=False),
                name="initiative_ethics_due",
            ),
            GinIndex(fields=["search"], name="initiative_search"),
            *indexes_of("initiative"),
            GinIndex(fields=["themes"], name="initiative_themes"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=False, catalogue_key="")
                | (Q(region__isnull=True) & ~Q(catalogue_key="")),
                name="initiative_is_of_a_region_or_of_the_catalogue",
            ),
            models.UniqueConstraint(
                fields=["catalogue_key"],
                condition=~Q(catalogue_key=""),
                name="an_initiative_of_the_catalogue_once",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values) | (Q(stage="") & ~Q(catalogue_key="")),
                name="initiative_stage_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(title_nl="") & ~Q(summary_nl=""), name="initiative_is_titled"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values)
                & Q(weight__in=["", *Weight.values])
                & Q(cycle__in=["", *CycleStep.values])
                & Q(mark__in=DataMark.values),
                name="initiative_choices_are_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title_nl


class FactsVersion(models.Model):
    """What the facts of an initiative were at each version; nothing is overwritten unseen."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="facts_versions")
    number = models.PositiveIntegerField()
    facts = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "public",
        "number": "internal",
        "facts": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("version of an initiative")
        verbose_name_plural = _("versions of initiatives")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "number"], name="a_version_of_an_initiative_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} ({self.number})"


class StageStep(models.Model):
    """A step from one stage to another: who, when, why and on what it rests. Never changed."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="steps")
    origin = models.CharField(max_length=10, choices=Stage.choices, blank=True)
    target = models.CharField(max_length=10, choices=Stage.choices)
    reason = models.TextField(_("reason"))
    evidence = models.TextField(_("rests on"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "public",
        "origin": "public",
        "target": "public",
        "reason": "public",
        "evidence": "public",
        "by": "personal",
        "at": "public",
    }

    class Meta:
        verbose_name = _("step of an initiative")
        verbose_name_plural = _("steps of initiatives")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="stage_step_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(origin=models.F("target")), name="stage_step_goes_somewhere"
            ),
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(origin=""), name="an_initiative_begins_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.target}"


class InsightLink(models.Model):
    """That an initiative answers an insight."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="insight_links")
    insight = models.ForeignKey(Insight, models.CASCADE, related_name="initiative_links")

    field_classes: ClassVar[Mapping[str, str]] = {"initiative": "public", "insight": "public"}

    class Meta:
        verbose_name = _("insight of an initiative")
        verbose_name_plural = _("insights of initiatives")
        ordering = ["insight__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "insight"], name="an_insight_once_per_initiative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} → {self.insight}"
