"""The checklist of the minimal level, and how each municipality stands."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.regions.models import Municipality, Region


class CheckItem(models.Model):
    """Something that must stand in every municipality. `version` is None for one of the region."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="continuity_items")
    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    title_nl = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    why_nl = models.TextField(_("why"))
    why_en = models.TextField(blank=True)
    evidence_nl = models.TextField(_("evidence"))
    evidence_en = models.TextField(blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "key": "internal",
        "version": "public",
        "position": "public",
        "title_nl": "public",
        "title_en": "public",
        "why_nl": "public",
        "why_en": "public",
        "evidence_nl": "public",
        "evidence_en": "public",
        "added_by": "personal",
        "added_at": "internal",
    }

    class Meta:
        verbose_name = _("item of the checklist")
        verbose_name_plural = _("items of the checklist")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="a_check_item_once_per_region"),
            models.CheckConstraint(
                condition=~Q(title_nl="") & ~Q(why_nl="") & ~Q(evidence_nl=""),
                name="check_item_says_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title_nl


class CheckState(models.TextChoices):
    NOT_BEGUN = "not_begun", _("Not begun")
    UNDER_WAY = "under_way", _("Under way")
    STANDS = "stands", _("Stands")
    NOT_NEEDED = "not_needed", _("Not needed here")


class CheckAnswer(models.Model):
    """How a municipality stands with an item. A later answer replaces it; the old one stays."""

    item = models.ForeignKey(CheckItem, models.CASCADE, related_name="answers")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=CheckState.choices)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    owner = models.CharField(_("owner"), max_length=80, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "item": "public",
        "municipality": "public",
        "state": "internal",
        "deadline": "internal",
        "owner": "internal",
        "evidence": "internal",
        "by": "personal",
        "at": "internal",
        "replaced_at": "internal",
    }

    class Meta:
        verbose_name = _("answer to the checklist")
        verbose_name_plural = _("answers to the checklist")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "municipality"],
                condition=Q(replaced_at__isnull=True),
                name="one_check_answer_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CheckState.values), name="check_answer_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["stands", "not_needed"]) | ~Q(evidence=""),
                name="what_stands_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(replaced_at__gte=F("at")),
                name="check_answer_is_replaced_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.municipality}: {self.state}"
