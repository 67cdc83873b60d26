"""From the bytes of an uploaded file to its text: what every text file can have wrong."""

import re

from django.utils.translation import gettext_noop as _

from .findings import Findings, Rule

LARGEST_FILE = 5_000_000
_HTML = re.compile(r"\s*<(!doctype|html|head|body|\?xml)", re.IGNORECASE)
# Texts that PostgreSQL cannot hold, or that no text can be: NUL and halves of a character.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")

FILE_RULES: tuple[Rule, ...] = (
    Rule.error(
        "empty_file", _("The file is empty."), _("Fetch the file again and load it as it is.")
    ),
    Rule.error(
        "too_large",
        _("The file is larger than %(limit)s megabytes."),
        _("Check that this is the right file."),
    ),
    Rule.error(
        "wrong_encoding",
        _("The file is not UTF-8: byte %(byte)s cannot be read."),
        _("Save the file as UTF-8 and load it again."),
    ),
    Rule.error(
        "html_instead",
        _("This is a web page, not a data file."),
        _("Fetch the file itself, not the page that shows it."),
    ),
)


def decode(content: bytes, findings: Findings) -> str | None:
    """The text of a file, or None with the reason in `findings` (rules of FILE_RULES)."""
    if len(content) > LARGEST_FILE:
        findings.add("too_large", limit=LARGEST_FILE // 1_000_000)
        return None
    if not content.strip():
        findings.add("empty_file")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        findings.add("wrong_encoding", byte=problem.start + 1)
        return None
    if _HTML.match(text):
        findings.add("html_instead")
        return None
    return text
