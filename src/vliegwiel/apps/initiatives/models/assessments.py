"""The rounds in which an initiative is held against statements, preconditions or requirements."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.initiatives.vocabulary import Assessed
from vliegwiel.apps.instruments.models import RoundParty

from .initiatives import Initiative


class Assessment(models.Model):
    """An initiative as the party of a round; the newest of each kind counts, earlier ones stay."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="assessments")
    kind = models.CharField(_("what it is held against"), max_length=40, choices=Assessed)
    # Whoever may remove a round, removes what refers to it.
    party = models.OneToOneField(RoundParty, models.CASCADE, related_name="assessment")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "initiative": "internal",
        "kind": "internal",
        "party": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("assessment of an initiative")
        verbose_name_plural = _("assessments of initiatives")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.initiative}: {self.kind}"
