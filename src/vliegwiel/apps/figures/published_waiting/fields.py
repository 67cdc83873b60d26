"""Reads the fields of one row; what is wrong with a field becomes a finding at that field."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext_noop as _

from vliegwiel.apps.figures.findings import Findings
from vliegwiel.apps.figures.text_files import NO_TEXT

from .rules import LONGEST_TEXT, LONGEST_WAIT_WEEKS

_T = TypeVar("_T")

_TYPE_NAMES = {
    str: _("text"),
    bool: _("true or false"),
    Decimal: _("a number"),
    list: _("a list"),
    dict: _("an object"),
    type(None): _("null"),
}


def type_name(value: object) -> str:
    return _TYPE_NAMES.get(type(value), type(value).__name__)


class Fields:
    """The fields of one row. A method returns a harmless value where it reports a finding."""

    def __init__(self, row: Mapping[str, Any], path: str, findings: Findings) -> None:
        self._row = row
        self._path = path
        self._findings = findings

    def report(self, code: str, field: str = "", /, **params: object) -> None:
        path = f"{self._path}.{field}" if field else self._path
        provider = self._row.get("p")
        about = provider.strip() if isinstance(provider, str) else ""
        self._findings.add(code, path, about, **params)

    def has(self, field: str) -> bool:
        return field in self._row

    def is_given(self, field: str) -> bool:
        """Whether the field holds something, right or wrong."""
        return self._row.get(field) is not None

    def unknown_fields(self, known: frozenset[str]) -> Sequence[str]:
        return sorted(set(self._row) - known)

    def text(self, field: str, *, required: bool = False, limit: int = LONGEST_TEXT) -> str:
        """A text without outer blanks; empty where it may be absent or null."""
        if field not in self._row:
            if required:
                self.report("field_missing", field, field=field)
            return ""
        value = self._row[field]
        if value is None and not required:
            return ""
        if not isinstance(value, str):
            self._wrong_type(field, _("text"), value)
            return ""
        if required and not value.strip():
            self.report("empty_text", field, field=field)
        return self._checked(value, field, limit)

    def texts(self, field: str, *, required: bool = False, or_one: bool = False) -> Sequence[str]:
        """A list of texts; with `or_one` a single text stands for a list of one."""
        if field not in self._row:
            if required:
                self.report("field_missing", field, field=field)
            return ()
        value = self._row[field]
        if or_one and isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            self._wrong_type(field, _("a list of texts"), value)
            return ()
        found = []
        for index, item in enumerate(value):
            place = f"{field}[{index}]"
            if isinstance(item, str):
                found.append(self._checked(item, place, LONGEST_TEXT))
            else:
                self._wrong_type(place, _("text"), item)
        return tuple(found)

    def choices(self, field: str, known: Mapping[str, _T], values: Sequence[str]) -> list[_T]:
        found = []
        for value in values:
            if value in known:
                found.append(known[value])
            else:
                self.report("unknown_value", field, found=value, known=", ".join(known))
        return found

    def flag(self, field: str) -> bool:
        """True only where the field is there and true."""
        value = self._row.get(field, False)
        if not isinstance(value, bool):
            self._wrong_type(field, _("true or false"), value)
            return False
        return value

    def weeks(self, field: str, *, text_field: str) -> Decimal | None:
        value = self._row.get(field)
        if value is None:
            return None
        if isinstance(value, str):
            self.report("weeks_as_text", field, found=value, text_field=text_field)
        elif not isinstance(value, Decimal):
            self._wrong_type(field, _("a number or null"), value)
        elif not value.is_finite():
            self.report("not_finite", field, value=value)
        elif value < 0:
            self.report("weeks_negative", field, found=value)
        elif value > LONGEST_WAIT_WEEKS:
            self.report("weeks_too_many", field, found=value)
        else:
            return value
        return None

    def day(self, field: str, *, made: datetime) -> tuple[date, bool]:
        """A date, and whether it names a month only (then the first of that month)."""
        value = self.text(field, required=True)
        month_only = bool(re.fullmatch(r"\d{4}-\d{2}", value))
        if not value:
            return made.date(), False
        try:
            if not month_only and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError(value)
            found = date.fromisoformat(f"{value}-01" if month_only else value)
        except ValueError:
            self.report("date_invalid", field, found=value)
            return made.date(), False
        if found > made.date():
            self.report("date_in_future", field, found=value, made=made.date().isoformat())
        return found, month_only

    def moment(self, field: str) -> datetime | None:
        value = self.text(field)
        if not value:
            return None
        found = read_moment(value)
        if found is None:
            self.report("moment_invalid", field, found=value)
        return found

    def address(self, field: str) -> str:
        value = self.text(field, required=True, limit=2000)
        if value and not re.match(r"https?://[^\s/]+", value):
            self.report("address_not_web", field, found=value)
            return ""
        return value

    def text_or_number(self, field: str) -> str:
        """A text, or "" for a number: some makers of the file let a counter slip in here."""
        value = self._row.get(field, "")
        if isinstance(value, str):
            return value
        if not isinstance(value, Decimal):
            self._wrong_type(field, _("text"), value)
        return ""

    def _checked(self, value: str, field: str, limit: int) -> str:
        if NO_TEXT.search(value):
            self.report("unreadable_character", field, field=field)
            return ""
        if len(value) > limit:
            self.report("text_too_long", field, field=field, limit=limit)
        return value.strip()

    def _wrong_type(self, field: str, expected: str, value: object) -> None:
        self.report("wrong_type", field, field=field, expected=expected, found=type_name(value))


def read_moment(text: str) -> datetime | None:
    """A date and time with time zone, or None. The fraction of a second is optional."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
