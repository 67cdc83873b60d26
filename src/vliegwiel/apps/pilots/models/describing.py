"""Which parts of an initiative are written down already, for the ladder of interventions."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.initiatives.models import Initiative


class Description(models.Model):
    """What somebody said is written down. Never changed: the newest of an initiative counts."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="descriptions")
    parts = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "internal",
        "parts": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("parts that are written down")
        verbose_name_plural = _("parts that are written down")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.initiative}: {len(self.parts)}"
