"""Reviews of cases without personal data, and what was learned from them."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions.models import Municipality, Region


class CaseReview(models.Model):
    """What professionals found when they looked into one wait together.

    No field can hold a person: choices from `reviewing.QUESTIONS`, a month, and a free text that is
    refused when something in it could lead to somebody.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="case_reviews")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    answers = models.JSONField()
    lesson = models.TextField(_("lesson"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "municipality": "internal",
        "month": "internal",
        "answers": "internal",
        "lesson": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("case review")
        verbose_name_plural = _("case reviews")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="case_review_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.month:%Y-%m}"


class ReviewObservation(models.Model):
    """An observation (signaal) that a review adds to an insight; its text is the lesson."""

    review = models.ForeignKey(CaseReview, models.CASCADE, related_name="observations")
    insight = models.ForeignKey(Insight, models.CASCADE, related_name="review_observations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "review": "internal",
        "insight": "public",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("observation from a review")
        verbose_name_plural = _("observations from reviews")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "insight"], name="a_review_observed_once_per_insight"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review} → {self.insight}"
