"""The instruments that a region may use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Q, QuerySet

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.instruments.drafting import Draft, draft_of
from vliegwiel.apps.instruments.models import Questionnaire
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.questionnaires import Instrument, read_instrument


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """An instrument in its newest version. `owner` is a region, or empty where it ships."""

    id: int
    title: str
    intro: str
    use: str
    of: str
    owner: str
    own: bool
    shared: bool
    version: int
    questions: int


@dataclass(frozen=True, slots=True)
class InstrumentDetail:
    """An instrument with its document, where it comes from and when each version was made."""

    line: InstrumentLine
    instrument: Instrument
    source: str
    versions: Sequence[tuple[int, datetime, str]]
    draft: Draft


def instrument_list(region: Region) -> Sequence[InstrumentLine]:
    """What ships, then what the region made, then what other regions share."""
    lines = [_line(row, region) for row in _usable(region)]
    return sorted(lines, key=lambda line: (bool(line.owner), not line.own, line.id))


def instrument_detail(region: Region, pk: int) -> InstrumentDetail | None:
    """One instrument; None where the region may not use it."""
    row = _usable(region).filter(pk=pk).first()
    if row is None:
        return None
    versions = list(row.versions.all())
    found = document(versions[0].document)
    source = Source.objects.filter(key=found.source).first() if found.source else None
    return InstrumentDetail(
        line=_line(row, region),
        instrument=found,
        source=f"{source.title}, {source.publisher}" if source else "",
        versions=[
            (version.number, version.made_at, "" if row.region_id is None else str(version.made_by))
            for version in versions
        ],
        draft=draft_of(found),
    )


def instrument_by_key(key: str) -> Instrument | None:
    """The newest version of an instrument that ships; None when it was not loaded."""
    row = Questionnaire.objects.filter(region=None, key=key).first()
    return document(row.versions.all()[0].document) if row is not None else None


@lru_cache(maxsize=256)
def document(text: str) -> Instrument:
    """The document in a text that was checked when it was kept."""
    return read_instrument(text)


def _usable(region: Region) -> QuerySet[Questionnaire]:
    mine = Q(region=region) | Q(region=None) | Q(shared_at__isnull=False)
    return (
        Questionnaire.objects.filter(mine)
        .select_related("region")
        .prefetch_related("versions__made_by")
    )


def _line(row: Questionnaire, region: Region) -> InstrumentLine:
    # Prefetched, the newest first.
    newest = row.versions.all()[0]
    found = document(newest.document)
    return InstrumentLine(
        id=row.pk,
        title=in_language(nl=found.title.nl, en=found.title.en),
        intro=in_language(nl=found.intro.nl, en=found.intro.en),
        use=found.use,
        of=found.of,
        owner=row.region.name if row.region else "",
        own=row.region_id == region.pk,
        shared=row.shared_at is not None,
        version=newest.number,
        questions=len(found.questions),
    )
