"""What a page gives to download."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from vliegwiel.apps.explorer.spreadsheets import BYTE_ORDER_MARK, FileColumn, Value, for_programs

_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
}


def attached(content: str | bytes, name: str) -> HttpResponse:
    """A file of this name; what kind it is follows from how the name ends."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=_KINDS[name.rpartition(".")[2]], headers=headers)


def attached_table(
    name: str, columns: Iterable[str], rows: Iterable[Sequence[Value]]
) -> HttpResponse:
    """A table for programs, by the names of its columns; `name` is without .csv."""
    lines = for_programs([FileColumn(column) for column in columns], rows)
    # By the mark spreadsheets know how letters with accents are written.
    return attached(BYTE_ORDER_MARK + "".join(lines), f"{name}.csv")
