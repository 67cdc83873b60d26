"""Measurements that are read from care data, by the definition of their indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from vliegwiel.apps.pilots.models import PlannedOutcome
from vliegwiel.apps.pilots.tables import fault
from vliegwiel.apps.pilots.vocabulary import ASKS, DesignId
from vliegwiel.apps.trajectories.services.monthly import MonthsRead, read_months
from vliegwiel.science.kernel import Fault
from vliegwiel.science.trajectories import MonthlyWait, Shown

from .measurements import Typed

#: Indicators that ship and that care messages answer, with what of them is read.
FROM_CARE_DATA = frozenset({"waiting-time"})
#: What is read from before the start: design that compare before and after need it.
_BEFORE = timedelta(days=730)
_REMARKS: Mapping[Shown, str] = {Shown.FEW: "few_youths", Shown.NOT_YET: "not_known_yet"}


@dataclass(frozen=True, slots=True)
class FromCareData:
    """Rows to keep, what of it stays hidden or is not known yet, and the day it was known on."""

    known: date | None
    rows: Sequence[Typed]
    remarks: Sequence[Fault]


def why_not_care_data(outcome: PlannedOutcome) -> str | None:
    """Why an outcome cannot be read from care data, in a sentence; None when it can.

    Empty for an indicator that care messages do not know.
    """
    indicator = outcome.version.indicator
    if indicator.region_id is not None or indicator.key not in FROM_CARE_DATA:
        return ""
    if not outcome.pilot.design or not ASKS[DesignId(outcome.pilot.design)].by_month:
        return _(
            "Care data give one value for each municipality and month. This design follows youths, "
            "so bring their waiting times yourself."
        )
    places = [group.municipality for group in outcome.pilot.groups.all()]
    if not all(places) or len(set(places)) < len(places):
        return _(
            "Care data can be read when each group of the plan is one municipality of its own."
        )
    return None


def read_care_data(outcome: PlannedOutcome) -> FromCareData:
    """What care messages say of the groups of a plan, by month. Slow: for the background."""
    pilot = outcome.pilot
    assert pilot.starts_on is not None, "a registered plan has a start"
    groups = {group.municipality: group for group in pilot.groups.all()}
    region = pilot.initiative.region
    assert region is not None, "only those of a region have pilots"
    found: MonthsRead = read_months(region, places=list(groups), first=pilot.starts_on - _BEFORE)
    if found.known is None:
        return FromCareData(None, (), [fault("", "no_care_data")])
    rows, remarks = [], []
    for wait in found.waits:
        group = groups[wait.municipality]
        if wait.median is None:
            remarks.append(_remark(group.name, wait))
            continue
        rows.append(
            Typed(
                group=group.key,
                unit=group.key,
                day=wait.month.isoformat(),
                value=str(wait.median),
            )
        )
    return FromCareData(found.known, rows, remarks)


def _remark(group: str, wait: MonthlyWait) -> Fault:
    return fault("", _REMARKS[wait.shown], value=f"{group}, {wait.month:%Y-%m}")
