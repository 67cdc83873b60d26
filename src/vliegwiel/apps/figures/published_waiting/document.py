"""Reads a whole file of published waiting times: pure, from bytes to a typed delivery."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from vliegwiel.apps.figures.findings import Finding, Findings

from .envelope import open_envelope
from .fields import read_moment
from .rows import read_row
from .rules import RULES, SCHEMA_VERSION
from .statements import Delivery, Statement


def read_delivery(
    content: bytes, *, name: str, region_code: str
) -> tuple[Delivery | None, Sequence[Finding]]:
    """A delivery and the findings about it; no delivery when one of the findings is an error.

    All findings of the file are returned at once. `region_code` (JZ..) decides which municipality
    a name means where the country has two. Raises KeyError for a region code that does not exist.
    """
    findings = Findings(name, RULES)
    envelope = open_envelope(content, findings)
    if envelope is None:
        return None, findings.found()
    _check_version(envelope, findings)
    made = _generated_at(envelope, findings)
    rows = _rows(envelope, findings)
    statements = [
        statement
        for position, row in enumerate(rows)
        if (
            statement := read_row(
                row,
                position=position,
                # Dates cannot be too late for a moment that is not known.
                made=made or datetime.max.replace(tzinfo=UTC),
                region_code=region_code,
                findings=findings,
            )
        )
    ]
    _check_duplicates(statements, findings)
    if made is None or findings.has_errors():
        return None, findings.found()
    return Delivery(made, tuple(statements)), findings.found()


def _check_version(envelope: dict[str, Any], findings: Findings) -> None:
    version = envelope.get("schemaVersion")
    if not isinstance(version, Decimal) or version != SCHEMA_VERSION:
        shown = "none" if version is None else version
        findings.add("schema_version", "schemaVersion", found=shown, known=SCHEMA_VERSION)


def _generated_at(envelope: dict[str, Any], findings: Findings) -> datetime | None:
    value = envelope.get("generatedAt")
    moment = read_moment(value) if isinstance(value, str) else None
    if moment is None:
        findings.add("generated_at", "generatedAt", found="none" if value is None else value)
        return None
    return moment.astimezone(UTC)


def _rows(envelope: dict[str, Any], findings: Findings) -> Sequence[object]:
    rows = envelope.get("rows")
    if not isinstance(rows, list):
        findings.add("rows_missing", "rows")
        return ()
    if not rows:
        findings.add("rows_empty", "rows")
    return rows


def _check_duplicates(statements: Sequence[Statement], findings: Findings) -> None:
    first: dict[str, int] = {}
    for statement in statements:
        if statement.key in first:
            path = f"rows[{statement.position}]"
            twin = first[statement.key] + 1
            findings.add("duplicate_row", path, statement.provider, first=twin)
        first.setdefault(statement.key, statement.position)
