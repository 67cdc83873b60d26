"""Published figures of a region, beside those of the country."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.vocabulary import (
    CareForm,
    FigureStatus,
    LabelReading,
    Measure,
    Referrer,
    Sex,
    Unit,
)
from vliegwiel.apps.regions.models import Region

from .sources import Source


class FigureDelivery(models.Model):
    """One load of a file that changed something."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="figure_deliveries")
    name = models.CharField(_("file"), max_length=200)
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(_("loaded"), auto_now_add=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "name": "internal",
        "content_hash": "internal",
        "loaded_at": "public",
        "loaded_by": "personal",
    }

    class Meta:
        verbose_name = _("delivery of figures")
        verbose_name_plural = _("deliveries of figures")
        ordering = ["-loaded_at"]

    def __str__(self) -> str:
        return f"{self.name}, {self.loaded_at:%Y-%m-%d}"


class RegionalFigure(models.Model):
    """One published figure, as printed. A newer delivery replaces it; the old one is kept.

    `area` is the CBS code of what the figure is about: the region's own, NL beside it, or that of
    a municipality in the region. `decimals` is how many the source prints. A figure from a table
    that was fetched tells which, when its publisher changed it last, and when it was fetched.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="figures")
    delivery = models.ForeignKey(FigureDelivery, models.PROTECT, related_name="figures")
    replaced_by = models.ForeignKey(
        FigureDelivery, models.PROTECT, related_name="replaced_figures", null=True, blank=True
    )
    measure = models.CharField(_("measure"), max_length=40, choices=Measure.choices)
    area = models.CharField(_("area"), max_length=4)
    period = models.CharField(_("period"), max_length=10)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices)
    age_band = models.CharField(_("age"), max_length=5)
    care_form = models.CharField(_("form of care"), max_length=50, choices=CareForm.choices)
    referrer = models.CharField(_("referrer"), max_length=30, choices=Referrer.choices)
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=4)
    decimals = models.PositiveSmallIntegerField(_("printed decimals"))
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices)
    status = models.CharField(_("status"), max_length=20, choices=FigureStatus.choices)
    label = models.CharField(_("label"), max_length=12, choices=LabelReading.choices)
    source = models.ForeignKey(Source, models.PROTECT, related_name="figures")
    place = models.CharField(_("place in the source"), max_length=200)
    note_nl = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    table = models.CharField(_("table"), max_length=16, blank=True)
    modified_on = models.DateField(_("changed by the publisher"), null=True, blank=True)
    fetched_on = models.DateField(_("fetched"), null=True, blank=True)

    field_classes: ClassVar[Mapping[str, str]] = {
        "region": "public",
        "delivery": "internal",
        "replaced_by": "internal",
        "measure": "public",
        "area": "public",
        "period": "public",
        "sex": "public",
        "age_band": "public",
        "care_form": "public",
        "referrer": "public",
        "value": "public",
        "decimals": "public",
        "unit": "public",
        "status": "public",
        "label": "public",
        "source": "public",
        "place": "public",
        "note_nl": "public",
        "note_en": "public",
        "table": "public",
        "modified_on": "public",
        "fetched_on": "public",
    }

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["measure", "period", "area", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("region", "measure", "area", "period", "sex"),
                    *("age_band", "care_form", "referrer", "source"),
                ],
                condition=models.Q(replaced_by__isnull=True),
                name="a_figure_once_per_source",
            ),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="figure_is_not_negative"),
            models.CheckConstraint(
                condition=~models.Q(unit=Unit.PERCENT) | models.Q(value__lte=100),
                name="share_is_at_most_hundred_percent",
            ),
            models.CheckConstraint(
                condition=models.Q(decimals__lte=4), name="figure_has_at_most_four_decimals"
            ),
            models.CheckConstraint(
                condition=models.Q(period__regex=r"^(19|20)[0-9]{2}(H[12]|-[0-9]{2}-[0-9]{2})?$"),
                name="figure_period_is_year_half_or_day",
            ),
            models.CheckConstraint(
                condition=models.Q(measure__in=Measure.values)
                & models.Q(sex__in=Sex.values)
                & models.Q(care_form__in=CareForm.values)
                & models.Q(referrer__in=Referrer.values)
                & models.Q(unit__in=Unit.values)
                & models.Q(status__in=FigureStatus.values)
                & models.Q(label__in=LabelReading.values),
                name="figure_words_are_known",
            ),
            models.CheckConstraint(
                condition=models.Q(table="", modified_on__isnull=True, fetched_on__isnull=True)
                | (
                    ~models.Q(table="")
                    & models.Q(modified_on__isnull=False, fetched_on__isnull=False)
                ),
                name="figure_of_a_table_tells_its_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.area} {self.period}"
