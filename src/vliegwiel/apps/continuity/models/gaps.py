"""Gaps in care to look into, what was done about them, and who saw the list."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.regions.models import Region
from vliegwiel.science.trajectories import GapKind


class WorkStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting for its turn")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Failed")


class ContinuityCheck(models.Model):
    """The last search for gaps in the messages of a region.

    `state` is that of the messages that were asked to be searched, `code_version` that of the
    product. `known` is the day of the work list; `counts` and `study`, without small counts, are of
    the last whole month. What was made from other messages than there are now is not shown.
    """

    region = models.OneToOneField(Region, models.CASCADE, related_name="continuity_check")
    state = models.CharField(max_length=40)
    code_version = models.CharField(max_length=40)
    status = models.CharField(max_length=8, choices=WorkStatus.choices, default=WorkStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    known = models.DateField(_("as known on"), null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    counts = models.TextField(blank=True)
    study = models.TextField(blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "state": "internal",
        "code_version": "public",
        "status": "internal",
        "attempts": "internal",
        "known": "public",
        "made_at": "internal",
        "counts": "public",
        "study": "public",
    }

    class Meta:
        verbose_name = _("search for gaps in care")
        verbose_name_plural = _("searches for gaps in care")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=WorkStatus.values), name="continuity_check_status_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(status="done") & Q(known__isnull=False, made_at__isnull=False))
                | (~Q(status="done") & Q(counts="", study="")),
                name="continuity_check_has_an_outcome_when_it_is_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}, {self.status}"


class GapStatus(models.TextChoices):
    OPEN = "open", _("Open")
    LOOKED_AT = "looked_at", _("Being looked into")
    EXPLAINED = "explained", _("Explained")
    CLOSED = "closed", _("Closed")


class Explanation(models.TextChoices):
    """Why a gap is none, or what was done: choices, so that nobody writes about a youth."""

    NONE = "", _("Not chosen")
    OTHER_LAW = "other_law", _("Help under another law goes on")
    FREE_HELP = "free_help", _("Free help or the neighbourhood team goes on")
    PERSONAL_BUDGET = "personal_budget", _("A personal budget goes on")
    NO_HELP_WANTED = "no_help_wanted", _("No help is needed or wanted any more")
    MESSAGE_MISSING = "message_missing", _("There is help; the message was not sent")
    MOVED = "moved", _("Moved out of the region")
    HELP_ARRANGED = "help_arranged", _("Help has been arranged now")
    OTHER = "other", _("Another reason")


class Gap(models.Model):
    """A gap in care. It names nobody, but it is about one youth.

    `reference` is what people say to each other; nobody can work the youth out from it. `mark`
    recognises the gap when it is found anew. `found` is false when the last search did not find it
    any more: what was done about it stays, until nothing is known of the youth.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="care_gaps")
    mark = models.CharField(max_length=64)
    reference = models.CharField(_("reference"), max_length=12)
    youth = models.UUIDField()
    kind = models.CharField(
        _("kind"), max_length=16, choices=[(kind.value, kind.value) for kind in GapKind]
    )
    municipality = models.CharField(_("municipality"), max_length=4)
    provider = models.CharField(_("provider"), max_length=8)
    form = models.CharField(_("form of care"), max_length=40)
    since = models.DateField(_("since"))
    arranged = models.BooleanField(default=False)
    found = models.BooleanField(default=True)
    first_found = models.DateField(_("first found"))
    status = models.CharField(
        _("status"), max_length=10, choices=GapStatus.choices, default=GapStatus.OPEN
    )

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "mark": "personal",
        "reference": "internal",
        "youth": "personal",
        "kind": "internal",
        "municipality": "internal",
        "provider": "internal",
        "form": "internal",
        "since": "internal",
        "arranged": "internal",
        "found": "internal",
        "first_found": "internal",
        "status": "internal",
    }

    class Meta:
        verbose_name = _("gap in care")
        verbose_name_plural = _("gaps in care")
        ordering = ["since", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["region", "mark"], name="a_care_gap_once_per_region"),
            models.UniqueConstraint(
                fields=["region", "reference"], name="a_care_gap_reference_once_per_region"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in GapKind]),
                name="care_gap_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=GapStatus.values), name="care_gap_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class GapStep(models.Model):
    """What somebody did about a gap; never overwritten."""

    gap = models.ForeignKey(Gap, models.CASCADE, related_name="steps")
    status = models.CharField(_("status"), max_length=10, choices=GapStatus.choices)
    explanation = models.CharField(
        _("explanation"), max_length=16, choices=Explanation.choices, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "gap": "internal",
        "status": "internal",
        "explanation": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("step about a gap")
        verbose_name_plural = _("steps about gaps")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=GapStatus.values) & Q(explanation__in=Explanation.values),
                name="care_gap_step_is_of_known_words",
            ),
            models.CheckConstraint(
                condition=~Q(status="explained") | ~Q(explanation=""),
                name="care_gap_is_explained_by_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gap}: {self.status}"


class WorkListRead(models.Model):
    """That somebody looked at the work list, or at one gap of it."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    rows = models.PositiveIntegerField()
    reference = models.CharField(max_length=12, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "by": "personal",
        "at": "internal",
        "rows": "internal",
        "reference": "internal",
    }

    class Meta:
        verbose_name = _("reading of the work list")
        verbose_name_plural = _("readings of the work list")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.region}, {self.at:%Y-%m-%d %H:%M}"
