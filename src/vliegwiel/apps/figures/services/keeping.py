"""Keeps figures that were read: what is new, what differs, and what a table no longer holds."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vliegwiel.apps.figures.models import FigureDelivery, RegionalFigure, Source
from vliegwiel.apps.figures.regional_csv import FigureRow
from vliegwiel.apps.regions.models import Region, User

_IN_ONE_QUERY = 2_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What changed. `delivery_id` is None where the figures stood there already.

    `withdrawn` stood in a table that was fetched before, and do not any more.
    """

    delivery_id: int | None
    added: int
    replaced: int
    withdrawn: int = 0


def keep(
    *,
    region: Region,
    name: str,
    content: bytes,
    rows: Sequence[FigureRow],
    by: User,
    whole_table: str = "",
) -> Kept:
    """Keeps the figures in one delivery, to be called inside a transaction.

    A figure that differs replaces the one kept, which stays as replaced. With `whole_table` the
    rows are all there is of that table: figures of it that are not among them are withdrawn, and
    figures that stayed the same are told to be of its newest state.
    """
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
    keys = {row.key for row in rows}
    gone = [
        figure
        for key, figure in current.items()
        if whole_table and figure.table == whole_table and key not in keys
    ]
    if whole_table:
        _renew_state(rows, current, {row.key for row in changed})
    if not new and not changed and not gone:
        return Kept(None, 0, 0)
    delivery = FigureDelivery.objects.create(
        region=region,
        name=name[:200],
        content_hash=hashlib.sha256(content).hexdigest(),
        loaded_by=by,
    )
    over = [*(current[row.key].pk for row in changed), *(figure.pk for figure in gone)]
    for begin in range(0, len(over), _IN_ONE_QUERY):
        part = over[begin : begin + _IN_ONE_QUERY]
        RegionalFigure.objects.filter(pk__in=part).update(replaced_by=delivery)
    sources = {source.key: source for source in Source.objects.all()}
    RegionalFigure.objects.bulk_create(
        (
            _figure(row, region=region, delivery=delivery, source=sources[row.source])
            for row in [*new, *changed]
        ),
        batch_size=_IN_ONE_QUERY,
    )
    return Kept(delivery.pk, len(new), len(changed), len(gone))


def _renew_state(
    rows: Sequence[FigureRow],
    current: Mapping[tuple[str, ...], RegionalFigure],
    changed: set[tuple[str, ...]],
) -> None:
    """The same number in a newer state of the table: it was confirmed, not changed."""
    confirmed = []
    for row in rows:
        figure = current.get(row.key)
        if figure is None or row.key in changed or figure.modified_on == row.modified_on:
            continue
        figure.table, figure.modified_on = row.table, row.modified_on
        figure.fetched_on = row.fetched_on
        confirmed.append(figure)
    RegionalFigure.objects.bulk_update(
        confirmed, ["table", "modified_on", "fetched_on"], batch_size=_IN_ONE_QUERY
    )


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
        table=row.table,
        modified_on=row.modified_on,
        fetched_on=row.fetched_on,
    )
