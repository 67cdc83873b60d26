"""Takes a table of CBS StatLine: whole, or nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from vliegwiel.apps.figures.errors import DeliveryRefused
from vliegwiel.apps.figures.findings import Finding
from vliegwiel.apps.figures.statline import read_table
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.regions.rights import require

from .keeping import Kept, keep
from .sources import load_sources


@dataclass(frozen=True, slots=True)
class TableLoaded:
    """What a table brought: `read` figures of its state of `modified_on`, fetched on a day."""

    table: str
    title: str
    modified_on: date
    fetched_on: date
    read: int
    kept: Kept
    findings: Sequence[Finding] = ()

    @property
    def changed(self) -> bool:
        return self.kept.delivery_id is not None


@transaction.atomic
def load_statline_table(*, region: Region, name: str, content: bytes, by: User) -> TableLoaded:
    """Takes a saved table about `region`, its municipalities and the country as one delivery.

    The same table again changes nothing. A figure that the table no longer shows is withdrawn, and
    kept as replaced. Raises DeliveryRefused with every finding when one is an error, and NotAllowed
    without the right to load figures.
    """
    require(by, "figures.load", region)
    read, findings = read_table(
        content,
        name=name,
        region_code=region.code,
        municipalities=[municipality.code for municipality in municipalities_of(region)],
    )
    if read is None:
        raise DeliveryRefused(name, findings)
    if by.is_system:
        # A table may be of a source that this version brought.
        load_sources(by=by)
    saved = read.saved
    kept = keep(
        region=region,
        name=f"{saved.table}, {saved.modified.date().isoformat()}",
        content=content,
        rows=read.rows,
        by=by,
        whole_table=saved.table,
    )
    return TableLoaded(
        table=saved.table,
        title=saved.title,
        modified_on=saved.modified.date(),
        fetched_on=saved.fetched.date(),
        read=len(read.rows),
        kept=kept,
        findings=findings,
    )
