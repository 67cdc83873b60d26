"""A plan: a draft until it is registered, and from then on as it stands, in the database too."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.pilots.vocabulary import LONGEST_TITLE, Claim, DesignId, LotId, Reach, Subject
from vliegwiel.apps.yardstick.models import IndicatorVersion


class Pilot(models.Model):
    """Trying an initiative small, by a plan. Once registered, its row never changes."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="pilots")
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    design = models.CharField(_("design"), max_length=12, choices=DesignId.choices, blank=True)
    lot = models.CharField(
        _("drawn by lot"), max_length=8, choices=LotId.choices, default=LotId.NOTHING
    )
    alpha = models.FloatField(_("chance of a false alarm"), default=0.05)
    tuning_size = models.PositiveIntegerField(_("measurements expected"), null=True, blank=True)
    reach = models.CharField(
        _("where it should hold"), max_length=13, choices=Reach.choices, default=Reach.OWN
    )
    analysis = models.TextField(_("analysis"), blank=True)
    stop_rule = models.TextField(_("when it stops early"), blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("registered"), null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    fingerprint = models.CharField(_("hash of the plan"), max_length=64, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            (
                *("initiative", "title", "starts_on", "ends_on", "design", "lot", "alpha"),
                *("tuning_size", "reach", "analysis", "stop_rule", "registered_at", "fingerprint"),
            ),
            "public",
        ),
        "version": "internal",
        "made_at": "internal",
        "made_by": "personal",
        "registered_by": "personal",
    }

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="pilot_is_titled"),
            models.CheckConstraint(
                condition=Q(alpha__gte=0.001, alpha__lte=0.2), name="pilot_alpha_is_plausible"
            ),
            models.CheckConstraint(
                condition=Q(design__in=["", *DesignId.values])
                & Q(lot__in=LotId.values)
                & Q(reach__in=Reach.values),
                name="pilot_choices_are_known",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
                name="pilot_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(registered_at__isnull=True, registered_by__isnull=True, fingerprint="")
                | (
                    Q(
                        registered_at__isnull=False,
                        registered_by__isnull=False,
                        starts_on__isnull=False,
                        ends_on__isnull=False,
                        tuning_size__gt=0,
                    )
                    & ~Q(fingerprint="")
                    & ~Q(design="")
                    & ~Q(analysis="")
                    & ~Q(stop_rule="")
                ),
                name="a_registered_pilot_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PilotGroup(models.Model):
    """A place or arm of a pilot; without the initiative it is compared with."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="groups")
    key = models.SlugField(_("name in files"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    municipality = models.CharField(_("municipality"), max_length=4, blank=True)
    treated = models.BooleanField(_("with the initiative"))
    starts_on = models.DateField(_("starts here on"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("pilot", "key", "name", "municipality", "treated", "starts_on"), "public"
    )

    class Meta:
        verbose_name = _("group of a pilot")
        verbose_name_plural = _("groups of pilots")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "key"], name="a_group_once_per_pilot"),
            models.CheckConstraint(
                condition=Q(treated=True) | Q(starts_on__isnull=True),
                name="a_group_to_compare_with_never_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlannedOutcome(models.Model):
    """An outcome by a version of an indicator, with the smallest effect that matters.

    `smallest_relevant` is above 0, in the unit of the indicator; of designs that give a ratio it is
    in per cent (`relevant_per_cent`). The band is what those who proposed it expect of the effect,
    in the same unit; above 0 the number rises.
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="outcomes")
    version = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    smallest_relevant = models.FloatField(_("smallest effect that matters"))
    relevant_per_cent = models.BooleanField(_("in per cent"), default=False)
    claim = models.CharField(
        _("what should be shown"), max_length=15, choices=Claim.choices, default=Claim.ANY
    )
    expected_low = models.FloatField(_("expected at least"), null=True, blank=True)
    expected = models.FloatField(_("expected"), null=True, blank=True)
    expected_high = models.FloatField(_("expected at most"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = dict.fromkeys(
        (
            *("pilot", "version", "position", "smallest_relevant", "relevant_per_cent", "claim"),
            *("expected_low", "expected", "expected_high"),
        ),
        "public",
    )

    class Meta:
        verbose_name = _("outcome of a pilot")
        verbose_name_plural = _("outcomes of pilots")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "position"], name="a_place_of_an_outcome_once"
            ),
            models.UniqueConstraint(fields=["pilot", "version"], name="an_outcome_once_per_pilot"),
            models.CheckConstraint(
                condition=Q(smallest_relevant__gt=0), name="relevant_effect_is_above_nothing"
            ),
            models.CheckConstraint(
                condition=Q(claim__in=Claim.values), name="claim_of_an_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    expected_low__isnull=True, expected__isnull=True, expected_high__isnull=True
                )
                | Q(
                    expected_low__lte=F("expected"),
                    expected_high__gte=F("expected"),
                    expected_high__gt=F("expected_low"),
                ),
                name="expected_effect_is_a_band",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot}: {self.version}"


class Amendment(models.Model):
    """What was done otherwise than registered, and why. Never changed."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField()
    subject = models.CharField(_("about"), max_length=10, choices=Subject.choices)
    was = models.TextField(_("as registered"))
    becomes = models.TextField(_("what it becomes"))
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(("pilot", "number", "subject", "was", "becomes", "reason"), "public"),
        "by": "personal",
        "at": "public",
    }

    class Meta:
        verbose_name = _("amendment of a plan")
        verbose_name_plural = _("amendments of plans")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="an_amendment_number_once"),
            models.CheckConstraint(
                condition=Q(subject__in=Subject.values)
                & ~Q(was="")
                & ~Q(becomes="")
                & ~Q(reason=""),
                name="amendment_says_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot} ({self.number})"
