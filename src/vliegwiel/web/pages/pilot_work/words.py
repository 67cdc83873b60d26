"""What a core group hears, in words, and where it can do something about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.pilots.queries import Happened, ToDecide

_HAPPENED: Mapping[Happened, str | Promise] = {
    Happened.REGISTERED: _("The plan was registered"),
    Happened.AMENDED: _("The plan was amended"),
    Happened.MEASURED: _("Measurements came in"),
    Happened.LEARNED: _("Something was learned"),
    Happened.RISK: _("A risk was written down or changed"),
    Happened.MILESTONE: _("A milestone was reached"),
}
#: What waits, as a question to the group, and the page where the answer is written down.
_QUESTIONS: Mapping[ToDecide, tuple[str | Promise, str]] = {
    ToDecide.MILESTONE_LATE: (
        _("This milestone was not reached in time. What is needed, or which day is it?"),
        "pilot_work",
    ),
    ToDecide.RISK_WITHOUT_MEASURE: (
        _("This risk weighs heavily and nothing is done about it yet. What do we do?"),
        "pilot_work",
    ),
    ToDecide.RISK_HAPPENED: (_("This risk came true. What do we do now?"), "pilot_work"),
    ToDecide.DECISION_LATE: (
        _("This was decided and should have been done by now. Was it done?"),
        "core_group",
    ),
    ToDecide.NOTHING_MEASURED: (
        _("Nothing was measured of this outcome for a long time. Who brings the measurements?"),
        "pilot_measurements",
    ),
    ToDecide.END_PASSED: (
        _("The pilot has come to its end. Stop, adjust, go on or scale up?"),
        "pilot",
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the page: what it is, about what, since when, and where to go."""

    what: str
    text: str
    on: date
    url: str = ""


def changes(found: Iterable[Any]) -> Sequence[Told]:
    return [Told(str(_HAPPENED[one.what]), one.text, one.on) for one in found]


def questions(region: Any, pilot: int, found: Iterable[Any]) -> Sequence[Told]:
    told = []
    for one in found:
        sentence, page = _QUESTIONS[one.what]
        url = reverse(page, args=[region.slug, pilot])
        told.append(Told(str(sentence), one.text, one.since, url))
    return told
