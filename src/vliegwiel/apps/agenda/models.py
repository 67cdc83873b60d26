"""The agenda of a region: its draft in parts, each with every revision, and published versions.

What was written stays: revisions and versions are only added to. The database refuses to change or
remove them (see the first migration).
"""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions.models import Region

from .vocabulary import Kind, Mark


class Agenda(models.Model):
    """The one living agenda of a region."""

    region = models.OneToOneField(Region, models.PROTECT, related_name="agenda")
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "begun_at": "internal",
        "begun_by": "personal",
    }

    class Meta:
        verbose_name = _("innovation agenda")
        verbose_name_plural = _("innovation agendas")

    def __str__(self) -> str:
        return f"{self.region}"


class AgendaPart(models.Model):
    """Something in the draft. What it says stands in its revisions; `revision` counts now."""

    agenda = models.ForeignKey(Agenda, models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.SlugField(max_length=60)
    position = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(_("revision"))
    is_removed = models.BooleanField(_("removed"), default=False)

    field_classes: ClassVar[Mapping[str, str]] = {
        "agenda": "public",
        "kind": "public",
        "key": "public",
        "position": "internal",
        "revision": "internal",
        "is_removed": "internal",
    }

    class Meta:
        verbose_name = _("part of an agenda")
        verbose_name_plural = _("parts of agendas")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agenda", "kind", "key"], name="a_part_of_an_agenda_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values) & ~Q(key=""), name="agenda_part_is_known"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="agenda_part_has_a_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class PartInsight(models.Model):
    """An insight that a part of the draft rests on; it cannot go while the part says so."""

    part = models.ForeignKey(AgendaPart, models.CASCADE, related_name="insight_links")
    insight = models.ForeignKey(Insight, models.PROTECT, related_name="agenda_links")

    field_classes: ClassVar[Mapping[str, str]] = {"part": "public", "insight": "public"}

    class Meta:
        verbose_name = _("insight behind a part of an agenda")
        verbose_name_plural = _("insights behind parts of agendas")
        constraints = [
            models.UniqueConstraint(fields=["part", "insight"], name="an_insight_once_per_part"),
        ]

    def __str__(self) -> str:
        return f"{self.part} – {self.insight}"


class PartInitiative(models.Model):
    """An initiative that belongs to an item of the draft."""

    part = models.ForeignKey(AgendaPart, models.CASCADE, related_name="initiative_links")
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="agenda_links")

    field_classes: ClassVar[Mapping[str, str]] = {"part": "public", "initiative": "public"}

    class Meta:
        verbose_name = _("initiative of a part of an agenda")
        verbose_name_plural = _("initiatives of parts of agendas")
        constraints = [
            models.UniqueConstraint(
                fields=["part", "initiative"], name="an_initiative_once_per_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} – {self.initiative}"


class PartRevision(models.Model):
    """What a part said from one moment on; only added to."""

    part = models.ForeignKey(AgendaPart, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    is_removal = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    field_classes: ClassVar[Mapping[str, str]] = {
        "part": "internal",
        "number": "internal",
        "body": "internal",
        "is_removal": "internal",
        "made_at": "internal",
        "made_by": "personal",
    }

    class Meta:
        verbose_name = _("revision of a part of an agenda")
        verbose_name_plural = _("revisions of parts of agendas")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["part", "number"], name="a_revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.part}, {self.number}"


class AgendaVersion(models.Model):
    """The agenda as published at one moment, whole: open to everybody, and never changed."""

    agenda = models.ForeignKey(Agenda, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    note_nl = models.CharField(_("what changed, in Dutch"), max_length=500, blank=True)
    note_en = models.CharField(_("what changed, in English"), max_length=500, blank=True)
    mark = models.CharField(max_length=10, choices=Mark.choices, blank=True)
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    field_classes: ClassVar[Mapping[str, str]] = {
        "agenda": "public",
        "number": "public",
        "document": "public",
        "digest": "public",
        "note_nl": "public",
        "note_en": "public",
        "mark": "public",
        "published_at": "public",
        "published_by": "personal",
    }

    class Meta:
        verbose_name = _("version of an agenda")
        verbose_name_plural = _("versions of agendas")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["agenda", "number"], name="an_agenda_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="agenda_version_from_one"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="agenda_version_has_a_digest"
            ),
            models.CheckConstraint(
                condition=Q(mark__in=Mark.values), name="agenda_version_mark_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agenda}, {self.number}"
