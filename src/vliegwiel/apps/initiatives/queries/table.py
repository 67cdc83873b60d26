"""The register as rows of a table: what may be seen and fits, with all that a file holds of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from django.db.models import Prefetch

from vliegwiel.apps.initiatives.facts import KEY_FIELDS
from vliegwiel.apps.initiatives.initiative_table import COLUMNS
from vliegwiel.apps.initiatives.models import Initiative, InsightLink
from vliegwiel.apps.regions.models import Region

from .detail import facts_of
from .register import DEFERRED, Person, Wanted, narrowed, visible

_AT_ONCE = 500

Cell = str | int | None


def register_rows(
    visitor: Person, wanted: Wanted, *, region: Region | None = None
) -> Iterator[Mapping[str, Cell]]:
    """A row by column of the table of initiatives, what changed last first.

    Read in pieces, so that a long register does not fill the memory. Texts stand in Dutch, which
    every initiative has; several keys have | between them.
    """
    rows = narrowed(visible(visitor), wanted).select_related("region").defer(*DEFERRED)
    if region is not None:
        rows = rows.filter(region=region)
    linked = InsightLink.objects.select_related("insight").order_by("insight__number")
    rows = rows.prefetch_related(Prefetch("insight_links", linked)).order_by("-changed_at", "-pk")
    for row in rows.iterator(chunk_size=_AT_ONCE):
        yield _cells(row)


def register_columns() -> Sequence[str]:
    return list(COLUMNS)


def _cells(row: Initiative) -> Mapping[str, Cell]:
    facts = facts_of(row, [link.insight.number for link in row.insight_links.all()])
    lists = (*KEY_FIELDS, "insights")
    texts = {
        name: "|".join(map(str, value)) if name in lists else value
        for name, value in asdict(facts).items()
    }
    return {
        **texts,
        "mark": row.mark,
        "id": row.pk,
        "region": row.region.code if row.region else "",
        "kind": row.kind,
        "stage": row.stage,
        "stage_since": row.stage_since.date().isoformat(),
        "published": "yes" if row.published_at else "no",
    }
