"""Questionnaires with their versions, and the rounds in which they are answered."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.regions.models import Municipality, Region


class Questionnaire(models.Model):
    """An instrument: of a region, or of everybody when it ships (`region` is None)."""

    region = models.ForeignKey(
        Region, models.CASCADE, null=True, blank=True, related_name="questionnaires"
    )
    key = models.SlugField(max_length=60)
    made_at = models.DateTimeField(auto_now_add=True)
    shared_at = models.DateTimeField(_("shared"), null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "key": "public",
        "made_at": "internal",
        "shared_at": "internal",
        "shared_by": "personal",
    }

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "key"],
                name="a_questionnaire_once_per_region",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True, shared_by__isnull=True)
                | Q(shared_at__isnull=False, shared_by__isnull=False, region__isnull=False),
                name="who_shared_a_questionnaire_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class QuestionnaireVersion(models.Model):
    """The document of an instrument as it was; a change is a new version."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    document = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "questionnaire": "public",
        "number": "public",
        "document": "public",
        "made_by": "personal",
        "made_at": "internal",
    }

    class Meta:
        verbose_name = _("version of an instrument")
        verbose_name_plural = _("versions of an instrument")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="a_questionnaire_version_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(document=""), name="a_version_has_a_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.number}"


class Round(models.Model):
    """A time that an instrument is answered; closed, nothing in it changes any more."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="rounds")
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="rounds")
    title = models.CharField(_("title"), max_length=160)
    mark = models.CharField(max_length=10, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    again_on = models.DateField(_("look again on"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "version": "public",
        "title": "internal",
        "mark": "public",
        "opened_by": "personal",
        "opened_at": "internal",
        "closed_by": "personal",
        "closed_at": "internal",
        "again_on": "internal",
    }

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__gte=F("opened_at"), closed_by__isnull=False),
                name="who_closed_a_round_is_known",
            ),
            models.CheckConstraint(
                condition=Q(mark__in=["", "generated", "example"]), name="round_mark_is_known"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="a_round_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class RoundParty(models.Model):
    """For whom people answer: an organisation, a municipality, a pilot, a group.

    Who has the address with `invite` may answer for it, without an account.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+"
    )
    invite = models.CharField(max_length=43, unique=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "round": "internal",
        "position": "internal",
        "title": "internal",
        "municipality": "public",
        "invite": "internal",
    }

    class Meta:
        verbose_name = _("party of a round")
        verbose_name_plural = _("parties of a round")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "title"], name="a_party_once_per_round"),
            models.CheckConstraint(
                condition=~Q(title="") & Q(invite__regex=r"^[A-Za-z0-9_-]{43}$"),
                name="a_party_can_be_invited",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RoundAnswer(models.Model):
    """What one respondent answered; the newest replaces what was there. Who it was is not known.

    The address with which somebody comes back is kept as its hash alone.
    """

    party = models.ForeignKey(RoundParty, models.CASCADE, related_name="answers")
    return_hash = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(default=dict)
    done = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    field_classes: ClassVar[Mapping[str, str]] = {
        "party": "internal",
        "return_hash": "internal",
        "answers": "internal",
        "done": "internal",
        "saved_at": "internal",
    }

    class Meta:
        verbose_name = _("answers of a respondent")
        verbose_name_plural = _("answers of respondents")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(return_hash__regex=r"^[0-9a-f]{64}$"), name="a_secret_is_kept_as_hash"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} ({self.pk})"
