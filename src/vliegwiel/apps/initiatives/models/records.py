"""Decisions and reviews that are added and never changed: the newest counts."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.initiatives.vocabulary import CycleStep, Sourcing

from .initiatives import Initiative


class SourcingDecision(models.Model):
    """Whether the region makes, acquires or partners for it, and why."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="sourcing_decisions")
    choice = models.CharField(_("choice"), max_length=8, choices=Sourcing.choices)
    reason = models.TextField(_("reason"))
    other_sectors = models.TextField(_("what other sectors offer"), blank=True)
    decided_by = models.CharField(_("decided by"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "public",
        "choice": "public",
        "reason": "internal",
        "other_sectors": "internal",
        "decided_by": "internal",
        "decided_on": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("choice to make, acquire or partner")
        verbose_name_plural = _("choices to make, acquire or partner")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=Sourcing.values), name="sourcing_choice_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(decided_by=""),
                name="sourcing_has_a_reason_and_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.choice}"


class TransferStep(models.Model):
    """What was written at one step of the worksheet that takes an innovation from elsewhere."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="transfer_steps")
    step = models.SlugField(max_length=60)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "public",
        "step": "public",
        "text": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("step of a transfer")
        verbose_name_plural = _("steps of transfers")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.step}"


class EthicsReview(models.Model):
    """What was found when the ethical questions were looked at, and when that happens again."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="ethics_reviews")
    held_on = models.DateField(_("held on"))
    questions = models.TextField(_("ethical questions"))
    outcome = models.TextField(_("what was agreed"))
    reviewers = models.CharField(_("who looked"), max_length=200)
    returns_on = models.DateField(_("again on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "public",
        "held_on": "internal",
        "questions": "internal",
        "outcome": "internal",
        "reviewers": "internal",
        "returns_on": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("ethics review")
        verbose_name_plural = _("ethics reviews")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(returns_on__gt=F("held_on")), name="ethics_review_returns_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}, {self.held_on}"


class CyclePlace(models.Model):
    """Where an initiative came in the development cycle, and what was done there."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="cycle_places")
    place = models.CharField(max_length=10, choices=CycleStep.choices)
    note = models.TextField(_("what was done"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "public",
        "place": "public",
        "note": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("place in the development cycle")
        verbose_name_plural = _("places in the development cycle")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(place__in=CycleStep.values), name="cycle_place_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.place}"
