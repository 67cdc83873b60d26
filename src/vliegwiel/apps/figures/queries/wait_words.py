"""A stated wait in a few words, no more exact than the statement."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from vliegwiel.apps.figures.published_waiting import WEEKS_PER_MONTH, Wait
from vliegwiel.apps.figures.vocabulary import WaitKind


def wait_words(wait: Wait) -> str:
    """Such as "3 to 6 months", "about 26 weeks", "no wait", "closed to new clients"."""
    if wait.middle is None or wait.kind is WaitKind.NO_WAIT:
        return str(WaitKind(wait.kind).label)
    per_unit = WEEKS_PER_MONTH if wait.unit == "months" else Decimal(1)
    low = _shown(wait.low, per_unit)
    high = _shown(wait.high, per_unit)
    amount = gettext("%(low)s to %(high)s") % {"low": low, "high": high}
    if low == high or wait.high is None:
        amount = low
    elif wait.low is None:
        amount = high
    text = _with_unit(wait, amount)
    if wait.kind is WaitKind.LONGER_THAN:
        text = gettext("%(duration)s or longer") % {"duration": text}
    elif wait.kind is WaitKind.SHORTER_THAN:
        text = gettext("at most %(duration)s") % {"duration": text}
    elif wait.kind is WaitKind.AIM:
        text = gettext("aims at %(duration)s") % {"duration": text}
    elif wait.approximate:
        text = gettext("about %(duration)s") % {"duration": text}
    return f"{text} ({wait.remark})" if wait.remark else text


def _with_unit(wait: Wait, amount: str) -> str:
    count = 1 if amount == "1" else 2
    if wait.unit == "months":
        return ngettext("%(amount)s month", "%(amount)s months", count) % {"amount": amount}
    return ngettext("%(amount)s week", "%(amount)s weeks", count) % {"amount": amount}


def _shown(weeks: Decimal | None, per_unit: Decimal) -> str:
    if weeks is None:
        return ""
    amount = (weeks / per_unit).quantize(Decimal("0.1"))
    return str(number_format(amount, 0 if amount == amount.to_integral() else 1))
