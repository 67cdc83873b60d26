"""The work on a pilot: milestones, iterations, risks and meetings of its core group."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.pilots.vocabulary import LONGEST_TITLE, Grade, RiskKind, RiskStatus

from .plans import Pilot


class Milestone(models.Model):
    """Something that should be there on a day."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="milestones")
    title = models.CharField(_("what"), max_length=LONGEST_TITLE)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("pilot", "title", "due_on", "done_on"), "internal"),
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "title"], name="a_milestone_once_per_pilot"),
        ]

    def __str__(self) -> str:
        return self.title


class Iteration(models.Model):
    """A round of trying: what was done, what was learned, what comes next. Never changed."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="iterations")
    number = models.PositiveIntegerField()
    began_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"))
    tried = models.TextField(_("what was tried"))
    learned = models.TextField(_("what was learned"))
    then = models.TextField(_("what comes next"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            ("pilot", "number", "began_on", "ended_on", "tried", "learned", "then"), "internal"
        ),
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("iteration")
        verbose_name_plural = _("iterations")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="an_iteration_number_once"),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("began_on")) & ~Q(tried="") & ~Q(learned=""),
                name="iteration_says_what_was_learned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot}: {self.number}"


class RiskVersion(models.Model):
    """How a risk stands. A change is a new version; the newest of each risk counts."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="risks")
    risk = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(_("about"), max_length=10, choices=RiskKind.choices)
    title = models.CharField(_("what can happen"), max_length=LONGEST_TITLE)
    chance = models.CharField(_("chance"), max_length=6, choices=Grade.choices)
    impact = models.CharField(_("how bad"), max_length=6, choices=Grade.choices)
    early_sign = models.TextField(_("early sign"), blank=True)
    owner = models.CharField(_("who looks after it"), max_length=120)
    measure = models.TextField(_("measure"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=RiskStatus.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            (
                *("pilot", "risk", "number", "kind", "title", "chance", "impact", "early_sign"),
                *("owner", "measure", "status"),
            ),
            "internal",
        ),
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["risk", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "risk", "number"], name="a_version_of_a_risk_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RiskKind.values)
                & Q(chance__in=Grade.values)
                & Q(impact__in=Grade.values)
                & Q(status__in=RiskStatus.values),
                name="risk_choices_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(owner=""), name="risk_has_somebody_who_looks_after_it"
            ),
            models.CheckConstraint(
                condition=~Q(status="controlled") | ~Q(measure=""),
                name="a_controlled_risk_has_a_measure",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """A meeting of the core group with its minutes. Never changed."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("held on"))
    present = models.TextField(_("organisations present"))
    minutes = models.TextField(_("minutes"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("pilot", "held_on", "present", "minutes"), "internal"),
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("meeting of a core group")
        verbose_name_plural = _("meetings of core groups")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "held_on"], name="a_meeting_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.pilot}, {self.held_on}"


class MeetingDecision(models.Model):
    """What the core group decided together at a meeting. Never changed."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("decision"))
    owner = models.CharField(_("who does it"), max_length=120)
    due_on = models.DateField(_("before"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("meeting", "position", "text", "owner", "due_on"), "internal"
    )

    class Meta:
        verbose_name = _("decision of a core group")
        verbose_name_plural = _("decisions of core groups")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="a_place_of_a_decision_once"
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(owner=""), name="decision_says_what_and_who"
            ),
        ]

    def __str__(self) -> str:
        return self.text
