"""Where in a file a finding is, as a person says it: "row 11 (Accare), funding"."""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

# What the fields of a row in a file with published waiting times hold; the keys are the file's own.
ROW_LABELS: Mapping[str, str] = {
    "p": _("provider"),
    "w": _("offer"),
    "a": _("kind of help"),
    "l": _("place of the offer"),
    "d": _("target group"),
    "e": _("expertise"),
    "c": _("funding"),
    "k": _("nature of the statement"),
    "s": _("explanation"),
    "u": _("page of the provider"),
    "us": _("further pages"),
    "date": _("day of the statement"),
    "i": _("wait until the intake, number"),
    "iText": _("wait until the intake, words"),
    "b": _("wait until treatment, number"),
    "bText": _("wait until treatment, words"),
    "live": _("read that day"),
    "checked": _("page visited"),
    "checkedAt": _("moment of the visit"),
    "refreshState": _("how it was read"),
    "cr": _("crisis help"),
}
FIELD_LABELS: Mapping[str, str] = {
    "schemaVersion": _("version of the format"),
    "generatedAt": _("moment on which the file was made"),
    "rows": _("list of offers"),
    **ROW_LABELS,
}
_ROW = re.compile(r"rows\[(?P<row>\d+)\](?:\.(?P<field>\w+)(?:\[(?P<item>\d+)\])?)?")
_LINE = re.compile(r"line (?P<line>\d+)(?:, (?P<column>\w+))?")


def in_words(path: str, about: str = "") -> str:
    """The place that `path` names, counted from one; empty for a file as a whole.

    `path` is like `rows[10].c` or `line 4, value`; `about` names what stands in the row. A path of
    another form is given back as it is.
    """
    if match := _ROW.fullmatch(path):
        return ", ".join(_row_words(match, about))
    if match := _LINE.fullmatch(path):
        words = gettext("line %(number)s") % {"number": match["line"]}
        if match["column"]:
            words += ", " + gettext("column “%(name)s”") % {"name": match["column"]}
        return words
    return field_label(path)


def field_label(key: str) -> str:
    """What a field of the file holds; the key itself where it is not one of ours."""
    return gettext(FIELD_LABELS[key]) if key in FIELD_LABELS else key


def row_fields() -> Sequence[tuple[str, str]]:
    """The fields of a row, each with what it holds in the reader's language."""
    return [(key, gettext(label)) for key, label in ROW_LABELS.items()]


def _row_words(match: re.Match[str], about: str) -> list[str]:
    row = gettext("row %(number)s") % {"number": int(match["row"]) + 1}
    words = [f"{row} ({about})" if about else row]
    if match["field"]:
        words.append(field_label(match["field"]))
    if match["item"]:
        words.append(gettext("item %(number)s") % {"number": int(match["item"]) + 1})
    return words
