"""Evidence, decisions, frozen forecasts and adoptions. All of it is added and never changed."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.pilots.models import Delivery, PlannedOutcome
from vliegwiel.apps.regions.models import Region


class VerdictId(models.TextChoices):
    NOT_YET = "not_yet", _("not yet to be said")
    INDICATION = "indication", _("indication")
    HARD = "hard", _("hard evidence")
    HARD_ADVERSE = "hard_adverse", _("hard evidence of harm")
    NOT_RELEVANT = "not_relevant", _("probably not relevant")


class Kind(models.TextChoices):
    STOP = "stop", _("Stop")
    ADJUST = "adjust", _("Adjust")
    CONTINUE = "continue", _("Continue")
    SCALE = "scale", _("Scale up")


class Whose(models.TextChoices):
    MODEL = "model", _("The model")
    PROPOSERS = "proposers", _("Those who proposed it")


class Evidence(models.Model):
    """What an outcome of a pilot showed at a moment, with all that it rests on.

    `estimate` and its interval are on the scale of the effect; `any_low` to `any_high` holds at any
    look, on the scale that adds up.
    """

    outcome = models.ForeignKey(PlannedOutcome, models.PROTECT, related_name="evidence")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=12, choices=VerdictId.choices)
    design = models.CharField(max_length=12)
    scale = models.CharField(max_length=12)
    estimate = models.FloatField()
    error = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    any_low = models.FloatField(null=True)
    any_high = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(_("level of the design"))
    measurements = models.PositiveIntegerField()
    lacking = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    effect = models.JSONField()
    plan = models.CharField(_("hash of the plan"), max_length=64)
    code = models.CharField(_("hash of the method"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            (
                *("outcome", "delivery", "verdict", "design", "scale", "estimate", "error", "low"),
                *("high", "any_low", "any_high", "level", "measurements", "lacking", "effect"),
                *("plan", "code", "at"),
            ),
            "internal",
        ),
        "by": "personal",
    }

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=VerdictId.values), name="verdict_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="hard") | Q(level__gte=3, lacking__len=0),
                name="hard_evidence_lacks_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.verdict}"


class Decision(models.Model):
    """What was decided about an initiative: by whom, on what, and why."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=8, choices=Kind.choices)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, related_name="decisions", null=True, blank=True
    )
    reason = models.TextField(_("reason"))
    decided_by = models.CharField(_("decided by"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    exception_reason = models.TextField(_("why an exception"), blank=True)
    exception_by = models.CharField(_("who answers for it"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("initiative", "kind", "reason", "decided_by", "decided_on"), "public"),
        **dict.fromkeys(("evidence", "exception_reason", "exception_by", "at"), "internal"),
        "by": "personal",
    }

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values) & ~Q(reason="") & ~Q(decided_by=""),
                name="decision_says_what_why_and_who_decided",
            ),
            models.CheckConstraint(
                condition=~Q(kind="scale") | Q(evidence__isnull=False),
                name="scaling_rests_on_evidence",
            ),
            models.CheckConstraint(
                condition=Q(exception_reason="", exception_by="")
                | (Q(kind="scale") & ~Q(exception_reason="") & ~Q(exception_by="")),
                name="an_exception_has_a_reason_and_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.kind}"


class ForecastRecord(models.Model):
    """What was expected of an outcome before its pilot started, as a likely effect in a band.

    On the scale that adds up (a logarithm of a ratio); above 0 the number rises. `measure` is the
    series of the model that it was read from, and `run` says with which scenario.
    """

    outcome = models.ForeignKey(PlannedOutcome, models.PROTECT, related_name="forecasts")
    whose = models.CharField(_("whose"), max_length=9, choices=Whose.choices)
    likely = models.FloatField(_("likely"))
    low = models.FloatField(_("at least"))
    high = models.FloatField(_("at most"))
    sample = ArrayField(models.FloatField(), default=list, blank=True)
    run = models.PositiveBigIntegerField(_("forecast"), null=True, blank=True)
    measure = models.CharField(_("number of the model"), max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            ("outcome", "whose", "likely", "low", "high", "sample", "measure", "at"), "public"
        ),
        "run": "internal",
        "by": "personal",
    }

    class Meta:
        verbose_name = _("forecast on record")
        verbose_name_plural = _("forecasts on record")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "whose"], name="a_forecast_is_frozen_once"),
            models.CheckConstraint(
                condition=Q(whose__in=Whose.values)
                & Q(low__lte=F("likely"), high__gte=F("likely"), high__gt=F("low")),
                name="a_forecast_is_a_band",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.whose}"


class Adoption(models.Model):
    """That a region took an initiative over, and what it does otherwise."""

    origin = models.ForeignKey(Initiative, models.PROTECT, related_name="adoptions")
    adopted = models.OneToOneField(Initiative, models.PROTECT, related_name="adopted_from")
    region = models.ForeignKey(Region, models.PROTECT, related_name="adoptions")
    changes = models.TextField(_("what is done otherwise here"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("origin", "adopted", "region", "changes", "at"), "public"),
        "by": "personal",
    }

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "region"], name="adopted_once_per_region"),
            models.CheckConstraint(
                condition=~Q(origin=F("adopted")), name="adopted_from_another_initiative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.origin}"
