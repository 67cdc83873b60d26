"""Values of messages: from the text of an element to a date, number or code, or to nothing.

A parser gives None for whatever is not exactly in its form, quickly; what stands nearly right is
then looked at once more with :func:`mended`. A parser never keeps a text that may be personal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Any, TypeAlias

from vliegwiel.reference import MessageCode, ValueForm

Parser: TypeAlias = Callable[[str | None], Any]

#: Texts of dates and times are few; each is read once.
REMEMBERED = 1 << 16

_ZONE = re.compile(r"(Z|[+-]\d\d:\d\d)$", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)
#: What is left of the eleven test on the signs of nine noughts: a digit counts by its sign.
_OF_NOUGHTS = (9 + 8 + 7 + 6 + 5 + 4 + 3 + 2 - 1) * ord("0") % 11
_LETTERS_DIGITS = re.compile(r"[A-Za-z0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mended:
    """A value that can be read although it stands not quite right; ``rule`` says what is not."""

    value: Any
    rule: str | None


def parser_of(form: ValueForm, codes: Mapping[str, Mapping[str, MessageCode]]) -> Parser:
    """The parser of a form: text to value, None if it is not exactly so."""
    if form.kind == "code":
        known = {code: code for code in codes[form.codes or ""]}
        return known.get  # type: ignore[return-value]  # None is no code, so it gives None
    if form.kind == "date":
        return _day
    if form.kind == "time":
        return _clock
    least, most = form.least or 0, form.most
    if form.kind == "number":
        return _number(least, most if most is not None else 10**18)
    if form.kind == "digits":
        return _digits(least, most or least)
    return _text(least, most, {"letters": str.isalpha, "letters_digits": _plain}.get(form.kind))


def mended(form: ValueForm, parse: Parser, text: str) -> Mended | None:
    """What a text means that is not exactly in its form; None if that cannot be said.

    White space around a date, time or number has no meaning in XML. A zone is cut off, with rule
    "zone" (RS032, RS034).
    """
    if form.kind not in {"date", "time", "number"}:
        return None
    bare = text.strip(" \t\r\n")
    if form.kind == "number":
        value = parse(str(int(bare))) if _WHOLE.fullmatch(bare) else None
        return None if value is None else Mended(value, None)
    without = _ZONE.sub("", bare) if len(bare) > len("00:00") else bare
    value = parse(without)
    if value is None:
        return None
    return Mended(value, "zone" if without != bare else None)


def passes_eleven_test(bsn: str) -> bool:
    """The eleven test (elfproef) of a citizen service number; it must have nine digits.

    9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h − i must be divisible by eleven, and not all be zero.
    """
    a, b, c, d, e, f, g, h, i = bsn.encode()
    weighed = 9 * a + 8 * b + 7 * c + 6 * d + 5 * e + 4 * f + 3 * g + 2 * h - i
    return weighed % 11 == _OF_NOUGHTS and bsn != "000000000"


@lru_cache(maxsize=REMEMBERED)
def first_of_month(day: date) -> date:
    """The first day of the month of a day."""
    return day.replace(day=1)


@lru_cache(maxsize=REMEMBERED)
def written(day: date | None) -> str:
    """A day as it is written: days are few, and writing one takes as long as making a record."""
    return str(day)


@lru_cache(maxsize=REMEMBERED)
def _day(text: str | None) -> date | None:
    if text is None or len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=REMEMBERED)
def _clock(text: str | None) -> time | None:
    if text is None or len(text) < 8 or text[2] != ":" or text[5] != ":" or not text.isascii():
        return None
    try:
        value = time.fromisoformat(text)
    except ValueError:
        return None
    return value if value.tzinfo is None else None


def _number(least: int, most: int) -> Parser:
    longest = len(str(most))

    def parse(text: str | None) -> int | None:
        if text is None or len(text) > longest or not (text.isascii() and text.isdigit()):
            return None
        value = int(text)
        return value if least <= value <= most else None

    return parse


def _digits(least: int, most: int) -> Parser:
    def parse(text: str | None) -> str | None:
        if text is None or not (text.isascii() and text.isdigit()):
            return None
        return text if least <= len(text) <= most else None

    return parse


def _text(least: int, most: int | None, allowed: Callable[[str], object] | None) -> Parser:
    longest = most if most is not None else 1 << 62

    def parse(text: str | None) -> str | None:
        if text is None or not least <= len(text) <= longest or not text.strip():
            return None
        return text if allowed is None or allowed(text) else None

    return parse


def _plain(text: str) -> object:
    return _LETTERS_DIGITS.fullmatch(text)
