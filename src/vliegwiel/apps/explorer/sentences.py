"""What the science says as a code with parameters, as a sentence in the reader's language."""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.descriptions import in_active_language
from vliegwiel.science.caresystem import Forecast
from vliegwiel.science.kernel import Check, Fault

#: Not what may be a code or a year: those have no decimals, and fewer than five digits.
_NUMBER = re.compile(r"-?\d+\.\d+|-?[1-9]\d{4,}")
_SCIENTIFIC = re.compile(r"(-?\d(?:\.\d+)?)e([+-]\d+)")
_WHOLE_FROM = 10
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

#: The sentences of a headline in which a number of days is exactly one, by code and which it is.
ONE_DAY_SENTENCES: Mapping[str, str] = {
    "wait_shorter days": (
        "With this change youths are expected to wait %(days)s day less for %(care_type)s "
        "in %(period)s (%(low)s to %(high)s days)."
    ),
    "wait_longer days": (
        "With this change youths are expected to wait %(days)s day longer for %(care_type)s "
        "in %(period)s (%(low)s to %(high)s days)."
    ),
    "wait_unclear less": (
        "It is not clear whether this change makes youths wait shorter or longer for "
        "%(care_type)s in %(period)s: from %(less)s day less to %(more)s days longer."
    ),
    "wait_unclear more": (
        "It is not clear whether this change makes youths wait shorter or longer for "
        "%(care_type)s in %(period)s: from %(less)s days less to %(more)s day longer."
    ),
    "wait_unclear less more": (
        "It is not clear whether this change makes youths wait shorter or longer for "
        "%(care_type)s in %(period)s: from %(less)s day less to %(more)s day longer."
    ),
    "wait_baseline days": (
        "Without change youths are expected to wait %(days)s day for %(care_type)s in "
        "%(period)s (%(low)s to %(high)s days)."
    ),
    "wait_new days": (
        "Without this change nobody is expected to start %(care_type)s in %(period)s; with it "
        "youths are expected to wait %(days)s day (%(low)s to %(high)s days)."
    ),
    "wait_ended days": (
        "With this change nobody is expected to start %(care_type)s in %(period)s; without it "
        "youths are expected to wait %(days)s day (%(low)s to %(high)s days)."
    ),
}


def fault(found: Fault) -> str:
    """What is wrong in a document, with numbers in the notation of the reader."""
    return _(found.template) % {name: _localised(value) for name, value in found.params.items()}


def headline(forecast: Forecast) -> str:
    """The outcome of a forecast in one sentence that can be repeated."""
    result = forecast.headline
    # All numbers of a sentence with as many decimals: whole ones when the largest is ten or more.
    sizes = [abs(value) for value in result.params.values() if not isinstance(value, str)]
    whole = max(sizes, default=0.0) >= _WHOLE_FROM
    params = {name: shown(value, whole=whole) for name, value in result.params.items()}
    label = in_active_language(forecast.labels[forecast.focus])
    params |= {"care_type": uncapitalised(label), "period": period(forecast)}
    single = [
        name
        for name in ("days", "less", "more")
        if params.get(name) == "1" and f"%({name})s" in result.template
    ]
    template = ONE_DAY_SENTENCES.get(" ".join([result.code, *single]), result.template)
    return _(template) % params


def check(found: Check) -> str:
    """What was verified about a forecast."""
    return filled(found.template, found.params)


def filled(template: str, params: Mapping[str, float | str]) -> str:
    """A sentence of science in the active language, with numbers as its readers write them."""
    return _(template) % {name: shown(value) for name, value in params.items()}


def period(forecast: Forecast) -> str:
    """The period that the headline is about: a year, or its first and last month."""
    return span(*forecast.period)


def span(first: date, last: date) -> str:
    """From one month to another: as years when they are whole ones."""
    if (first.month, last.month) == (1, 12):
        if first.year == last.year:
            return str(first.year)
        return _("%(first)s to %(last)s") % {"first": first.year, "last": last.year}
    months = {"first": date_format(first, "F Y"), "last": date_format(last, "F Y")}
    return _("%(first)s to %(last)s") % months


def uncapitalised(label: str) -> str:
    """A label inside a sentence; an abbreviation such as OTS keeps its capitals."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def shown(value: float | str, *, whole: bool = False) -> str:
    """A number as readers write it.

    Whole from ten on; below that one decimal, because half a day less can be the finding.
    """
    if isinstance(value, str):
        return _localised(value)
    if whole or abs(value) >= _WHOLE_FROM:
        return number_format(round(value), 0, force_grouping=True)
    # Rounded first: Django cuts the decimals of a float off.
    tenth = round(value, 1)
    return number_format(tenth, 0 if tenth == round(tenth) else 1)


def _localised(value: str) -> str:
    power = _SCIENTIFIC.fullmatch(value)
    if power is not None:
        exponent = str(int(power[2])).translate(_SUPERSCRIPTS)
        return f"{_localised(power[1])} × 10{exponent}"
    if not _NUMBER.fullmatch(value):
        return value
    return number_format(value, len(value.partition(".")[2]), force_grouping=True)
