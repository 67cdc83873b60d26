"""The assessment framework of a pilot: the round of the instrument in which it is filled in."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.instruments.models import RoundParty

from .plans import Pilot


class Framework(models.Model):
    """A pilot as a party of a round; the newest of a pilot counts, earlier ones stay."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="frameworks")
    # Whoever may remove a round, removes what refers to it.
    party = models.OneToOneField(RoundParty, models.CASCADE, related_name="framework")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "pilot": "internal",
        "party": "internal",
        "by": "personal",
        "at": "internal",
    }

    class Meta:
        verbose_name = _("assessment framework of a pilot")
        verbose_name_plural = _("assessment frameworks of pilots")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.pilot}: {self.party}"
