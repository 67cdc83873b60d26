"""A stated wait as one typed value: what kind of statement it is, and how exact.

The words decide, not the number beside them: "3–6 mnd" is a range of months, and the 19.6 that a
collector makes of it is only its middle. The words are kept as they stood.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from vliegwiel.apps.figures.vocabulary import WaitKind

# 365 / 12 / 7: also what the collecting project uses in its automatic readings.
WEEKS_PER_MONTH = Decimal("4.345")
_WEEKS_PER_UNIT = {
    "weeks": Decimal(1),
    "months": WEEKS_PER_MONTH,
    "days": Decimal(1) / Decimal(7),
    "hours": Decimal(1) / Decimal(168),
}


class Basis(StrEnum):
    """Where the reading comes from: the words, the bare number, or the explanation."""

    TEXT = "text"
    NUMBER = "number"
    EXPLANATION = "explanation"
    NOTHING = "nothing"


KNOWN_KINDS = frozenset(
    {
        WaitKind.WEEKS,
        WaitKind.MONTHS,
        WaitKind.RANGE,
        WaitKind.LONGER_THAN,
        WaitKind.SHORTER_THAN,
        WaitKind.NO_WAIT,
    }
)


@dataclass(frozen=True, slots=True)
class Wait:
    """A stated wait. Bounds are in weeks; `low` is None below a "shorter than", `high` above a
    "longer than"; both are None when the statement gives no number.

    `unit` is the unit of the words: "months" are converted to weeks, and no more exact for it.
    `remark` holds the words that say from when the clock runs, where that is another moment than
    the clock's own ("na diagnostiek"): such a value is shown, but not counted with the others.
    """

    kind: WaitKind
    basis: Basis
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    approximate: bool = False
    remark: str = ""
    raw_text: str | None = None
    raw_number: Decimal | None = None

    @property
    def middle(self) -> Decimal | None:
        """Weeks that stand for the statement in a median: middle of a range, or the only bound."""
        if self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        return self.low if self.low is not None else self.high

    @property
    def is_known(self) -> bool:
        """Whether the statement gives weeks that compare with other statements of its clock."""
        return self.kind in KNOWN_KINDS and not self.remark

    @property
    def is_bound(self) -> bool:
        return self.kind in {WaitKind.LONGER_THAN, WaitKind.SHORTER_THAN}


_DURATION = re.compile(
    r"""^(?P<sign>[<>≥≤±~]|circa|ca\.?|ongeveer|gemiddeld|meer\ dan|minder\ dan|langer\ dan
         |korter\ dan|binnen|minimaal|maximaal)?\s*
        (?P<low>\d{1,3}(?:[.,]\d{1,2})?)\s*
        (?:(?:[–—-]|tot|à)\s*(?P<high>\d{1,3}(?:[.,]\d{1,2})?)\s*)?
        (?P<unit>wk|wkn|week|weken|werkweken|mnd|mnden|maand|maanden|dag|dagen|uur)\b\.?\s*
        (?P<rest>.*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_UNITS = {"w": "weeks", "m": "months", "d": "days", "u": "hours"}
_LONGER = {">", "≥", "meer dan", "langer dan", "minimaal"}
_SHORTER = {"<", "≤", "minder dan", "korter dan", "binnen", "maximaal"}
_ABOUT = {"±", "~", "circa", "ca", "ca.", "ongeveer", "gemiddeld"}
_FILLERS = {"wachttijd", "wachten", "wachtlijst"}

# First match wins. Words, because a null may mean any of these.
_WORDS: tuple[tuple[re.Pattern[str], WaitKind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\b(aanmeld|aanname|cliënten|clienten|patiënten|patienten|opname|intake|instroom)stop\b",
         WaitKind.STOP),
        (r"\bgeen plek\b|\bgesloten voor\b|\bstop\b", WaitKind.STOP),
        (r"\bgeen wacht(tijd|lijst)\b|\bzonder wacht(tijd|lijst)\b|\bper direct\b",
         WaitKind.NO_WAIT),
        (r"\bin overleg\b|\bmaatwerk\b|\bop aanvraag\b", WaitKind.IN_CONSULTATION),
        (r"\b(kort|lang)(e|er|ere)?\b.*\b(wachttijd|wachtlijst|termijn)\b", WaitKind.DESCRIBED),
        (r"\bonbekend\b", WaitKind.UNKNOWN),
    )
)  # fmt: skip
_STOP_IN_EXPLANATION = re.compile(
    r"\b(aanmeld|aanname|cliënten|patiënten|opname|instroom)stop\b|\bgeen plek\b", re.IGNORECASE
)


def read_text(text: str, number: Decimal | None) -> Wait | None:
    """The words behind a wait, read; None when they cannot be read (the number may still be)."""
    stripped = " ".join(text.split())
    match = _DURATION.match(stripped)
    if match:
        return _duration(match, raw_text=text, raw_number=number)
    for pattern, kind in _WORDS:
        if pattern.search(stripped):
            zero = Decimal(0) if kind is WaitKind.NO_WAIT else None
            return Wait(kind, Basis.TEXT, zero, zero, raw_text=text, raw_number=number)
    return None


def read_number(number: Decimal, *, is_aim: bool) -> Wait:
    """A bare number of weeks. A fraction tells that it was made from other words: not exact."""
    if is_aim:
        return Wait(WaitKind.AIM, Basis.NUMBER, number, number, "weeks", raw_number=number)
    if number == 0:
        return Wait(WaitKind.NO_WAIT, Basis.NUMBER, number, number, "weeks", raw_number=number)
    made = has_odd_fraction(number)
    return Wait(WaitKind.WEEKS, Basis.NUMBER, number, number, "weeks", made, raw_number=number)


def read_nothing(*, stated: bool, explanation: str, is_route: bool, row_is_silent: bool) -> Wait:
    """No words and no number: not stated at all, or one of the things that null may mean.

    `row_is_silent`: the other clock of the row says nothing either. Only then does the explanation
    speak for this clock, and only then is "another way in" all that is known.
    """
    if row_is_silent and _STOP_IN_EXPLANATION.search(explanation):
        return Wait(WaitKind.STOP, Basis.EXPLANATION)
    if row_is_silent and is_route:
        return Wait(WaitKind.OTHER_ROUTE, Basis.NOTHING)
    return Wait(WaitKind.UNKNOWN if stated else WaitKind.NOT_STATED, Basis.NOTHING)


def has_odd_fraction(number: Decimal) -> bool:
    """Whether weeks were made from something else: half weeks are said by people, 26.1 is not."""
    return (number * 2) % 1 != 0


def differs(wait: Wait, number: Decimal) -> bool:
    """Whether `number` lies outside what the words say, rounding of months aside."""
    slack = Decimal("0.5")
    if wait.low is None and wait.high is None:
        return number != 0
    low = wait.low if wait.low is not None else Decimal(0)
    return not (low - slack <= number and (wait.high is None or number <= wait.high + slack))


_MENTIONED = re.compile(
    r"(?P<low>\d{1,3})(?:\s*[–—-]\s*(?P<high>\d{1,3}))?\s*(?P<unit>weken|week|wk|maanden|mnd)\b",
    re.IGNORECASE,
)


def durations_in(explanation: str) -> list[Wait]:
    """Every duration that an explanation mentions, in its order."""
    found = []
    for match in _MENTIONED.finditer(explanation):
        low, high = _bounds(match)
        found.append(Wait(WaitKind.RANGE, Basis.EXPLANATION, low, high))
    return found


def _bounds(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    unit = _UNITS[match["unit"][0].lower()]
    factor = _WEEKS_PER_UNIT[unit]
    low = _decimal(match["low"]) * factor
    high = _decimal(match["high"]) * factor if match["high"] else low
    return min(low, high), max(low, high)


def _duration(match: re.Match[str], *, raw_text: str, raw_number: Decimal | None) -> Wait:
    low, high = _bounds(match)
    sign = (match["sign"] or "").lower()
    unit = _UNITS[match["unit"][0].lower()]
    kind = WaitKind.MONTHS if unit == "months" else WaitKind.WEEKS
    lower: Decimal | None = low
    upper: Decimal | None = high
    if sign in _SHORTER and high <= _WEEKS_PER_UNIT["days"]:
        # Crisis care: "within 24 hours" is how the field says that nobody waits.
        kind, lower, upper = WaitKind.NO_WAIT, Decimal(0), Decimal(0)
    elif sign in _LONGER:
        kind, upper = WaitKind.LONGER_THAN, None
    elif sign in _SHORTER:
        kind, lower = WaitKind.SHORTER_THAN, None
    elif match["high"]:
        kind = WaitKind.RANGE
    elif low == 0:
        kind = WaitKind.NO_WAIT
    rest = match["rest"].strip(" .,;")
    return Wait(
        kind,
        Basis.TEXT,
        lower,
        upper,
        unit=unit,
        approximate=sign in _ABOUT or rest.lower() in _ABOUT,
        remark="" if rest.lower() in _ABOUT | _FILLERS else rest,
        raw_text=raw_text,
        raw_number=raw_number,
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
