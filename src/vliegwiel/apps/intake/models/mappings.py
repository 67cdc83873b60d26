"""What the columns of a region's tables mean, every version of it."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.regions.models import Region


class TableMappingVersion(models.Model):
    """A mapping as somebody settled it; a change is the next version, the old one stays.

    `document` is a `TableMapping` of `science.casetables` as JSON: headings, and codes by the codes
    of the system. It holds no value of a person.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="table_mappings")
    name = models.CharField(_("name"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    document = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "name": "internal",
        "version": "internal",
        "document": "internal",
        "made_at": "internal",
        "made_by": "personal",
    }

    class Meta:
        verbose_name = _("meaning of columns")
        verbose_name_plural = _("meanings of columns")
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name", "version"], name="a_table_mapping_version_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="table_mappings_from_one"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(document=""), name="table_mapping_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"
