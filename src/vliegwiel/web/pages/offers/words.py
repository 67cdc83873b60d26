"""Offers in words: a wait with its source, how a cell is covered, and why two waits differ."""

from collections.abc import Mapping
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from vliegwiel.apps.offers.queries import Cover, Reason
from vliegwiel.science.trajectories import Clock
from vliegwiel.web import charts, notation

Words = str | Promise

#: How a cell of the table of cover looks: sign, tone in the chart, tone in the table.
SIGNS: Mapping[str, tuple[str, str, Literal["worse", "less", "plain", "better"]]] = {
    Cover.NONE.value: ("×", "bad", "worse"),
    Cover.NOT_FREE.value: ("◐", "limited", "less"),
    Cover.BEYOND.value: ("!", "late", "less"),
    Cover.UNKNOWN.value: ("?", "unknown", "plain"),
    Cover.COVERED.value: ("✓", "good", "better"),
}

#: Why two waits can differ: in a few words for a table, and in a sentence.
REASONS: Mapping[Reason, tuple[Words, Words]] = {
    Reason.OTHER_BEGIN: (
        gettext_lazy("other begin"),
        gettext_lazy("The provider counts from applying, messages count from the decision."),
    ),
    Reason.OTHER_END: (
        gettext_lazy("other end"),
        gettext_lazy("The provider counts until the intake, messages until the help starts."),
    ),
    Reason.MORE_FORMS: (
        gettext_lazy("taken together"),
        gettext_lazy(
            "Messages tell of this provider with all its forms, and of this form with all "
            "providers."
        ),
    ),
    Reason.OTHER_TIME: (
        gettext_lazy("other time"),
        gettext_lazy("It was said outside the months that messages tell of."),
    ),
    Reason.NOT_SHOWN: (
        gettext_lazy("not shown"),
        gettext_lazy("Messages tell nothing of it, or of too few youths."),
    ),
}

CLOCK_NAMES: Mapping[Clock, Words] = {
    Clock.W1: gettext_lazy("From decision to start"),
    Clock.W3: gettext_lazy("From request to start"),
}


def matrix_signs() -> Mapping[str, charts.MatrixSign]:
    """What stands in the chart of cover, in the reader's language."""
    return {
        key: charts.MatrixSign(sign, tone, str(Cover(key).label))
        for key, (sign, tone, _table) in SIGNS.items()
    }


def legend() -> str:
    """The signs of the chart in one line."""
    return "; ".join(f"{sign} {Cover(key).label}" for key, (sign, _t, _u) in SIGNS.items())


def low_to_high(low: int, high: int) -> str:
    """Days as one number or from lowest to highest."""
    return notation.number(low) if low == high else notation.interval(low, high)
