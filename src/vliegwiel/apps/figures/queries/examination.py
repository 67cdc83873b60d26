"""Looks at a file of published waiting times before it is taken: nothing is kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vliegwiel.apps.figures.file_places import row_fields
from vliegwiel.apps.figures.findings import Finding, errors, warnings
from vliegwiel.apps.figures.models import WaitingTimeDelivery
from vliegwiel.apps.figures.published_waiting import EXAMPLE, read_delivery
from vliegwiel.apps.regions.models import Region


@dataclass(frozen=True, slots=True)
class Examination:
    """What a file would bring. `generated_at` is None when it would be refused."""

    name: str
    generated_at: datetime | None
    rows: int
    rows_for_youth: int
    known_already: bool
    errors: Sequence[Finding]
    warnings: Sequence[Finding]

    @property
    def acceptable(self) -> bool:
        return self.generated_at is not None and not self.errors


def examine_waiting_times(region: Region, *, name: str, content: bytes) -> Examination:
    """Reads a file as a delivery for `region` would, and says all that is wrong with it."""
    delivery, findings = read_delivery(content, name=name, region_code=region.code)
    statements = delivery.statements if delivery else ()
    content_hash = hashlib.sha256(content).hexdigest()
    return Examination(
        name=name,
        generated_at=delivery.generated_at if delivery else None,
        rows=len(statements),
        rows_for_youth=sum(statement.is_for_youth for statement in statements),
        known_already=WaitingTimeDelivery.objects.filter(
            region=region, content_hash=content_hash
        ).exists(),
        errors=errors(findings),
        warnings=warnings(findings),
    )


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a file of published waiting times looks: an example, and what each field of a row holds.

    The fields are keys of the file with their meaning in the reader's language.
    """

    example: str
    fields: Sequence[tuple[str, str]]


def waiting_file_format() -> FileFormat:
    return FileFormat(EXAMPLE, row_fields())
