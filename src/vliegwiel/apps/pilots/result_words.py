"""What an outcome shows, in words for people who never had statistics."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer import effect_words
from vliegwiel.science.evidence.effects import SIZE_LABELS, Effect, Scale
from vliegwiel.science.evidence.monitoring import LEAST_PERSONS, Look, early_signal
from vliegwiel.science.evidence.verdicts import LEAST_LEVEL
from vliegwiel.science.kernel import Check

from .analysis import Found, RegisteredOutcome

Words = str | Promise
_PERCENT = 100.0
_DAYS_A_MONTH = 30.44
_MOST_MONTHS = 60
_STATISTICS = re.compile(r" \([^()]*\bp (?:=|<|is|less|minder)[^()]*\)")

#: Verdict -> what it is called, and what may be done now.
VERDICTS: Mapping[str, tuple[Words, Words]] = {
    "hard": (
        gettext_lazy("It works: this is hard evidence"),
        gettext_lazy("The region may decide to roll it out."),
    ),
    "indication": (
        gettext_lazy("It looks good, but it is not hard evidence"),
        gettext_lazy("Do not roll it out yet. Below stands what is still lacking."),
    ),
    "not_yet": (
        gettext_lazy("It cannot be said yet"),
        gettext_lazy(
            "This does not mean that it does not work, and not that it works. Go on measuring, "
            "and do not roll it out yet."
        ),
    ),
    "not_relevant": (
        gettext_lazy("It makes no difference that matters"),
        gettext_lazy(
            "A difference as large as was agreed beforehand is as good as ruled out. Rolling it "
            "out for this outcome is not worth the trouble."
        ),
    ),
    "hard_adverse": (
        gettext_lazy("It makes things worse"),
        gettext_lazy("Stop, or adjust it and try again. Do not roll it out."),
    ),
    "none": (
        gettext_lazy("There is no verdict"),
        gettext_lazy("Do not roll it out on this."),
    ),
}
#: Verdict -> how its block looks: kind of the alert.
TONES = {
    "hard": "ok",
    "indication": "info",
    "not_yet": "info",
    "not_relevant": "info",
    "hard_adverse": "warning",
    "none": "warning",
}


@dataclass(frozen=True, slots=True)
class When:
    """When more can be said: `on` where that can be foreseen, and whether it lies in the pilot."""

    sentence: str
    on: date | None = None


def verdict_of(found: Found) -> str:
    """Key of `VERDICTS`."""
    if found.decision is not None:
        return str(found.decision.verdict)
    return "not_yet" if found.effect is None else "none"


def any_look(plan: RegisteredOutcome, found: Found) -> Effect | None:
    """The effect with the interval that holds at any look in place of its own; None without one.

    A share stands on the scale of shares, also where each unit is a place.
    """
    effect = found.effect
    if effect is None:
        return None
    look = found.monitored.latest if found.monitored is not None else None
    low, high = (None, None) if look is None else (look.low, look.high)
    if effect.is_ratio and low is not None and high is not None:
        low, high = _raised(low), _raised(high)
    scale = Scale.SHARE if plan.is_share and effect.scale is Scale.DIFFERENCE else effect.scale
    return replace(effect, low=low, high=high, level=1.0 - plan.alpha, scale=scale)


def headline(plan: RegisteredOutcome, found: Found) -> str:
    """The one sentence about an outcome; it never says something else than the verdict."""
    effect, name = any_look(plan, found), _inside(plan.name)
    if effect is None:
        return _("Nothing can be said about %(outcome)s yet.") % {"outcome": name}
    if found.monitored is not None and effect.low is None:
        return _("There are too few measurements to say anything about %(outcome)s yet.") % {
            "outcome": name
        }
    if verdict_of(found) == "not_relevant" and effect.low is not None and effect.high is not None:
        return _(
            "The initiative makes no difference that matters for %(outcome)s: it lies between "
            "%(low)s and %(high)s."
        ) % {
            "outcome": name,
            "low": sized(plan, effect, effect.low),
            "high": sized(plan, effect, effect.high),
        }
    result = effect.headline
    words = {key: _word(key, value) for key, value in result.params.items()}
    return _tidied(_(result.template) % {**words, "outcome": name})


def sureness(plan: RegisteredOutcome, found: Found) -> str:
    """How the interval must be read; empty without one."""
    effect = any_look(plan, found)
    if effect is None or effect.low is None or effect.high is None:
        return ""
    return _(
        "Chance plays a part in every pilot. The true difference between with and without almost "
        "certainly lies between %(low)s and %(high)s. That is about averages: single youths "
        "differ much more. Of 100 such statements %(sure)s are right, however often somebody "
        "looks in between."
    ) % {
        "low": sized(plan, effect, effect.low),
        "high": sized(plan, effect, effect.high),
        "sure": plain(_PERCENT * (1.0 - plan.alpha)),
    }


def relevance(plan: RegisteredOutcome, found: Found) -> str:
    """How the difference lies beside the smallest one that was registered as mattering."""
    words = {"size": relevant(plan)}
    decision = found.decision
    if decision is None or decision.low is None or decision.high is None or decision.high < 0:
        return _("It was agreed beforehand that a difference from %(size)s matters.") % words
    size = decision.plan.smallest_relevant
    if decision.low > size:
        return (
            _(
                "It was agreed beforehand that a difference from %(size)s matters. The true "
                "difference is larger than that."
            )
            % words
        )
    if max(-decision.low, decision.high) < size:
        return (
            _(
                "It was agreed beforehand that a difference from %(size)s matters. The true "
                "difference is smaller than that, or there is none."
            )
            % words
        )
    return (
        _(
            "It was agreed beforehand that a difference from %(size)s matters. The true difference "
            "may be larger than that, and may be smaller."
        )
        % words
    )


def lacking(plan: RegisteredOutcome, found: Found) -> list[str]:
    """What stands between an effect that looks good and hard evidence."""
    if found.decision is None:
        return []
    told = []
    for one in found.decision.lacking:
        if one.code == "relevance_open":
            words = _(
                "The plan asks for a difference of at least %(size)s, and it may still be smaller."
            )
            told.append(words % {"size": relevant(plan)})
        else:
            told.append(said(one))
    return told


def caution(found: Found) -> str:
    """What the design cannot tell; empty where it can tell that the initiative is the cause."""
    if found.effect is None or found.grade is None or found.grade.level >= LEAST_LEVEL:
        return ""
    if not found.effect.grading.compared:
        return _(
            "Please note: nobody without the initiative was followed. Whether the initiative is "
            "the cause, or something else that changed at the same time, this cannot tell."
        )
    return _(
        "Please note: both sides may have differed from the start. Whether the initiative is the "
        "cause, this cannot tell."
    )


def when(plan: RegisteredOutcome, found: Found, *, today: date) -> When | None:
    """When more can be said; None where enough is known."""
    if verdict_of(found) != "not_yet":
        return None
    if found.since == 0:
        return When(_before_the_first(plan, today))
    if found.monitored is None or found.decision is None or found.first_measured_on is None:
        return When(_("A verdict follows when enough was measured for this design."))
    if found.monitored.latest.low is None:
        return _enough(found)
    signal = early_signal(found.monitored, better=_rising(plan, found))
    return _foreseen(plan, found, signal.expected_size, today)


def _foreseen(plan: RegisteredOutcome, found: Found, size: float | None, today: date) -> When:
    """When so many measurements are there, if they go on coming in as until now."""
    if size is None or found.first_measured_on is None:
        return When(_no_end())
    months = max((today - found.first_measured_on).days / _DAYS_A_MONTH, 1.0)
    rate = found.since / months
    more = (size - found.since) / rate
    if not 0 < more <= _MOST_MONTHS:
        return When(_no_end())
    on = today + timedelta(days=math.ceil(more * _DAYS_A_MONTH))
    sentence = _(
        "If the difference stays as it looks now and measuring goes on as fast as until now, it "
        "can be said after about %(months)s more months, at some %(size)s measurements."
    ) % {
        "months": plain(float(math.ceil(more))),
        "size": plain(float(math.ceil(size))),
    }
    if plan.ends_on is not None and on > plan.ends_on:
        sentence += " " + _(
            "That is after the end of the pilot: with this size it will perhaps stay unknown."
        )
    return When(sentence, on)


def relevant(plan: RegisteredOutcome) -> str:
    """The smallest effect that matters with its unit."""
    if plan.relevant_per_cent:
        return _("%(number)s per cent") % {"number": plain(plan.smallest_relevant)}
    if plan.is_share:
        points = plain(_PERCENT * plan.smallest_relevant)
        return _("%(number)s percentage points") % {"number": points}
    return f"{plain(plan.smallest_relevant)} {plan.unit}".strip()


def on_scale(effect: Effect, value: float) -> float:
    """A value of an effect as it is told: of ratios per cent more, of shares percentage points."""
    if effect.is_ratio:
        return _PERCENT * (value - 1.0)
    return _PERCENT * value if effect.scale is Scale.SHARE else value


def sized(plan: RegisteredOutcome, effect: Effect, value: float) -> str:
    """A value of an effect as “3 days lower”."""
    told = on_scale(effect, value)
    size = plain(abs(told))
    if told == 0:
        return _("no difference")
    form = _("%(size)s higher") if told > 0 else _("%(size)s lower")
    return form % {"size": f"{size} {unit_of(plan, effect)}".strip()}


def unit_of(plan: RegisteredOutcome, effect: Effect) -> str:
    """The unit in which a difference is told."""
    if effect.is_ratio:
        return _("per cent")
    return _("percentage points") if effect.scale is Scale.SHARE else plan.unit


def looks_of(found: Found) -> list[tuple[date, Look]]:
    """The looks that have an interval, with their last days."""
    if found.monitored is None:
        return []
    looks = zip(found.look_days, found.monitored.looks, strict=True)
    return [(day, look) for day, look in looks if look.low is not None and look.high is not None]


def look_value(effect: Effect, value: float) -> float:
    """A value of a look, which adds up, as it is told."""
    return on_scale(effect, _raised(value) if effect.is_ratio else value)


def _before_the_first(plan: RegisteredOutcome, today: date) -> str:
    if plan.starts_on > today:
        return _("The pilot has not begun yet. After the start the first measurements follow.")
    return _(
        "Nothing was measured since the start. As soon as measurements come in, it stands here "
        "what they show."
    )


def _enough(found: Found) -> When:
    """An interval needs some measurements; when they will be there."""
    words = {"least": plain(float(LEAST_PERSONS)), "found": plain(float(found.since))}
    return When(
        _(
            "At least %(least)s measurements since the start are needed before anything can be "
            "said; there are %(found)s."
        )
        % words
    )


def _no_end() -> str:
    return _(
        "When it can be said is not to be foreseen: the difference is still too small beside "
        "chance. More places or youths help more than more months."
    )


def _rising(plan: RegisteredOutcome, found: Found) -> Literal["higher", "lower"]:
    """Which way of the sequence is better: a longer wait is a lower chance that it ends."""
    assert found.effect is not None, "asked before"
    turned = found.effect.scale is Scale.HAZARD_RATIO
    return "higher" if (plan.better == "higher") is not turned else "lower"


def plain(value: float) -> str:
    """A number for a sentence: two digits that mean something, and no zeros that say nothing."""
    if value == 0 or not math.isfinite(value):
        return effect_words.number(value)
    decimals = max(0, 1 - math.floor(math.log10(abs(value))))
    rounded = round(value, decimals)
    while decimals > 0 and round(rounded, decimals - 1) == rounded:
        decimals -= 1
    text = number_format(abs(rounded), decimals, force_grouping=True)
    return f"\N{MINUS SIGN}{text}" if rounded < 0 else text


def said(check: Check) -> str:
    """A check without what only who knows statistics can read, such as p."""
    return _STATISTICS.sub("", effect_words.check(check))


def _word(name: str, value: float | str) -> str:
    if isinstance(value, str):
        return str(_(SIZE_LABELS[value])) if name == "unit" and value in SIZE_LABELS else value
    return plain(value)


def _tidied(sentence: str) -> str:
    """A unit without a name leaves no gap."""
    return re.sub(r" {2,}", " ", sentence).replace(" )", ")").replace(" .", ".")


def _inside(name: str) -> str:
    """A name as it stands within a sentence; abbreviations stay as they are."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _raised(value: float) -> float:
    """The ratio that a logarithm stands for, as far as a number can hold it."""
    return math.exp(min(value, 700.0))
