"""Loads regional figures: a file whole, or nothing of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vliegwiel import reference
from vliegwiel.apps.figures.errors import DeliveryRefused
from vliegwiel.apps.figures.findings import Finding
from vliegwiel.apps.figures.models import FigureDelivery, RegionalFigure, Source
from vliegwiel.apps.figures.regional_csv import FigureRow, read_figures
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require


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
    sources = {source.key: source for source in Source.objects.all()}
    rows, findings = read_figures(content, name=name, region_code=region.code, sources=sources)
    if rows is None:
        raise DeliveryRefused(name, findings)
    # Two loads at once wait for each other, so that a figure is never kept twice.
    Region.objects.select_for_update().get(pk=region.pk)
    current = {
        _key(figure): figure
        for figure in RegionalFigure.objects.filter(
            region=region, replaced_by__isnull=True
        ).select_related("source")
    }
    new = [row for row in rows if row.key not in current]
    changed = [row for row in rows if row.key in current and _differs(current[row.key], row)]
    if not new and not changed:
        return FiguresLoaded(name, None, len(rows), 0, 0, findings)
    delivery = FigureDelivery.objects.create(
        region=region,
        name=name[:200],
        content_hash=hashlib.sha256(content).hexdigest(),
        loaded_by=by,
    )
    RegionalFigure.objects.filter(pk__in=[current[row.key].pk for row in changed]).update(
        replaced_by=delivery
    )
    RegionalFigure.objects.bulk_create(
        _figure(row, region=region, delivery=delivery, source=sources[row.source])
        for row in [*new, *changed]
    )
    return FiguresLoaded(name, delivery.pk, len(rows), len(new), len(changed), findings)


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


def _key(figure: RegionalFigure) -> tuple[str, ...]:
    return (
        figure.measure,
        figure.area,
        figure.period,
        figure.sex,
        figure.age_band,
        figure.care_form,
        figure.referrer,
        figure.source.key,
    )


_COMPARED = ("value", "decimals", "unit", "status", "label", "place", "note_nl", "note_en")


def _differs(figure: RegionalFigure, row: FigureRow) -> bool:
    return any(getattr(figure, name) != getattr(row, name) for name in _COMPARED)


def _figure(
    row: FigureRow, *, region: Region, delivery: FigureDelivery, source: Source
) -> RegionalFigure:
    return RegionalFigure(
        region=region,
        delivery=delivery,
        measure=row.measure,
        area=row.area,
        period=row.period,
        sex=row.sex,
        age_band=row.age_band,
        care_form=row.care_form,
        referrer=row.referrer,
        value=row.value,
        decimals=row.decimals,
        unit=row.unit,
        status=row.status,
        label=row.label,
        source=source,
        place=row.place,
        note_nl=row.note_nl,
        note_en=row.note_en,
    )
