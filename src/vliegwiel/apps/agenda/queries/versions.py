"""Versions that were published: everybody may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from vliegwiel.apps.agenda.documents import published_document, shown
from vliegwiel.apps.agenda.models import AgendaPart, AgendaVersion
from vliegwiel.apps.regions.models import Region
from vliegwiel.reference import AgendaDocument, BilingualText

from .reading import AgendaRead, Ref, read


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in a list. `mark` says that it is an example, and is empty for the region's own."""

    number: int
    note: str
    mark: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """A version with what it says; `document` is what was published, whole."""

    line: VersionLine
    digest: str
    document: AgendaDocument
    agenda: AgendaRead
    is_newest: bool


def versions(region: Region) -> Sequence[VersionLine]:
    """Every version that was published, the newest first."""
    return [
        _line(version)
        for version in AgendaVersion.objects.filter(agenda__region=region).defer("document")
    ]


def newest_published(region: Region) -> Published | None:
    """What the public reads: the version that was published last."""
    found = AgendaVersion.objects.filter(agenda__region=region).first()
    return None if found is None else _published(found, is_newest=True)


def published(region: Region, number: int) -> Published | None:
    """One version; None where there is none with this number."""
    found = list(
        AgendaVersion.objects.filter(agenda__region=region, number__gte=number).order_by("number")[
            :2
        ]
    )
    if not found or found[0].number != number:
        return None
    return _published(found[0], is_newest=len(found) == 1)


def items_of_insight(region: Region, number: int) -> Sequence[Ref]:
    """Items of the draft that rest on an insight, by its number."""
    found = AgendaPart.objects.filter(
        agenda__region=region,
        insight_links__insight__number=number,
        insight_links__insight__region=region,
        revisions__number=F("revision"),
    ).values_list("key", "revisions__body")
    return [Ref(key, shown(BilingualText.model_validate(body["title"]))) for key, body in found]


def _published(version: AgendaVersion, *, is_newest: bool) -> Published:
    document = published_document(version)
    agenda = read(
        document,
        insights=version.document["insights"],
        initiatives=version.document["initiatives"],
    )
    return Published(_line(version), version.digest, document, agenda, is_newest)


def _line(version: AgendaVersion) -> VersionLine:
    note = shown(BilingualText(nl=version.note_nl, en=version.note_en))
    return VersionLine(version.number, note, version.mark, version.published_at)
