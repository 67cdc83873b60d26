"""Loads regional figures: a file whole, or nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vliegwiel import reference
from vliegwiel.apps.figures.errors import DeliveryRefused
from vliegwiel.apps.figures.findings import Finding
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.figures.regional_csv import read_figures
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.regions.rights import require

from .keeping import keep


@dataclass(frozen=True, slots=True)
class FiguresLoaded:
    """What a load changed. `delivery_id` is None where the figures stood there already."""

    name: str
    delivery_id: int | None
    read: int
    added: int
    replaced: int
    findings: Sequence[Finding] = ()

    @property
    def changed(self) -> bool:
        return bool(self.added or self.replaced)


@transaction.atomic
def load_figures(*, region: Region, name: str, content: bytes, by: User) -> FiguresLoaded:
    """Loads a CSV of figures about `region` and the Netherlands.

    A figure that differs from the one kept replaces it, and the old one is kept as replaced; a
    figure that is the same stays. Raises DeliveryRefused with every finding when one is an error,
    and NotAllowed without the right to load figures.
    """
    require(by, "figures.load", region)
    rows, findings = read_figures(
        content,
        name=name,
        region_code=region.code,
        sources=set(Source.objects.values_list("key", flat=True)),
        municipalities=[municipality.code for municipality in municipalities_of(region)],
    )
    if rows is None:
        raise DeliveryRefused(name, findings)
    kept = keep(region=region, name=name, content=content, rows=rows, by=by)
    return FiguresLoaded(name, kept.delivery_id, len(rows), kept.added, kept.replaced, findings)


@transaction.atomic
def load_shipped_figures(*, region: Region, by: User) -> Sequence[FiguresLoaded]:
    """Loads the figures that ship for `region` and those of the Netherlands beside them.

    The bibliography must be loaded (`load_sources`). Loading twice changes nothing.
    """
    names = {f"{region.slug}.csv", "netherlands.csv"}
    return [
        load_figures(region=region, name=file.name, content=file.content, by=by)
        for file in reference.regional_figure_files()
        if file.name in names
    ]
