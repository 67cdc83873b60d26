"""A check of a fit in words."""

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.fit_outcomes import CheckOutcome
from vliegwiel.web import notation

from .tables import Names


def sentence(check: CheckOutcome, names: Names) -> str:
    """A check in words, with the names of what it is about."""
    shown = {
        name: names.get(value, value) if isinstance(value, str) else _number(value)
        for name, value in check.params.items()
    }
    return _(check.template) % shown


def _number(value: float) -> str:
    whole = abs(value) >= 10 or value == round(value)
    return notation.number(value, 0 if whole else 1)
