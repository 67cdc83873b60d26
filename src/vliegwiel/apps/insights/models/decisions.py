"""What was decided about insights, and with whom they were talked over: who, when and why."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.insights.vocabulary import PriorityLevel
from vliegwiel.apps.regions.models import Region

from .insights import Insight


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
    """A group to which the insights were put. A correction replaces it; the old one stays."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="consultations")
    key = models.SlugField(max_length=40)
    start = models.DateField(_("from"))
    end = models.DateField(_("until"))
    group_nl = models.CharField(max_length=200)
    group_en = models.CharField(max_length=200)
    result_nl = models.TextField(blank=True)
    result_en = models.TextField(blank=True)
    reason = models.TextField(_("why they were asked"), blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", null=True, blank=True)
    place = models.CharField(_("place in the source"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True, null=True)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "key": "internal",
        "start": "public",
        "end": "public",
        "group_nl": "public",
        "group_en": "public",
        "result_nl": "public",
        "result_en": "public",
        "reason": "public",
        "source": "public",
        "place": "public",
        "recorded_by": "personal",
        "recorded_at": "internal",
        "replaced_at": "internal",
    }

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "key"],
                condition=Q(replaced_at__isnull=True),
                name="a_consultation_once",
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")), name="consultation_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_nl}, {self.start}"
