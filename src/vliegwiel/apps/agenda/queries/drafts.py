"""The draft that people of the region work on, and what its parts said before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vliegwiel.apps.agenda.documents import (
    body_of,
    digest_of,
    draft_document,
    published_document,
    shown,
)
from vliegwiel.apps.agenda.models import Agenda, AgendaPart, AgendaVersion, PartRevision
from vliegwiel.apps.agenda.vocabulary import Body, Kind
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions.models import Region
from vliegwiel.reference import AgendaDocument

from .comparing import AgendaComparison, FieldChange, compare, field_changes
from .reading import AgendaRead, Titles, either, read
from .wording import Names, fields_of, say


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of a region.

    `digest` differs when anything in it does. `since` is what changed since the newest version,
    `newest` the number of that version; both None where nothing was published. `mark` is that of
    the newest version: what an example became is still one until the region publishes its own.
    """

    document: AgendaDocument
    agenda: AgendaRead
    digest: str
    newest: int | None
    mark: str
    since: AgendaComparison | None

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything, or everything was removed."""
        document = self.document
        parts = (document.items, document.tasks, document.spearheads)
        more = (document.programmes, document.elements, self.agenda.title)
        return not any((*parts, *more))

    @property
    def is_published(self) -> bool:
        """Whether the newest version says the same."""
        return self.since is not None and not self.since.changes


@dataclass(frozen=True, slots=True)
class PartNow:
    """A part as it stands now; `revision` is what an editor sends back as seen."""

    body: Body
    revision: int
    is_removed: bool
    made_at: datetime
    made_by: str

    @property
    def title(self) -> str:
        return shown(self.body.title)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What one revision of a part changed, and who made it."""

    revision: int
    is_removal: bool
    made_at: datetime
    made_by: str
    fields: Sequence[FieldChange]


def draft_of(region: Region) -> Draft | None:
    """The draft; None where nobody has begun one."""
    agenda = Agenda.objects.filter(region=region).first()
    if agenda is None:
        return None
    document = draft_document(agenda)
    newest = AgendaVersion.objects.filter(agenda=agenda).first()
    insights, initiatives = _insights(region), _initiatives(region, document)
    outside = {"insights": either(insights), "initiatives": either(initiatives)}
    return Draft(
        document=document,
        agenda=read(document, insights=insights, initiatives=initiatives),
        digest=digest_of(document),
        newest=None if newest is None else newest.number,
        mark="" if newest is None else newest.mark,
        since=None
        if newest is None
        else compare(published_document(newest), document, outside=outside),
    )


def count_of_items(region: Region) -> int:
    """How many items the draft has."""
    return AgendaPart.objects.filter(
        agenda__region=region, kind=Kind.ITEM, is_removed=False
    ).count()


def part_now(region: Region, kind: str, key: str) -> PartNow | None:
    """A part of the draft, also where it was removed; None where there never was one."""
    found = _revisions(region, kind, key).first()
    if found is None:
        return None
    return PartNow(
        body_of(kind, found.body), found.number, found.is_removal, found.made_at, str(found.made_by)
    )


def body_at(region: Region, kind: str, key: str, revision: int) -> Body | None:
    """What a part said at a revision; None where there is no such revision."""
    found = _revisions(region, kind, key).filter(number=revision).first()
    return None if found is None else body_of(kind, found.body)


def part_history(region: Region, kind: str, key: str) -> Sequence[HistoryLine]:
    """Every revision of a part with what it changed, the newest first."""
    found = list(_revisions(region, kind, key))
    names = _names(region)
    bodies: list[Body | None] = [
        *(None if line.is_removal else body_of(kind, line.body) for line in found),
        None,
    ]
    return [
        HistoryLine(
            line.number,
            line.is_removal,
            line.made_at,
            str(line.made_by),
            [] if line.is_removal else field_changes(before, now, names),
        )
        for line, now, before in zip(found, bodies, bodies[1:], strict=False)
    ]


def field_words(region: Region, body: Body) -> Mapping[str, str]:
    """Every field of a part as a reader sees it, by name."""
    names = _names(region)
    return {field: say(field, getattr(body, field), names) for field in fields_of(body)}


def _revisions(region: Region, kind: str, key: str) -> QuerySet[PartRevision]:
    return PartRevision.objects.filter(
        part__agenda__region=region, part__kind=kind, part__key=key
    ).select_related("made_by")


def _names(region: Region) -> Names:
    """Titles of all that a part of the draft can point to."""
    agenda = Agenda.objects.filter(region=region).first()
    if agenda is None:
        return Names()
    document = draft_document(agenda)
    initiatives = _initiatives(region, document)
    outside = {"insights": either(_insights(region)), "initiatives": either(initiatives)}
    return Names(document, outside=outside)


def _insights(region: Region) -> Titles:
    return {
        str(insight.number): {"nl": insight.title_nl, "en": insight.title_en}
        for insight in Insight.objects.filter(region=region)
    }


def _initiatives(region: Region, document: AgendaDocument) -> Titles:
    used = {pk for item in document.items for pk in item.initiatives}
    return {
        str(found.pk): {"nl": found.title_nl, "en": found.title_en}
        for found in Initiative.objects.filter(region=region, pk__in=used)
    }
