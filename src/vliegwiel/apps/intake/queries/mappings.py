"""What the columns of a region's tables mean."""

from collections.abc import Sequence

from vliegwiel.apps.intake.models import TableMappingVersion
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.casetables import TableMapping


def table_mappings(region: Region) -> Sequence[TableMappingVersion]:
    """The newest version of each mapping of the region, by name."""
    rows = TableMappingVersion.objects.filter(region=region).select_related("made_by")
    return list(rows.order_by("name", "-version").distinct("name"))


def mapping_for(
    region: Region, headings: tuple[str, ...]
) -> tuple[TableMappingVersion, TableMapping] | None:
    """The mapping that applies to a table with these columns; the newest where several do."""
    for row in sorted(table_mappings(region), key=lambda one: one.pk, reverse=True):
        mapping = TableMapping.model_validate_json(row.document)
        if mapping.fits(headings):
            return row, mapping
    return None
