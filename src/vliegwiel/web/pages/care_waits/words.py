"""Clocks, rows and parts of the label in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.offers.queries import provider_names
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.science.trajectories import OTHERS, TOTAL, Clock, Label, Split, Trust
from vliegwiel.web import notation
from vliegwiel.web.components import Quality

Words = str | Promise

CLOCKS: Mapping[Clock, tuple[Words, Words]] = {
    Clock.W1: (
        gettext_lazy("From decision to start"),
        gettext_lazy("Days from the decision of the municipality until the help starts."),
    ),
    Clock.W2: (
        gettext_lazy("From agreed day to start"),
        gettext_lazy(
            "Days from the day on which the help would begin until it starts; a start before that "
            "day is no wait."
        ),
    ),
    Clock.W3: (
        gettext_lazy("From request to start"),
        gettext_lazy("Days from the request of the provider until the help starts."),
    ),
    Clock.W4: (
        gettext_lazy("From request to decision"),
        gettext_lazy("Days from the request of the provider until the municipality decides."),
    ),
    Clock.W5: (
        gettext_lazy("From first sign to first help"),
        gettext_lazy(
            "Days from the first sign that a youth asks for help until the first help starts, of "
            "those who had no help for three months."
        ),
    ),
    Clock.W6: (
        gettext_lazy("Between two courses of help"),
        gettext_lazy("Days from the end of one course of help until the next one begins."),
    ),
    Clock.W7: (
        gettext_lazy("So far, of those who still wait"),
        gettext_lazy("Days from the decision until now, of those who still wait."),
    ),
}

#: What half of the waits is said of, by clock.
FINDINGS: Mapping[Clock, Words] = {
    Clock.W1: gettext_lazy("Half start within %(days)s days after the decision%(interval)s"),
    Clock.W2: gettext_lazy("Half start within %(days)s days after the agreed day%(interval)s"),
    Clock.W3: gettext_lazy("Half start within %(days)s days after the request%(interval)s"),
    Clock.W4: gettext_lazy(
        "Half of the decisions come within %(days)s days after the request%(interval)s"
    ),
    Clock.W5: gettext_lazy(
        "Half have their first help within %(days)s days after the first sign%(interval)s"
    ),
    Clock.W6: gettext_lazy("Half have their next help within %(days)s days%(interval)s"),
    Clock.W7: gettext_lazy(
        "Half of those who still wait have waited %(days)s days or less%(interval)s"
    ),
}

SPLITS: Mapping[Split, Words] = {
    Split.FORM: gettext_lazy("Form of care"),
    Split.PROVIDER: gettext_lazy("Provider"),
    Split.MUNICIPALITY: gettext_lazy("Municipality"),
    Split.REFERRER: gettext_lazy("Referrer"),
    Split.AGE: gettext_lazy("Age"),
    Split.PERIOD: gettext_lazy("Quarter of the decision"),
}

FORMS: Mapping[str, Words] = {
    "ambulant": gettext_lazy("Ambulant"),
    "crisis": gettext_lazy("Crisis help"),
    "day_help": gettext_lazy("Day help"),
    "family_type": gettext_lazy("Family-type care"),
    "foster_care": gettext_lazy("Foster care"),
    "national": gettext_lazy("Nationally purchased care"),
    "neighbourhood_team": gettext_lazy("By a neighbourhood team"),
    "other_residence": gettext_lazy("Other residence at a provider"),
    "outpatient": gettext_lazy("Outpatient at the provider"),
    "own_network": gettext_lazy("In the youth's own network"),
    "preventive_judicial": gettext_lazy("Preventive judicial framework"),
    "probation": gettext_lazy("Youth probation"),
    "protection": gettext_lazy("Child protection"),
    "secure": gettext_lazy("Secure placement"),
    "tailored": gettext_lazy("Tailored to the youth"),
    "with_residence": gettext_lazy("With residence"),
    "unknown": gettext_lazy("Form not known"),
}

REFERRERS: Mapping[str, Words] = {
    "municipality": gettext_lazy("Municipality"),
    "general_practitioner": gettext_lazy("General practitioner"),
    "youth_doctor": gettext_lazy("Youth doctor"),
    "certified_institution": gettext_lazy("Certified institution"),
    "medical_specialist": gettext_lazy("Medical specialist"),
    "judge_or_prosecutor": gettext_lazy("Judge, prosecutor or prison"),
    "none": gettext_lazy("No referrer"),
    "unknown": gettext_lazy("Unknown"),
}

TRUST: Mapping[Trust, Words] = {
    Trust.GOOD: gettext_lazy("Good"),
    Trust.FAIR: gettext_lazy("Fair"),
    Trust.POOR: gettext_lazy("Poor"),
}


class Names:
    """The names of rows in a region; municipalities and providers are read once."""

    def __init__(self, region: Any) -> None:
        self._municipalities = {row.code: row.name for row in municipalities_of(region)}
        self._providers = provider_names(region)

    def row(self, split: Split, key: str) -> str:
        """What stands before a row of a table."""
        if key == TOTAL:
            return _("All together")
        if split is Split.FORM:
            return str(FORMS.get(key, key))
        if split is Split.PROVIDER:
            return self.provider(key)
        if split is Split.MUNICIPALITY:
            return self.municipality(key)
        if split is Split.REFERRER:
            return _referrer(key)
        return _age(key) if split is Split.AGE else _period(key)

    def municipality(self, code: str) -> str:
        """Its name, or its code when it is not of the region any more."""
        return self._municipalities.get(code, code)

    def provider(self, code: str) -> str:
        """Messages name a provider by its code alone; the register of offers knows names."""
        if code == TOTAL:
            return _("All together")
        if code == OTHERS:
            return _("Providers with few youths, together")
        return self._providers.get(code) or _("Provider %(code)s") % {"code": code}


def _referrer(key: str) -> str:
    name, _colon, presumed = key.partition(":")
    label = str(REFERRERS.get(name, name))
    return _("%(referrer)s (presumed)") % {"referrer": label} if presumed else label


def _age(key: str) -> str:
    if key == "unknown":
        return _("Age not known")
    if key.endswith("+"):
        return _("%(age)s years and older") % {"age": key[:-1]}
    low, _dash, high = key.partition("-")
    return _("%(low)s to %(high)s years") % {"low": low, "high": high}


def _period(key: str) -> str:
    if key == "earlier":
        return _("Earlier")
    year, _dash, quarter = key.partition("-Q")
    return _("Quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": year}


def quality_of(label: Label) -> Quality | None:
    """The label of a figure; none where there are too few to judge."""
    if label.trust is None:
        return None
    if label.told is None:
        return Quality(label.trust.value, _("by the share of the starts that was told"))
    reason = _("of %(share)s of the help that has ended, the start was told too")
    return Quality(label.trust.value, reason % {"share": notation.percent(label.told, 0)})


def source_of(known: date) -> str:
    """Where every figure of these pages comes from."""
    return _("Care messages of the region, as known on %(day)s") % {"day": notation.day(known)}


def days_between(low: int | None, high: int | None) -> str:
    """An interval in a table; what has no end yet says so."""
    if low is None:
        return notation.MISSING
    if high is None:
        return _("%(low)s or more") % {"low": notation.number(low)}
    return notation.interval(low, high)


def with_interval(value: int | None, low: int | None, high: int | None, unit: str = "") -> str:
    """A value with its interval in one cell: 72 (60 to 82)."""
    if value is None:
        return notation.MISSING
    between = days_between(low, high)
    shown = f"{notation.number(value)}{unit}"
    return shown if between == notation.MISSING else f"{shown} ({between})"
