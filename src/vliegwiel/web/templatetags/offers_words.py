"""Waits and ages of offers in words; load with {% load offers_words %}."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vliegwiel.apps.offers.queries import OfferLine
from vliegwiel.web import notation

register = template.Library()

# Of fewer days nobody says it in weeks.
_IN_WEEKS = 14


@register.filter
def wait_days(value: int) -> str:
    """1 day, 13 days; a longer one with its weeks: 98 days (14 weeks)."""
    text = ngettext("%(n)s day", "%(n)s days", value) % {"n": notation.number(value)}
    if value < _IN_WEEKS:
        return text
    weeks = notation.number(round(value / 7))
    return _("%(days)s (%(weeks)s weeks)") % {"days": text, "weeks": weeks}


@register.filter
def offer_ages(line: OfferLine) -> str:
    """The ages of an offer, both inclusive."""
    return _("%(low)s to %(high)s years") % {"low": line.age_from, "high": line.age_to}
