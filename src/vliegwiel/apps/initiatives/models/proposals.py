"""What an initiative proposes, and what it expects to change in the care system."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.initiatives.vocabulary import (
    LARGEST_BUDGET,
    LONGEST_NAME,
    LONGEST_RAMP,
    CareGroup,
    NewNumber,
)

from .initiatives import Initiative

_TEXTS = (
    *("asked_by", "question", "hypothesis", "literature", "design", "outcome_criteria"),
    *("scientists", "developers", "parties", "sharing", "newsletter", "rollout", "budget_note"),
)


class ProposalVersion(models.Model):
    """A proposal as it was typed; the newest counts and the older ones stay."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="proposals")
    number = models.PositiveIntegerField()
    asked_by = models.TextField(_("who in society asks this"), blank=True)
    question = models.TextField(_("question"), blank=True)
    hypothesis = models.TextField(_("what is expected, in words"), blank=True)
    literature = models.TextField(_("literature"), blank=True)
    design = models.TextField(_("design of the research"), blank=True)
    outcome_criteria = models.TextField(_("outcome criteria"), blank=True)
    scientists = models.TextField(_("scientists"), blank=True)
    developers = models.TextField(_("care parties that develop"), blank=True)
    parties = models.TextField(_("parties that take part"), blank=True)
    sharing = models.TextField(_("sharing of results"), blank=True)
    newsletter = models.TextField(_("news meanwhile"), blank=True)
    rollout = models.TextField(_("when it goes further"), blank=True)
    budget = models.PositiveIntegerField(_("budget in euros"), null=True, blank=True)
    budget_note = models.TextField(_("what the budget is for"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "public",
        "number": "internal",
        **dict.fromkeys(_TEXTS, "internal"),
        "budget": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "number"], name="a_version_of_a_proposal_once"
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__lte=LARGEST_BUDGET),
                name="proposal_budget_is_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} ({self.number})"


class Hypothesis(models.Model):
    """What is expected to change, where and from when, in a form that the model can use."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="hypotheses")
    number = models.PositiveIntegerField()
    for_whom = models.TextField(_("for whom"))
    judgement = models.CharField(_("whose judgement"), max_length=200)
    starts_on = models.DateField(_("from the month"))
    ramp_months = models.PositiveSmallIntegerField(_("months until it works fully"))
    municipalities = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    new_care_name = models.CharField(
        _("care that is not there yet"), max_length=LONGEST_NAME, blank=True
    )
    new_care_group = models.CharField(max_length=20, choices=CareGroup, blank=True)
    new_care_goes_on_to = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "public",
        "number": "internal",
        "for_whom": "internal",
        "judgement": "internal",
        "starts_on": "internal",
        "ramp_months": "internal",
        "municipalities": "internal",
        "new_care_name": "internal",
        "new_care_group": "internal",
        "new_care_goes_on_to": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("hypothesis")
        verbose_name_plural = _("hypotheses")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "number"], name="a_version_of_a_hypothesis_once"
            ),
            models.CheckConstraint(
                condition=~Q(for_whom="") & ~Q(judgement=""),
                name="hypothesis_says_for_whom_and_whose",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__day=1), name="hypothesis_starts_with_a_month"
            ),
            models.CheckConstraint(
                condition=Q(ramp_months__lte=LONGEST_RAMP), name="hypothesis_ramp_is_plausible"
            ),
            models.CheckConstraint(
                condition=Q(new_care_name="", new_care_group="", new_care_goes_on_to="")
                | (~Q(new_care_name="") & ~Q(new_care_group="")),
                name="hypothesis_new_care_has_name_and_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} ({self.number})"


class HypothesisChange(models.Model):
    """One parameter of the care system that changes: its address there, and how much.

    `low`, `likely` and `high` stand in the unit of the document of a scenario.
    """

    hypothesis = models.ForeignKey(Hypothesis, models.CASCADE, related_name="changes")
    position = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=200)
    operation = models.CharField(max_length=10)
    to = models.CharField(max_length=60, blank=True)
    low = models.FloatField()
    likely = models.FloatField()
    high = models.FloatField()

    field_classes: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("hypothesis", "position", "target", "operation", "to", "low", "likely", "high"), "internal"
    )

    class Meta:
        verbose_name = _("change of a hypothesis")
        verbose_name_plural = _("changes of hypotheses")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["hypothesis", "position"], name="a_change_place_once_per_hypothesis"
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("likely"), high__gte=F("likely")),
                name="hypothesis_change_range_holds_its_number",
            ),
        ]

    def __str__(self) -> str:
        return self.target


class NewCareNumber(models.Model):
    """A number of the care that a hypothesis describes and that is not there yet."""

    hypothesis = models.ForeignKey(Hypothesis, models.CASCADE, related_name="new_care_numbers")
    kind = models.CharField(max_length=20, choices=NewNumber)
    low = models.FloatField()
    likely = models.FloatField()
    high = models.FloatField()

    field_classes: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("hypothesis", "kind", "low", "likely", "high"), "internal"
    )

    class Meta:
        verbose_name = _("number of care that is not there yet")
        verbose_name_plural = _("numbers of care that is not there yet")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hypothesis", "kind"], name="a_number_of_new_care_once_per_hypothesis"
            ),
            models.CheckConstraint(
                condition=Q(low__gte=0, low__lte=F("likely"), high__gte=F("likely")),
                name="new_care_range_holds_its_number",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class ForecastAsked(models.Model):
    """That a forecast was asked of a hypothesis; scenario and run are kept higher in the loop."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="forecasts")
    hypothesis = models.ForeignKey(Hypothesis, models.PROTECT, related_name="forecasts")
    scenario = models.PositiveBigIntegerField(_("scenario"))
    run = models.PositiveBigIntegerField(_("forecast"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "public",
        "hypothesis": "internal",
        "scenario": "internal",
        "run": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("forecast of a hypothesis")
        verbose_name_plural = _("forecasts of hypotheses")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "hypothesis", "run"], name="a_forecast_once_per_hypothesis"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hypothesis}: {self.run}"
