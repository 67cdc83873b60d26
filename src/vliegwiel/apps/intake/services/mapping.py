"""Settling what the columns of a table mean."""

from django.db import transaction

from vliegwiel.apps.intake.models import TableMappingVersion
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.casetables import TableMapping

from .locking import lock


@transaction.atomic
def settle_columns(
    *, region: Region, name: str, mapping: TableMapping, by: User
) -> TableMappingVersion:
    """Keeps a mapping as the next version under its name; without a change nothing happens.

    Raises RegionBusy, and NotAllowed without the right to deliver.
    """
    require(by, "care_data.deliver", region)
    lock(region)
    rows = TableMappingVersion.objects.filter(region=region, name__iexact=name)
    newest = rows.order_by("-version").first()
    document = mapping.model_dump_json()
    if newest is not None and newest.document == document:
        return newest
    return TableMappingVersion.objects.create(
        region=region,
        name=newest.name if newest else name,
        version=newest.version + 1 if newest else 1,
        document=document,
        made_by=by,
    )
