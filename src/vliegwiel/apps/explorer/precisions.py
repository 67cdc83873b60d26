"""How well what must be known, so that a forecast stops: in words, as text to keep, and refused."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer.descriptions import in_language
from vliegwiel.apps.explorer.measures import MEASURES, Words
from vliegwiel.apps.explorer.sentences import uncapitalised
from vliegwiel.science.caresystem import ALL, CareSystem, Precision, Scenario, extended, is_limited
from vliegwiel.science.caresystem import MEASURES as UNITS

#: Units of what is known over the period of the headline, and how they are shown.
_UNITS: Mapping[str, tuple[Words, float]] = {
    "days": (gettext_lazy("days"), 1.0),
    "youths": (gettext_lazy("youths"), 1.0),
    "euro": (gettext_lazy("euros"), 1.0),
    "share": (gettext_lazy("percentage points"), 100.0),
}


def unit(measure: str) -> Words:
    """In which unit people say how well this measure must be known."""
    return _UNITS[UNITS[measure]][0]


def factor(measure: str) -> float:
    """What a number of the model is multiplied by, to be in that unit."""
    return _UNITS[UNITS[measure]][1]


def to_text(asked: Precision | None) -> str:
    """As it is kept with a run: the same question has the same text; empty when none is asked."""
    return "" if asked is None else json.dumps(asdict(asked), sort_keys=True)


def from_text(text: str) -> Precision | None:
    """Reads what `to_text` wrote."""
    return Precision(**json.loads(text)) if text else None


def objection(asked: Precision, system: CareSystem, scenario: Scenario | None) -> str:
    """Why this can never be known so, in words; empty when nothing is wrong."""
    whole = extended(system, scenario)
    known = {care.id: care for care in whole.care_types}
    focus = scenario.focus if scenario is not None else None
    name = asked.care_type or focus or ALL
    if name != ALL and name not in known:
        words = {"name": name, "known": ", ".join((ALL, *known))}
        return _("There is no form of care “%(name)s”. Choose from: %(known)s.") % words
    if MEASURES[asked.measure].limited and name != ALL and not is_limited(known[name]):
        return _("Nobody waits for %(care_type)s in the model, so that cannot be known better.") % {
            "care_type": uncapitalised(in_language(known[name].label))
        }
    return ""
