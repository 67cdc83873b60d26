"""What is offered on a day: the finder, and one offer with its history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from vliegwiel.apps.offers.models import OfferVersion, OfferWait
from vliegwiel.apps.offers.vocabulary import DataMark, OfferedForm
from vliegwiel.apps.regions.models import Municipality, Region
from vliegwiel.apps.regions.queries import municipalities_of

from .providers import provider_names


@dataclass(frozen=True, slots=True)
class OfferWanted:
    """What somebody looks for. An empty field narrows nothing; nothing of it is kept."""

    form: str = ""
    age: int | None = None
    municipality: str = ""
    only_free: bool = False
    provider: str = ""


@dataclass(frozen=True, slots=True)
class WaitLine:
    """How long the wait is said to be. `place` is where it says so, an address or words."""

    days: int
    until: str
    until_label: str
    stated_on: date
    source: str
    source_label: str
    place: str

    @property
    def is_address(self) -> bool:
        return self.place.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer as it is now, with the wait that was said last; None where nobody said one."""

    id: int
    version: int
    provider_code: str
    provider: str
    code: str
    title: str
    care_form: str
    care_form_label: str
    target_group: str
    age_from: int
    age_to: int
    municipalities: Sequence[str]
    municipality_names: Sequence[str]
    whole_region: bool
    free: bool
    places: int | None
    starts_on: date | None
    ends_on: date | None
    mark: str
    wait: WaitLine | None


@dataclass(frozen=True, slots=True)
class PastVersion:
    """What an offer was, from when until when it counted, and who wrote it down."""

    line: OfferLine
    recorded_at: datetime
    recorded_by: str
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfferDetail:
    """An offer with all that was said of it, the newest first."""

    line: OfferLine
    versions: Sequence[PastVersion]
    waits: Sequence[WaitLine]


def find_offers(region: Region, wanted: OfferWanted, *, on: date) -> Sequence[OfferLine]:
    """The offers of a day that fit, the shortest wait first; those without a known wait last."""
    found = _lines(region, _fitting(_current(region), wanted, on))
    return sorted(found, key=_by_wait)


def offer_detail(region: Region, pk: int) -> OfferDetail | None:
    """One offer with its history; None where the region has no such offer."""
    rows = list(
        OfferVersion.objects.filter(offer__region=region, offer_id=pk)
        .select_related("offer", "recorded_by")
        .prefetch_related(_waits())
    )
    lines = _lines(region, rows)
    current = next(
        (line for row, line in zip(rows, lines, strict=True) if not row.replaced_at), None
    )
    if current is None:
        return None
    return OfferDetail(
        line=current,
        versions=[
            PastVersion(line, row.recorded_at, str(row.recorded_by), row.replaced_at)
            for row, line in zip(rows, lines, strict=True)
        ],
        waits=[_wait_line(wait) for wait in rows[0].offer.waits.all()],
    )


def register_mark(lines: Iterable[OfferLine]) -> str:
    """The mark that a page must show: made-up rows among these make it one."""
    marks = {line.mark for line in lines}
    return next((mark for mark in (DataMark.GENERATED, DataMark.EXAMPLE) if mark in marks), "")


def current_lines(region: Region, on: date) -> Sequence[OfferLine]:
    """All that is offered on a day."""
    return _lines(region, _fitting(_current(region), OfferWanted(), on))


def _waits() -> "Prefetch[str]":
    counting = OfferWait.objects.filter(replaced_at__isnull=True)
    return Prefetch("offer__waits", queryset=counting)


def _current(region: Region) -> QuerySet[OfferVersion]:
    return (
        OfferVersion.objects.filter(offer__region=region, replaced_at__isnull=True)
        .select_related("offer")
        .prefetch_related(_waits())
        .order_by("offer__provider_code", "offer__code")
    )


def _fitting(rows: QuerySet[OfferVersion], wanted: OfferWanted, on: date) -> QuerySet[OfferVersion]:
    fits = (Q(starts_on__isnull=True) | Q(starts_on__lte=on)) & (
        Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    )
    if wanted.form:
        fits &= Q(care_form=wanted.form)
    if wanted.age is not None:
        fits &= Q(age_from__lte=wanted.age, age_to__gte=wanted.age)
    if wanted.municipality:
        fits &= Q(municipalities__contains=[wanted.municipality])
    if wanted.only_free:
        fits &= Q(free=True)
    if wanted.provider:
        fits &= Q(offer__provider_code=wanted.provider)
    return rows.filter(fits)


def _lines(region: Region, rows: Iterable[OfferVersion]) -> list[OfferLine]:
    names, found = provider_names(region), list(rows)
    region_codes = {place.code for place in municipalities_of(region)}
    codes = {code for row in found for code in row.municipalities}
    places = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    return [
        _line(row, names, places, whole_region=region_codes <= set(row.municipalities))
        for row in found
    ]


def _line(
    row: OfferVersion, names: Mapping[str, str], places: Mapping[str, str], *, whole_region: bool
) -> OfferLine:
    # Prefetched, the one said last first.
    waits = list(row.offer.waits.all())
    return OfferLine(
        id=row.offer_id,
        version=row.pk,
        provider_code=row.offer.provider_code,
        provider=names.get(row.offer.provider_code, row.offer.provider_code),
        code=row.offer.code,
        title=row.title,
        care_form=row.care_form,
        care_form_label=str(OfferedForm(row.care_form).label),
        target_group=row.target_group,
        age_from=row.age_from,
        age_to=row.age_to,
        municipalities=tuple(row.municipalities),
        municipality_names=sorted(places.get(code, code) for code in row.municipalities),
        whole_region=whole_region,
        free=row.free,
        places=row.places,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        mark=row.mark,
        wait=_wait_line(waits[0]) if waits else None,
    )


def _wait_line(wait: OfferWait) -> WaitLine:
    return WaitLine(
        days=wait.days,
        until=wait.until,
        until_label=wait.get_until_display(),
        stated_on=wait.stated_on,
        source=wait.source,
        source_label=wait.get_source_display(),
        place=wait.place,
    )


def _by_wait(line: OfferLine) -> tuple[bool, int, str, str]:
    days = line.wait.days if line.wait is not None else 0
    return line.wait is None, days, line.provider.casefold(), line.title.casefold()
