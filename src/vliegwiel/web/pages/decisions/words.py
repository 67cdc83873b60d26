"""Effects, forecasts, verdicts and decisions in plain words."""

import math
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vliegwiel.apps.decisions.queries import read_choice
from vliegwiel.apps.explorer import effect_words
from vliegwiel.apps.explorer.measures import MEASURES
from vliegwiel.science.caresystem import ALL

Words = str | Promise
_PERCENT = 100.0

#: Code of what keeps evidence from being hard -> what is needed.
NEEDED: Mapping[str, Words] = {
    "weak_design": gettext_lazy(
        "A stronger way of comparing: beside others who do not have the initiative."
    ),
    "relevance_open": gettext_lazy(
        "More measurements, until an effect too small to matter can be left out."
    ),
    "next_region_unknown": gettext_lazy("Results of other regions: three or more."),
    "next_region_open": gettext_lazy(
        "Regions that agree more: in a next one it may do nothing, or harm."
    ),
    "looked_early": gettext_lazy("Wait until the end that was registered."),
    "less_certain": gettext_lazy("The certainty that was registered."),
    "other_tuning": gettext_lazy("The number of measurements that was registered."),
    "other_design": gettext_lazy("The way of comparing that was registered."),
    "registered_late": gettext_lazy("A plan that was registered before the first measurement."),
    "measuring_unknown": gettext_lazy("The day of the first measurement."),
    "check_failed": gettext_lazy(
        "A look at the check that failed: until then the numbers cannot be relied upon."
    ),
    "zero_possible": gettext_lazy(
        "More measurements: no effect at all is still possible with what there is."
    ),
    "no_interval": gettext_lazy("More measurements: there are too few to say how sure it is."),
}
#: Verdict -> what it needs when nothing else was named.
_OTHERWISE: Mapping[str, Words] = {
    "not_yet": NEEDED["zero_possible"],
    "not_relevant": gettext_lazy(
        "Another approach: an effect as large as was agreed beforehand is as good as ruled out."
    ),
    "hard_adverse": gettext_lazy("Stop, or adjust it and try again: it makes things worse."),
}
#: Kind of decision -> what it means here.
MEANING: Mapping[str, Words] = {
    "stop": gettext_lazy("The initiative ends here. Write down what was learned."),
    "adjust": gettext_lazy("Something changes first, and then it is tried again."),
    "continue": gettext_lazy("The pilot goes on as it was planned."),
    "scale": gettext_lazy("More youths, more places. Asks for hard evidence."),
}


def needed(verdict: str, lacking: tuple[str, ...]) -> list[str]:
    """What stands between this evidence and rolling out; nothing for hard evidence."""
    found = [str(NEEDED[code]) for code in lacking if code in NEEDED]
    if not found and verdict in _OTHERWISE:
        found = [str(_OTHERWISE[verdict])]
    return found


def shown(value: float, *, per_cent: bool) -> float:
    """From the scale that adds up to what people read: per cent, or the unit itself."""
    return _PERCENT * math.expm1(value) if per_cent else value


def sized(value: float | None, unit: str, *, per_cent: bool) -> str:
    """8% lower; 3.2 days more; a dash for nothing."""
    if value is None:
        return effect_words.number(None)
    number = shown(value, per_cent=per_cent)
    size = effect_words.number(abs(_rounded(number)))
    if _rounded(number) == 0:
        return _("no difference")
    words = {"size": f"{size}%" if per_cent else f"{size} {unit}"}
    return _("%(size)s lower") % words if number < 0 else _("%(size)s higher") % words


def spanned(low: float | None, high: float | None, unit: str, *, per_cent: bool) -> str:
    """From one end to the other; a dash without them."""
    if low is None or high is None:
        return effect_words.number(None)
    ends = sorted(shown(value, per_cent=per_cent) for value in (low, high))
    if ends[0] < 0 < ends[1] or not all(map(_rounded, ends)):
        return _("%(low)s to %(high)s") % {
            "low": sized(low, unit, per_cent=per_cent),
            "high": sized(high, unit, per_cent=per_cent),
        }
    small, large = (effect_words.number(abs(_rounded(end))) for end in sorted(ends, key=abs))
    span = {"low": small, "high": f"{large}%" if per_cent else f"{large} {unit}"}
    words = {"size": _("%(low)s to %(high)s") % span}
    return _("%(size)s lower") % words if ends[1] < 0 else _("%(size)s higher") % words


def series(choice: str, label: Mapping[str, str]) -> str:
    """A number of the model in words: waiting time, outpatient help."""
    measure, care_type = read_choice(choice)
    name = str(MEASURES[measure].label)
    if care_type == ALL:
        return _("%(measure)s, all help together") % {"measure": name}
    language = (get_language() or "nl")[:2]
    return f"{name}, {label.get(language, care_type)}"


def unit_shown(unit: str, *, per_cent: bool) -> str:
    return _("per cent") if per_cent else unit


def _rounded(number: float) -> float:
    """Three digits that mean something."""
    if number == 0 or not math.isfinite(number):
        return 0.0
    return round(number, max(0, 2 - math.floor(math.log10(abs(number)))))
