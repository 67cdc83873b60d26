"""Writes revisions of parts, inside a transaction that holds the region."""

from vliegwiel.apps.agenda.documents import body_of, kept_of
from vliegwiel.apps.agenda.models import (
    Agenda,
    AgendaPart,
    PartInitiative,
    PartInsight,
    PartRevision,
)
from vliegwiel.apps.agenda.vocabulary import Body
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.reference import AgendaItem


def held_agenda(region: Region, by: User) -> Agenda:
    """The agenda of the region, made where there is none; two changes wait for each other."""
    Region.objects.select_for_update().get(pk=region.pk)
    agenda, _made = Agenda.objects.get_or_create(region=region, defaults={"begun_by": by})
    return agenda


def part_now(agenda: Agenda, kind: str, key: str) -> AgendaPart | None:
    """The part with this key, also where it was removed."""
    return agenda.parts.filter(kind=kind, key=key).first()


def says(part: AgendaPart | None) -> Body | None:
    """What a part says now; None where it is not there or was removed."""
    if part is None or part.is_removed:
        return None
    return body_of(part.kind, part.revisions.get(number=part.revision).body)


def write(agenda: Agenda, kind: str, body: Body, by: User, part: AgendaPart | None) -> int:
    """Adds a revision, and the part where it is new; gives the number of the revision."""
    if part is None:
        position = agenda.parts.count() + 1
        part = AgendaPart(agenda=agenda, kind=kind, key=body.key, position=position, revision=0)
    part.revision += 1
    part.is_removed = False
    part.save()
    PartRevision.objects.create(part=part, number=part.revision, body=kept_of(body), made_by=by)
    if isinstance(body, AgendaItem):
        _link(part, body)
    return part.revision


def write_removal(part: AgendaPart, by: User) -> None:
    """Takes a part off the draft; what it said stays in its revisions."""
    last = part.revisions.get(number=part.revision)
    part.revision += 1
    part.is_removed = True
    part.save()
    PartRevision.objects.create(
        part=part, number=part.revision, body=last.body, is_removal=True, made_by=by
    )
    part.insight_links.all().delete()
    part.initiative_links.all().delete()


def _link(part: AgendaPart, item: AgendaItem) -> None:
    """Makes the references to insights and initiatives those that the item names."""
    region = part.agenda.region
    part.insight_links.all().delete()
    part.initiative_links.all().delete()
    PartInsight.objects.bulk_create(
        PartInsight(part=part, insight=insight)
        for insight in Insight.objects.filter(region=region, number__in=item.insights)
    )
    PartInitiative.objects.bulk_create(
        PartInitiative(part=part, initiative=initiative)
        for initiative in Initiative.objects.filter(region=region, pk__in=item.initiatives)
    )
