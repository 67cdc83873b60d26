"""What belongs beside the headline of a forecast: the other side, and how far to trust it."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.explorer import descriptions, sentences
from vliegwiel.science.caresystem import Forecast, Scenario
from vliegwiel.web import notation

from .amounts import rounded_euro

_ALL = "all"
# Below this many repetitions the limits of a band move when the seed is another one.
FEW_REPETITIONS = 100


def scope(forecast: Forecast, region: str, municipalities: int) -> str:
    """Over which place and time the answer is, and against what it is held."""
    return ngettext(
        "This is about region %(region)s, for youths who start in %(period)s, and compared to the "
        "same time without the change.",
        "This is about all %(count)s municipalities of region %(region)s together, for youths who "
        "start in %(period)s, and compared to the same time without the change.",
        municipalities,
    ) % {
        "count": notation.number(municipalities),
        "region": region,
        "period": sentences.period(forecast),
    }


def other_side(forecast: Forecast) -> str:
    """Where waiting gets longer for sure, and what care then costs: never only the good news."""
    return " ".join(part for part in (_longer_elsewhere(forecast), _cost(forecast)) if part)


def _longer_elsewhere(forecast: Forecast) -> str:
    worse = [
        (row.waiting_time.median, row.care_type)
        for row in forecast.water_bed
        if row.verdict == "worse"
        and row.care_type not in (_ALL, forecast.focus)
        and row.waiting_time.median is not None
    ]
    if not worse:
        return ""
    days, care_type = max(worse)
    label = descriptions.in_active_language(forecast.labels[care_type])
    return ngettext(
        "For %(care_type)s the wait then gets %(days)s day longer.",
        "For %(care_type)s the wait then gets %(days)s days longer.",
        round(days),
    ) % {"care_type": sentences.uncapitalised(label), "days": notation.number(days)}


def _cost(forecast: Forecast) -> str:
    years = [row for row in forecast.costs if row.care_type == _ALL and row.difference is not None]
    if not years:
        return ""
    last = max(years, key=lambda row: row.year)
    change = last.difference
    if change is None or change.median is None or change.low is None or change.high is None:
        return ""
    params = {"amount": rounded_euro(abs(change.median)), "year": str(last.year)}
    if change.low > 0:
        return _("Care costs %(amount)s more in %(year)s.") % params
    if change.high < 0:
        return _("Care costs %(amount)s less in %(year)s.") % params
    return _("Whether care gets cheaper or dearer in %(year)s cannot be told.") % params


def cautions(forecast: Forecast, scenario: Scenario) -> Sequence[str]:
    """Reasons to read this outcome with more than the usual care."""
    found = []
    if forecast.identity.replications < FEW_REPETITIONS:
        found.append(
            _(
                "This is a rough calculation of %(count)d repetitions: with another seed the "
                "numbers would differ. Use %(few)d or more before you show it to others."
            )
            % {"count": forecast.identity.replications, "few": FEW_REPETITIONS}
        )
    full = max((_full_strength(stage.from_, stage.ramp_months) for intervention in
                scenario.interventions for stage in intervention.stages), default=None)  # fmt: skip
    if full is not None and full > forecast.period[0]:
        found.append(
            _(
                "The change works in full from %(month)s. In the period of this answer it does "
                "not do so all the time: look further ahead to see what it does in the end."
            )
            % {"month": notation.month(full)}
        )
    return found


def _full_strength(start: date, ramp_months: int) -> date:
    months = start.year * 12 + start.month - 1 + ramp_months
    return date(months // 12, months % 12 + 1, 1)


def assumed(forecast: Forecast) -> str:
    """How many of the numbers behind the answer are assumed: of the model, and of the scenario."""
    own = sum(1 for item in forecast.assumptions if item.address.startswith("interventions."))
    return _(
        "%(model)d numbers of the model and %(scenario)d of this scenario are not measured but "
        "assumed."
    ) % {"model": len(forecast.assumptions) - own, "scenario": own}
