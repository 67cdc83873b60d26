"""The bibliography."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A document, table or site that figures and insights refer to, shared by all regions."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=30)
    address = models.URLField(_("address"), blank=True)
    note_nl = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "key": "public",
        "title": "public",
        "publisher": "public",
        "year": "public",
        "kind": "public",
        "address": "public",
        "note_nl": "public",
        "note_en": "public",
    }

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year__isnull=True) | models.Q(year__range=(1900, 2100)),
                name="source_year_is_plausible",
            ),
            models.CheckConstraint(
                condition=models.Q(note_nl="", note_en="")
                | (~models.Q(note_nl="") & ~models.Q(note_en="")),
                name="source_note_in_both_languages",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.year})" if self.year else self.title
