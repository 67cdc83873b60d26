"""What was delivered: files, messages, findings; and the proof of what was removed."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.regions.models import Region
from vliegwiel.science.ijw import Severity

#: Long enough to look back over a course of help and the years in which it can be declared.
DEFAULT_MONTHS = 84
SHORTEST_MONTHS, LONGEST_MONTHS = 12, 240


class RegionIntake(models.Model):
    """What a region has settled about its care data, and the mark of the key they were made with.

    `key_check` tells whether a key is the right one; the key cannot be found from it.
    """

    region = models.OneToOneField(Region, models.PROTECT, related_name="intake")
    key_check = models.CharField(max_length=32, blank=True)
    months_kept = models.PositiveSmallIntegerField(_("months kept"), default=DEFAULT_MONTHS)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "key_check": "internal",
        "months_kept": "public",
    }

    class Meta:
        verbose_name = _("care data of a region")
        verbose_name_plural = _("care data of regions")
        constraints = [
            models.CheckConstraint(
                condition=Q(months_kept__gte=SHORTEST_MONTHS, months_kept__lte=LONGEST_MONTHS),
                name="care_data_months_kept_in_range",
            ),
        ]


class DeliveryStatus(models.TextChoices):
    TAKEN = "taken", _("Taken")
    REFUSED = "refused", _("Refused")


class Delivery(models.Model):
    """Files handed over together, taken whole; or refused, of which only the findings are kept.

    `digest` is a keyed hash of the files together. `known_until` is the last day on which one of
    the messages was written: what the delivery can know.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="care_deliveries")
    name = models.CharField(_("name"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("delivered"), auto_now_add=True)
    status = models.CharField(_("status"), max_length=8, choices=DeliveryStatus.choices)
    digest = models.CharField(max_length=64)
    known_until = models.DateField(_("known until"), null=True, blank=True)
    counts = models.JSONField(default=dict)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "name": "internal",
        "by": "personal",
        "at": "internal",
        "status": "internal",
        "digest": "internal",
        "known_until": "internal",
        "counts": "internal",
    }

    class Meta:
        verbose_name = _("delivery of care messages")
        verbose_name_plural = _("deliveries of care messages")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "digest", "status"], name="care_files_once_per_region"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DeliveryStatus.values), name="care_delivery_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}, {self.at:%Y-%m-%d %H:%M}"


class DeliveredFile(models.Model):
    """A file of a delivery; `digest` is a keyed hash of its bytes, which are not kept."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="files")
    name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField(_("bytes"))

    field_classes: ClassVar[Mapping[str, str]] = {
        "delivery": "internal",
        "name": "internal",
        "digest": "internal",
        "size": "internal",
    }

    class Meta:
        verbose_name = _("delivered file")
        verbose_name_plural = _("delivered files")
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=0), name="care_file_size_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name


class KeptMessage(models.Model):
    """A message of the standard, without what it says about persons.

    Its key is (code, sender, identification). Messages with the same key and other content are all
    kept for inspection; one of them counts, the others are `set_aside`.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="care_messages")
    code = models.CharField(_("kind"), max_length=5)
    release = models.CharField(max_length=8)
    municipality = models.CharField(_("municipality"), max_length=4)
    provider = models.CharField(_("provider"), max_length=8)
    sender = models.CharField(max_length=8)
    identification = models.CharField(max_length=36)
    dated = models.DateField(_("date"))
    file = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    set_aside = models.BooleanField(default=False)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "code": "internal",
        "release": "internal",
        "municipality": "internal",
        "provider": "internal",
        "sender": "internal",
        "identification": "internal",
        "dated": "internal",
        "file": "internal",
        "digest": "internal",
        "set_aside": "internal",
    }

    class Meta:
        verbose_name = _("care message")
        verbose_name_plural = _("care messages")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "identification", "sender", "code", "digest"],
                name="a_care_message_once_per_region",
            ),
            models.UniqueConstraint(
                fields=["region", "identification", "sender", "code"],
                condition=Q(set_aside=False),
                name="a_care_message_key_counts_once",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^JW3[0-9]{2}$")
                & Q(municipality__regex=r"^[0-9]{4}$")
                & Q(provider__regex=r"^[0-9]{8}$")
                & (Q(sender=models.F("municipality")) | Q(sender=models.F("provider"))),
                name="care_message_parties_are_codes",
            ),
            models.CheckConstraint(
                condition=Q(dated__gte="2015-01-01", dated__lt="2100-01-01"),
                name="care_message_dated_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.dated:%Y-%m-%d}"


class Carried(models.Model):
    """Which deliveries brought a message: it goes when the last of them is removed."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="carried")
    message = models.ForeignKey(KeptMessage, models.CASCADE, related_name="carried")

    field_classes: ClassVar[Mapping[str, str]] = {"delivery": "internal", "message": "internal"}

    class Meta:
        verbose_name = _("message of a delivery")
        verbose_name_plural = _("messages of deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "message"], name="a_message_once_per_delivery"
            ),
        ]


class FindingRow(models.Model):
    """What a check found: the rule, the place, and parameters that say nothing of a person."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=40)
    severity = models.CharField(
        max_length=1, choices=[(severity.value, severity.name) for severity in Severity]
    )
    file = models.CharField(max_length=200)
    path = models.CharField(max_length=400)
    params = models.JSONField(default=dict)

    field_classes: ClassVar[Mapping[str, str]] = {
        "delivery": "internal",
        "rule": "internal",
        "severity": "internal",
        "file": "internal",
        "path": "internal",
        "params": "internal",
    }

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=[severity.value for severity in Severity]),
                name="care_finding_severity_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.rule


class RemovalKind(models.TextChoices):
    DELIVERY = "delivery", _("A delivery")
    PERSON = "person", _("A person")
    RETENTION = "retention", _("The term was over")


class Removal(models.Model):
    """The proof that something was removed: when, by whom and how many rows of what. No more."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="care_removals")
    kind = models.CharField(_("what"), max_length=10, choices=RemovalKind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("removed"), auto_now_add=True)
    counts = models.JSONField(default=dict)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    before = models.DateField(_("before"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "kind": "internal",
        "by": "personal",
        "at": "internal",
        "counts": "internal",
        "delivered_at": "internal",
        "before": "internal",
    }

    class Meta:
        verbose_name = _("removal of care data")
        verbose_name_plural = _("removals of care data")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="delivery", delivered_at__isnull=False, before__isnull=True)
                | Q(kind="person", delivered_at__isnull=True, before__isnull=True)
                | Q(kind="retention", delivered_at__isnull=True, before__isnull=False),
                name="care_removal_says_what_it_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.get_kind_display()}, {self.at:%Y-%m-%d}"
