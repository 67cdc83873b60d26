"""Providers by code and name, what they offer, and how long the wait is. Nothing is overwritten."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.regions.models import Region

from .vocabulary import (
    LONGEST_TEXT,
    LONGEST_WAIT,
    MOST_PLACES,
    OLDEST,
    DataMark,
    OfferedForm,
    WaitSource,
    WaitUntil,
)


class OfferDelivery(models.Model):
    """One table of offers that changed something."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="offer_deliveries")
    file = models.CharField(_("file"), max_length=200)
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(_("loaded"), auto_now_add=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(_("rows"))

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "file": "internal",
        "content_hash": "internal",
        "loaded_at": "public",
        "loaded_by": "personal",
        "rows": "public",
    }

    class Meta:
        verbose_name = _("delivery of offers")
        verbose_name_plural = _("deliveries of offers")
        ordering = ["-loaded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file}, {self.loaded_at:%Y-%m-%d}"


class Provider(models.Model):
    """A provider by its code in care messages (AGB code), as a region knows it.

    A new title is a new row; the one without `replaced_at` counts.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="providers")
    code = models.CharField(_("AGB code"), max_length=8)
    title = models.CharField(_("provider"), max_length=200)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "code": "public",
        "title": "public",
        "recorded_at": "public",
        "recorded_by": "personal",
        "replaced_at": "internal",
    }

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["title", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code"],
                condition=Q(replaced_at__isnull=True),
                name="a_provider_has_one_name_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{8}$"), name="provider_code_is_eight_digits"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="provider_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class Offer(models.Model):
    """Something that a provider offers in a region; what it is stands in its versions."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="offers")
    provider_code = models.CharField(_("AGB code"), max_length=8)
    code = models.CharField(_("code of the offer"), max_length=40)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "provider_code": "public",
        "code": "public",
    }

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["provider_code", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "provider_code", "code"], name="an_offer_once_per_provider"
            ),
            models.CheckConstraint(
                condition=Q(provider_code__regex=r"^[0-9]{8}$"), name="offer_is_of_a_provider"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="offer_has_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_code} {self.code}"


class OfferVersion(models.Model):
    """What an offer is. A change is a new row; the one without `replaced_at` counts.

    `ages` are inclusive years; `starts_on` and `ends_on` are inclusive days, None without a bound.
    """

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="versions")
    title = models.CharField(_("offer"), max_length=200)
    care_form = models.CharField(_("form of care"), max_length=30, choices=OfferedForm.choices)
    target_group = models.CharField(_("for whom"), max_length=LONGEST_TEXT, blank=True)
    age_from = models.PositiveSmallIntegerField(_("from age"))
    age_to = models.PositiveSmallIntegerField(_("up to and including age"))
    municipalities = ArrayField(models.CharField(max_length=4))
    free = models.BooleanField(_("freely usable"))
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    starts_on = models.DateField(_("offered from"), null=True, blank=True)
    ends_on = models.DateField(_("offered until"), null=True, blank=True)
    mark = models.CharField(max_length=10, choices=DataMark.choices, blank=True)
    delivery = models.ForeignKey(
        OfferDelivery, models.PROTECT, related_name="versions", null=True, blank=True
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "offer": "public",
        "title": "public",
        "care_form": "public",
        "target_group": "public",
        "age_from": "public",
        "age_to": "public",
        "municipalities": "public",
        "free": "public",
        "places": "public",
        "starts_on": "public",
        "ends_on": "public",
        "mark": "public",
        "delivery": "internal",
        "recorded_at": "public",
        "recorded_by": "personal",
        "replaced_at": "internal",
    }

    class Meta:
        verbose_name = _("version of an offer")
        verbose_name_plural = _("versions of offers")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(replaced_at__isnull=True),
                name="an_offer_has_one_version_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(age_from__lte=F("age_to"), age_to__lte=OLDEST),
                name="offer_ages_are_of_youths",
            ),
            models.CheckConstraint(
                condition=Q(municipalities__len__gt=0), name="offer_is_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(places__lte=MOST_PLACES),
                name="offer_places_are_plausible",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="offer_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(care_form__in=OfferedForm.values) & Q(mark__in=DataMark.values),
                name="offer_words_are_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfferWait(models.Model):
    """How long somebody waits for an offer, as said on a day, by whom and where.

    Another day is another row. What was said of the same day by the same source and turns out
    otherwise replaces it.
    """

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="waits")
    days = models.PositiveSmallIntegerField(_("days"))
    until = models.CharField(_("until"), max_length=10, choices=WaitUntil.choices)
    stated_on = models.DateField(_("stated on"))
    source = models.CharField(_("source"), max_length=10, choices=WaitSource.choices)
    place = models.CharField(_("where it says so"), max_length=LONGEST_TEXT, blank=True)
    delivery = models.ForeignKey(
        OfferDelivery, models.PROTECT, related_name="waits", null=True, blank=True
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "offer": "public",
        "days": "public",
        "until": "public",
        "stated_on": "public",
        "source": "public",
        "place": "public",
        "delivery": "internal",
        "recorded_at": "public",
        "recorded_by": "personal",
        "replaced_at": "internal",
    }

    class Meta:
        verbose_name = _("stated wait for an offer")
        verbose_name_plural = _("stated waits for offers")
        ordering = ["-stated_on", "-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "stated_on", "source", "until"],
                condition=Q(replaced_at__isnull=True),
                name="a_wait_once_per_day_and_source",
            ),
            models.CheckConstraint(
                condition=Q(days__lte=LONGEST_WAIT), name="offer_wait_is_plausible"
            ),
            models.CheckConstraint(
                condition=Q(source__in=WaitSource.values) & Q(until__in=WaitUntil.values),
                name="offer_wait_words_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} ({self.stated_on:%Y-%m-%d})"
