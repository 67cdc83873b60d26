"""What the science says as a code with parameters, as a sentence in the reader's language."""

import re

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.descriptions import in_active_language
from vliegwiel.science.caresystem import Forecast
from vliegwiel.science.kernel import Check, Fault

_NUMBER = re.compile(r"-?\d+\.\d+")
_WHOLE_FROM = 10


def fault(found: Fault) -> str:
    """What is wrong in a document, with numbers in the notation of the reader."""
    return _(found.template) % {name: _localised(value) for name, value in found.params.items()}


def headline(forecast: Forecast) -> str:
    """The outcome of a forecast in one sentence that can be repeated."""
    result = forecast.headline
    # All numbers of a sentence with as many decimals: whole ones when the largest is ten or more.
    sizes = [abs(value) for value in result.params.values() if not isinstance(value, str)]
    whole = max(sizes, default=0.0) >= _WHOLE_FROM
    params = {name: _shown(value, whole=whole) for name, value in result.params.items()}
    label = in_active_language(forecast.labels[forecast.focus])
    params |= {"care_type": uncapitalised(label), "period": period(forecast)}
    return _(result.template) % params


def check(found: Check) -> str:
    """What was verified about a forecast."""
    return _(found.template) % {name: _shown(value) for name, value in found.params.items()}


def period(forecast: Forecast) -> str:
    """The period that the headline is about: a year, or its first and last month."""
    first, last = forecast.period
    if first.year == last.year and (first.month, last.month) == (1, 12):
        return str(first.year)
    months = {"first": date_format(first, "F Y"), "last": date_format(last, "F Y")}
    return _("%(first)s to %(last)s") % months


def uncapitalised(label: str) -> str:
    """A label inside a sentence; an abbreviation such as OTS keeps its capitals."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _shown(value: float | str, *, whole: bool = False) -> str:
    """Whole from ten on; below that one decimal, because half a day less can be the finding."""
    if isinstance(value, str):
        return _localised(value)
    if whole or abs(value) >= _WHOLE_FROM:
        return number_format(round(value), 0, force_grouping=True)
    # Rounded first: Django cuts the decimals of a float off.
    tenth = round(value, 1)
    return number_format(tenth, 0 if tenth == round(tenth) else 1)


def _localised(value: str) -> str:
    if not _NUMBER.fullmatch(value):
        return value
    return number_format(value, len(value.partition(".")[2]))
