"""From the bytes of an uploaded file to its text: what every text file can have wrong."""

import re

from django.utils.translation import gettext_noop as _

from .findings import Findings, Rule

LARGEST_FILE = 5_000_000
_HTML = re.compile(r"\s*<(!doctype|html|head|body|\?xml)", re.IGNORECASE)
# Texts that PostgreSQL cannot hold, or that no text can be: NUL and halves of a character.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")

CSV_FILE = _("a CSV file (the name ends in .csv)")
JSON_FILE = _("a JSON file (the name ends in .json)")
# How files that are no text begin: what people choose by mistake.
_BEGINNINGS = (
    (b"PK\x03\x04", _("a file of Excel or Word, or a zip file")),
    (b"\xd0\xcf\x11\xe0", _("a file of an older Excel or Word")),
    (b"%PDF", _("a PDF")),
)

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
        "other_kind",
        _("This looks like %(kind)s. Only %(wanted)s can be loaded here."),
        _("Choose the file in that form, or ask whoever made it."),
        words=("kind", "wanted"),
    ),
    Rule.error(
        "html_instead",
        _("This is a web page, not a data file."),
        _("Fetch the file itself, not the page that shows it."),
    ),
)

CORRECT_CELL = _("Correct this cell and load the file again.")
CELL_RULES: tuple[Rule, ...] = (
    Rule.error(
        "wrong_number_of_cells",
        _("The number of cells in this line is %(found)s; in the heading it is %(expected)s."),
        _("Put quotation marks round texts that hold a comma."),
    ),
    Rule.error("empty_cell", _("This cell may not be empty."), CORRECT_CELL),
    Rule.error("text_too_long", _("The text has more than %(limit)s characters."), CORRECT_CELL),
    Rule.error(
        "unreadable_character", _("The cell holds a character that is no text."), CORRECT_CELL
    ),
    Rule.error("unknown_value", _("'%(found)s' is not one of: %(known)s."), CORRECT_CELL),
)


def decode(
    content: bytes, findings: Findings, *, wanted: str, limit: int = LARGEST_FILE
) -> str | None:
    """The text of a file, or None with the reason in `findings` (rules of FILE_RULES).

    `wanted` says which kind of file is taken: CSV_FILE or JSON_FILE; `limit` is in bytes.
    """
    if len(content) > limit:
        findings.add("too_large", limit=limit // 1_000_000)
        return None
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            findings.add("other_kind", kind=kind, wanted=wanted)
            return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        findings.add("wrong_encoding", byte=problem.start + 1)
        return None
    if not text.strip():
        findings.add("empty_file")
        return None
    if _HTML.match(text):
        findings.add("html_instead")
        return None
    return text


def looks_like_json(text: str) -> bool:
    return text.lstrip()[:1] in {"{", "["}


def looks_like_csv(text: str) -> bool:
    """Whether the first two lines hold equally many separators: a heading and a line under it."""
    lines = [line for line in text.splitlines() if line.strip()][:2]
    if looks_like_json(text) or len(lines) < 2:
        return False
    return any(0 < lines[0].count(mark) == lines[1].count(mark) for mark in ";,\t")
