"""Words of indicators that are choices, each in one place, and how long texts may be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """An outcome is what it is for; a performance is what an organisation did for it."""

    OUTCOME = "outcome", _("Outcome")
    PERFORMANCE = "performance", _("Performance")


class Kind(TextChoices):
    SHARE = "share", _("Share")
    COUNT = "count", _("Number")
    RATE = "rate", _("Number per so many")
    MEAN = "mean", _("Mean")
    TIME = "time", _("Time")
    MONEY = "money", _("Amount of money")


class Direction(TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")
    UNKNOWN = "unknown", _("Neither is better")


class Level(TextChoices):
    """Whom or what one measurement is about."""

    YOUTH = "youth", _("Youth")
    PROVIDER = "provider", _("Provider")
    MUNICIPALITY = "municipality", _("Municipality")
    REGION = "region", _("Region")


LONGEST_NAME = 120
LONGEST_TEXT = 2000
LEAST_PERCENT, LARGEST_PERCENT = 0.01, 1000
