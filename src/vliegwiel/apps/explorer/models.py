"""Care systems, scenarios on them, and the runs that forecast what a scenario would do."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.regions.models import Region, User

from .limits import LIMITS as _LIMITS
from .statuses import ACTIVE, FINAL, Status


class CareSystemVersion(models.Model):
    """A care-system document as it was loaded. A changed document is another version."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="care_systems")
    identifier = models.CharField(max_length=60)
    version = models.CharField(_("version"), max_length=200)
    document = models.TextField(_("document"))
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "identifier": "public",
        "version": "public",
        "document": "public",
        "content_hash": "public",
        "loaded_at": "internal",
        "loaded_by": "personal",
    }

    class Meta:
        verbose_name = _("care system")
        verbose_name_plural = _("care systems")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "content_hash"], name="a_care_system_document_once_per_region"
            ),
            models.CheckConstraint(
                condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"),
                name="care_system_hash_is_sha256",
            ),
            models.CheckConstraint(
                condition=~Q(document=""), name="care_system_document_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier} {self.version}"


class ScenarioVersion(models.Model):
    """A scenario document on one care system. A change is the next number; the old one stays."""

    care_system = models.ForeignKey(CareSystemVersion, models.PROTECT, related_name="scenarios")
    identifier = models.SlugField(max_length=60)
    number = models.PositiveIntegerField(_("number"))
    document = models.TextField(_("document"))
    content_hash = models.CharField(max_length=64)
    shipped = models.BooleanField(default=False)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    field_classes: ClassVar[Mapping[str, str]] = {
        "care_system": "public",
        "identifier": "public",
        "number": "public",
        "document": "internal",
        "content_hash": "public",
        "shipped": "public",
        "copied_from": "public",
        "made_at": "internal",
        "made_by": "personal",
    }

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["identifier", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["care_system", "identifier", "number"],
                name="a_scenario_number_once_per_care_system",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="scenario_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"),
                name="scenario_hash_is_sha256",
            ),
            models.CheckConstraint(
                condition=~Q(document=""), name="scenario_document_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier} ({self.number})"


class SimulationRun(models.Model):
    """One forecast or smallest useful test: what was asked, how far it is, and what came out.

    `question` is what a smallest useful test asks, as JSON, and empty for a forecast. `precision`
    is how well what must be known, as JSON (`precisions`), `replications` then the most; empty when
    all are done. `result` is the outcome as the science wrote it, kept as text so that equal work
    gives equal bytes. `done_at_take_up` is how much was already done when the present worker took
    the run up: the speed since then says how long it still takes.
    """

    scenario = models.ForeignKey(ScenarioVersion, models.PROTECT, related_name="runs")
    months = models.PositiveSmallIntegerField(_("months ahead"))
    replications = models.PositiveSmallIntegerField(_("replications"))
    seed = models.PositiveBigIntegerField(_("seed"))
    question = models.TextField(blank=True)
    precision = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED)
    activity = models.CharField(max_length=20, blank=True)
    work_total = models.PositiveIntegerField(default=0)
    work_done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    taken_up_at = models.DateTimeField(null=True, blank=True)
    done_at_take_up = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    error_code = models.CharField(max_length=20, blank=True)
    result = models.TextField(blank=True)
    code_version = models.CharField(max_length=40, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "scenario": "public",
        "months": "public",
        "replications": "public",
        "seed": "public",
        "question": "public",
        "precision": "public",
        "status": "internal",
        "activity": "internal",
        "work_total": "internal",
        "work_done": "internal",
        "attempts": "internal",
        "created_at": "internal",
        "created_by": "personal",
        "started_at": "internal",
        "taken_up_at": "internal",
        "done_at_take_up": "internal",
        "heartbeat_at": "internal",
        "ended_at": "public",
        "cancel_requested_at": "internal",
        "cancel_requested_by": "personal",
        "error_code": "internal",
        "result": "public",
        "code_version": "public",
    }

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "months", "replications", "seed", "question", "precision"],
                condition=Q(status__in=ACTIVE),
                name="the_same_run_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="run_status_is_one_of_the_statuses"
            ),
            models.CheckConstraint(
                condition=Q(months__range=_LIMITS["months"]), name="run_months_within_limits"
            ),
            models.CheckConstraint(
                condition=Q(replications__range=_LIMITS["replications"]),
                name="run_replications_within_limits",
            ),
            models.CheckConstraint(
                condition=Q(work_done__lte=F("work_total")), name="run_does_no_more_than_its_work"
            ),
            models.CheckConstraint(
                condition=Q(status__in=FINAL, ended_at__isnull=False)
                | Q(status__in=ACTIVE, ended_at__isnull=True),
                name="run_has_an_end_when_it_is_over",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RUNNING) | Q(started_at__isnull=False),
                name="running_run_has_a_start",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.DONE) & ~Q(result=""))
                | (~Q(status=Status.DONE) & Q(result="")),
                name="run_has_a_result_when_it_is_done",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.FAILED) & ~Q(error_code=""))
                | (~Q(status=Status.FAILED) & Q(error_code="")),
                name="run_has_an_error_when_it_failed",
            ),
            models.CheckConstraint(
                condition=Q(cancel_requested_at__isnull=True, cancel_requested_by__isnull=True)
                | Q(cancel_requested_at__isnull=False, cancel_requested_by__isnull=False),
                name="run_is_cancelled_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CANCELLED) | Q(cancel_requested_at__isnull=False),
                name="cancelled_run_was_asked_to_stop",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} #{self.pk}"


class RunPiece(models.Model):
    """A finished part of a run, so that another worker can go on where one stopped."""

    run = models.ForeignKey(SimulationRun, models.CASCADE, related_name="pieces")
    kind = models.CharField(max_length=20)
    index = models.PositiveIntegerField()
    data = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "run": "internal",
        "kind": "internal",
        "index": "internal",
        "data": "internal",
        "made_at": "internal",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "index"], name="a_piece_once_per_run")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.index} of run {self.run_id}"


class FitRun(models.Model):
    """A care system that is fitted to the care messages of a region, as they are at that moment.

    `state` is the mark of those messages, `result` a `FitOutcome` as JSON. Nothing is kept of work
    that is not finished: a worker that takes it up begins anew. `kept_as` is the care system of the
    region that was made of it.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="care_system_fits")
    state = models.CharField(max_length=40)
    code_version = models.CharField(max_length=40)
    seed = models.PositiveBigIntegerField(_("seed"))
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.QUEUED)
    activity = models.CharField(max_length=20, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)
    error_code = models.CharField(max_length=20, blank=True)
    result = models.TextField(blank=True)
    kept_as = models.ForeignKey(
        CareSystemVersion, models.PROTECT, null=True, blank=True, related_name="fits"
    )

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "state": "internal",
        "code_version": "public",
        "seed": "public",
        "status": "internal",
        "activity": "internal",
        "percent": "internal",
        "attempts": "internal",
        "created_at": "internal",
        "created_by": "personal",
        "ended_at": "internal",
        "cancel_requested": "internal",
        "error_code": "internal",
        "result": "internal",
        "kept_as": "public",
    }

    class Meta:
        verbose_name = _("fit of a care system")
        verbose_name_plural = _("fits of care systems")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(status__in=ACTIVE),
                name="one_fit_of_a_region_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="fit_status_is_one_of_the_statuses"
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100), name="fit_percent_is_at_most_hundred"
            ),
            models.CheckConstraint(
                condition=Q(status__in=FINAL, ended_at__isnull=False)
                | Q(status__in=ACTIVE, ended_at__isnull=True),
                name="fit_has_an_end_when_it_is_over",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.DONE) & ~Q(result=""))
                | (~Q(status=Status.DONE) & Q(result="")),
                name="fit_has_a_result_when_it_is_done",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.FAILED) & ~Q(error_code=""))
                | (~Q(status=Status.FAILED) & Q(error_code="")),
                name="fit_has_an_error_when_it_failed",
            ),
            models.CheckConstraint(
                condition=Q(kept_as__isnull=True) | Q(status=Status.DONE),
                name="only_a_finished_fit_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} #{self.pk}"


class KnownEffect(models.Model):
    """The size of a change as pilots measured it. A newer one of the same change counts.

    In the unit of a document: a factor for `multiply`, a share for `move`. `evidence` holds the
    numbers of what it rests on, which are kept higher in the loop. Never changed.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="known_effects")
    target = models.CharField(_("what changes"), max_length=200)
    operation = models.CharField(max_length=8)
    to = models.CharField(_("to where"), max_length=60, blank=True)
    low = models.FloatField(_("lowest"))
    likely = models.FloatField(_("likely"))
    high = models.FloatField(_("highest"))
    why_nl = models.TextField(_("where it was measured, in Dutch"))
    why_en = models.TextField(_("where it was measured, in English"))
    evidence = ArrayField(models.PositiveBigIntegerField())
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            (
                *("region", "target", "operation", "to", "low", "likely", "high"),
                *("why_nl", "why_en", "at"),
            ),
            "public",
        ),
        "evidence": "internal",
        "by": "personal",
    }

    class Meta:
        verbose_name = _("measured size of a change")
        verbose_name_plural = _("measured sizes of changes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(operation__in=("multiply", "move")) & ~Q(target=""),
                name="known_effect_changes_something",
            ),
            models.CheckConstraint(
                condition=Q(low__lte=F("likely"), high__gte=F("likely")),
                name="known_effect_lies_in_its_range",
            ),
            models.CheckConstraint(
                condition=~Q(evidence=[]) & ~Q(why_nl="") & ~Q(why_en=""),
                name="known_effect_rests_on_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.target}"
