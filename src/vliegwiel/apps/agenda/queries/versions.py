"""Versions that were published: everybody may read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from vliegwiel.apps.agenda.documents import published_document, shown
from vliegwiel.apps.agenda.models import AgendaPart, AgendaVersion
from vliegwiel.apps.regions.models import Region
from vliegwiel.reference import AgendaDocument, BilingualText

from .comparing import AgendaComparison, compare
from .reading import AgendaRead, Ref, either, read


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in a list. `mark` says that it is an example, and is empty for the region's own."""

    number: int
    note: str
    mark: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """A version with what it says; `document` is what was published, whole.

    `outside` has the titles, as they were, of the insights and initiatives that it points to.
    """

    line: VersionLine
    digest: str
    document: AgendaDocument
    agenda: AgendaRead
    is_newest: bool
    outside: Mapping[str, Mapping[str, str]]


def compare_versions(old: Published, new: Published) -> AgendaComparison:
    """What changed from one version to another."""
    outside = {kind: {**titles, **new.outside[kind]} for kind, titles in old.outside.items()}
    return compare(old.document, new.document, outside=outside)


def versions(region: Region) -> Sequence[VersionLine]:
    """Every version that was published, the newest first."""
    return [
        _line(version)
        for version in AgendaVersion.objects.filter(agenda__region=region).defer("document")
    ]


def newest_mark(region: Region) -> str:
    """The mark of the newest version, which its draft carries too; empty where there is none."""
    found = AgendaVersion.objects.filter(agenda__region=region).values_list("mark", flat=True)
    return found.first() or ""


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
    return _refs(
        region, insight_links__insight__number=number, insight_links__insight__region=region
    )


def items_of_initiative(region: Region, pk: int) -> Sequence[Ref]:
    """Items of the draft that an initiative belongs to."""
    return _refs(region, initiative_links__initiative=pk)


def _refs(region: Region, **linked: object) -> Sequence[Ref]:
    found = AgendaPart.objects.filter(
        agenda__region=region, revisions__number=F("revision"), **linked
    ).values_list("key", "revisions__body")
    return [Ref(key, shown(BilingualText.model_validate(body["title"]))) for key, body in found]


def _published(version: AgendaVersion, *, is_newest: bool) -> Published:
    document = published_document(version)
    titles = {kind: version.document[kind] for kind in ("insights", "initiatives")}
    return Published(
        line=_line(version),
        digest=version.digest,
        document=document,
        agenda=read(document, **titles),
        is_newest=is_newest,
        outside={kind: either(found) for kind, found in titles.items()},
    )


def _line(version: AgendaVersion) -> VersionLine:
    note = shown(BilingualText(nl=version.note_nl, en=version.note_en))
    return VersionLine(version.number, note, version.mark, version.published_at)
