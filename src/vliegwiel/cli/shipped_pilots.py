"""Made-up pilots and a target for the demo: a draft, and one that runs and is measured."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.utils import timezone

from vliegwiel.apps.initiatives import queries as initiatives
from vliegwiel.apps.initiatives.queries import Wanted
from vliegwiel.apps.pilots import GroupFacts, OutcomeFacts, PlanFacts
from vliegwiel.apps.pilots import queries as pilots
from vliegwiel.apps.pilots import services as pilot_services
from vliegwiel.apps.regions import queries as regions
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.yardstick import TargetFacts
from vliegwiel.apps.yardstick import queries as yardstick
from vliegwiel.apps.yardstick import services as yardstick_services

from .language import gettext as _
from .language import ngettext
from .steps import Report

if TYPE_CHECKING:
    from vliegwiel.apps.regions.models import Region

_DEMO_REGION, _INDICATOR = "ijsselland", "waiting-time"
_SEED = 20261123
#: Months that the running pilot was followed before its start, has run, and still runs.
_BEFORE, _SINCE, _LEFT = 12, 9, 6
#: Municipalities with the initiative: one in so many.
_ONE_IN = 3
#: Days of waiting of the made-up region, how far places and months differ, and the true effect.
_USUAL, _PLACES_APART, _MONTHS_APART, _EFFECT = 62.0, 9.0, 4.0, -9.0
_YOUTHS = 25


def make_pilots(report: Report) -> str:
    """Plans two pilots of the explored example, of which one runs; once."""
    region = regions.region_by_slug(_DEMO_REGION)
    today = timezone.localdate()
    if region is None:
        return _("no region to make it for")
    if not sum(pilots.count_pilots(region, today=today).values()):
        _aim(region, today)
        report(1, 2)
        for line in initiatives.find(system_user(), Wanted(stage="exploring"), region=region)[:1]:
            _plan(region, line.id, today)
    report(2, 2)
    number = sum(pilots.count_pilots(region, today=today).values())
    words = ngettext("%(number)d made-up pilot", "%(number)d made-up pilots", number)
    return words % {"number": number}


def _plan(region: "Region", initiative: int, today: date) -> None:
    by, version = system_user(), _version(region)
    names = [(place.code, place.name) for place in regions.municipalities_of(region)]
    start = _month(today, -_SINCE)
    groups = tuple(
        GroupFacts(
            key=code, name=name, treated=number % _ONE_IN == 0, municipality=code, starts_on=None
        )
        for number, (code, name) in enumerate(names)
    )
    facts = PlanFacts(
        title=_("Example: try it in every third municipality (made-up measurements)"),
        starts_on=start,
        ends_on=_month(today, _LEFT),
        design="differences",
        lot="clusters",
        tuning_size=len(groups) * (_SINCE + _LEFT),
        analysis=_(
            "The change in mean waiting time per month in municipalities with the initiative, "
            "beside the change in the others. Every municipality counts as one group."
        ),
        stop_rule=_("When the waiting time rises by more than two weeks in two months."),
        groups=groups,
        outcomes=(
            OutcomeFacts(
                version=version,
                smallest_relevant=5.0,
                expected_low=-15.0,
                expected=-8.0,
                expected_high=-1.0,
            ),
        ),
    )
    running = pilot_services.draft(initiative_id=initiative, facts=facts, by=by)
    pilot_services.register_example(pilot_id=running.pk, on=start - timedelta(days=20), by=by)
    plan = pilots.plan_of(running.pk)
    assert plan is not None, "made just now"
    pilot_services.take_file(
        outcome_id=plan.outcomes[0].id,
        content=_measured(groups, start).encode(),
        name="generated-measurements.csv",
        by=by,
    )
    later = PlanFacts(
        title=_("Example: a draft for the other municipalities"),
        starts_on=_month(today, _LEFT + 1),
        groups=tuple(group for group in groups if not group.treated),
    )
    pilot_services.draft(initiative_id=initiative, facts=later, by=by)


def _measured(groups: Sequence[GroupFacts], start: date) -> str:
    """Mean days of waiting of each municipality in each month, with a true effect, as CSV."""
    rng = np.random.default_rng(_SEED)
    level = _USUAL + rng.normal(0, _PLACES_APART, len(groups))
    lines = ["group,unit,day,value,size"]
    for number in range(-_BEFORE, _SINCE):
        day = _month(start, number) + timedelta(days=14)
        season = 3.0 * np.sin(2 * np.pi * day.month / 12)
        noise = rng.normal(0, _MONTHS_APART, len(groups))
        for place, group in enumerate(groups):
            effect = _EFFECT if group.treated and number >= 0 else 0.0
            value = level[place] + season + noise[place] + effect
            lines.append(f"{group.key},{group.key},{day.isoformat()},{value:.1f},{_YOUTHS}")
    return "\n".join(lines)


def _aim(region: "Region", today: date) -> None:
    """A target for waiting, with made-up readings that fall too slowly."""
    by, version = system_user(), _version(region)
    base_on = _month(today, -_BEFORE)
    facts = TargetFacts(
        version=version,
        base=_USUAL,
        base_on=base_on,
        percent=20.0,
        due_on=_month(today, _BEFORE),
        reason=_("Made-up target for the demonstration."),
    )
    yardstick_services.set_target(region=region, facts=facts, by=by)
    for quarter, value in enumerate((61.2, 60.5, 60.1), start=1):
        yardstick_services.read_off(
            region=region,
            version=version,
            day=_month(base_on, 3 * quarter),
            value=value,
            found_in=_("Made up by a computer for the demonstration"),
            by=by,
        )


def _version(region: "Region") -> int:
    return yardstick.versions_of(_INDICATOR, region=region)[0].id


def _month(day: date, months: int) -> date:
    """The first day of the month that lies so many months further."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, 1)
