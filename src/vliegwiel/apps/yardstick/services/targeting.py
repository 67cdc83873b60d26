"""Targets of a region, and what is read off on the way there."""

import math
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.apps.yardstick.errors import YardstickRefused
from vliegwiel.apps.yardstick.facts import TargetFacts
from vliegwiel.apps.yardstick.models import IndicatorVersion, Reading, Target
from vliegwiel.apps.yardstick.vocabulary import (
    LARGEST_PERCENT,
    LEAST_PERCENT,
    LONGEST_TEXT,
    Direction,
)


@transaction.atomic
def set_target(*, region: Region, facts: TargetFacts, by: User) -> Target:
    """Sets a target of the region; the targets before it stay readable.

    The same again changes nothing. Raises YardstickRefused with a sentence per field,
    IndicatorVersion.DoesNotExist, and NotAllowed without the right `targets.set`.
    """
    require(by, "targets.set", region)
    Region.objects.select_for_update().get(pk=region.pk)
    version = _of_region(region, facts.version)
    problems = _problems(version, facts)
    if problems:
        raise YardstickRefused(problems)
    given = {
        "base": facts.base,
        "base_on": facts.base_on,
        "percent": facts.percent,
        "due_on": facts.due_on,
        "reason": facts.reason.strip(),
    }
    earlier = Target.objects.filter(region=region, version=version)
    now = earlier.first()
    if now is not None and all(getattr(now, name) == value for name, value in given.items()):
        return now
    number = now.number + 1 if now is not None else 1
    return Target.objects.create(region=region, version=version, number=number, by=by, **given)


@transaction.atomic
def read_off(
    *, region: Region, version: int, day: date, value: float, found_in: str, by: User
) -> Reading:
    """Writes down what an indicator was on a day; a correction is a new row.

    Raises YardstickRefused with a sentence per field, IndicatorVersion.DoesNotExist, and NotAllowed
    without the right `measurements.add`.
    """
    require(by, "measurements.add", region)
    defined = _of_region(region, version)
    found_in = found_in.strip()
    problems = {}
    if not _possible(defined, value):
        problems["value"] = _("This value is not possible for this indicator.")
    if day > timezone.localdate():
        problems["day"] = _("This day has not come yet.")
    if not 0 < len(found_in) <= 200:
        problems["found_in"] = _("Say where this number was found.")
    if problems:
        raise YardstickRefused(problems)
    now = Reading.objects.filter(region=region, version=defined, day=day).first()
    if now is not None and (now.value, now.found_in) == (value, found_in):
        return now
    return Reading.objects.create(
        region=region, version=defined, day=day, value=value, found_in=found_in, by=by
    )


def _of_region(region: Region, version: int) -> IndicatorVersion:
    """A version that ships or is of this region."""
    usable = Q(indicator__region__isnull=True) | Q(indicator__region=region)
    return IndicatorVersion.objects.get(usable, pk=version)


def _possible(version: IndicatorVersion, value: float) -> bool:
    return (
        math.isfinite(value)
        and (version.lowest is None or value >= version.lowest)
        and (version.highest is None or value <= version.highest)
    )


def _problems(version: IndicatorVersion, facts: TargetFacts) -> dict[str, str]:
    problems = {}
    if version.better == Direction.UNKNOWN:
        problems["version"] = _("This indicator has no direction, so it cannot have a target.")
    if not _possible(version, facts.base) or facts.base == 0:
        problems["base"] = _("This value is not possible as a base.")
    if not LEAST_PERCENT <= facts.percent <= LARGEST_PERCENT:
        problems["percent"] = _("Type how many per cent better, from 0.01 to 1,000.")
    elif "base" not in problems and "version" not in problems:
        sign = 1 if version.better == Direction.HIGHER else -1
        goal = facts.base + sign * abs(facts.base) * facts.percent / 100
        if goal == facts.base:
            problems["base"] = _("This value is not possible as a base.")
        elif not _possible(version, goal):
            problems["percent"] = _("This indicator cannot come that far.")
    if facts.due_on <= facts.base_on:
        problems["due_on"] = _("Choose a day after that of the base.")
    if not 0 < len(facts.reason.strip()) <= LONGEST_TEXT:
        problems["reason"] = _("Say why, so that others can follow the choice later.")
    return problems
