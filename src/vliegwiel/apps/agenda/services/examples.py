"""The agendas that ship: start a draft from one, or load one for a demonstration."""

from django.db import transaction

from vliegwiel import reference
from vliegwiel.apps.agenda.documents import digest_of, draft_document, parts_of
from vliegwiel.apps.agenda.errors import NotThere
from vliegwiel.apps.agenda.models import Agenda
from vliegwiel.apps.agenda.vocabulary import Body, Mark
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.reference import AgendaDocument, AgendaItem

from .keeping import held_agenda, part_now, says, write, write_removal
from .publishing import freeze


@transaction.atomic
def start_from_example(*, region: Region, key: str, by: User) -> int:
    """Copies the parts of an example that the draft does not have; says how many those were.

    What stands in the draft stays as it is, and so does what was removed from it. Every copied
    part names its source. Raises NotThere, and NotAllowed without the right to edit the agenda.
    """
    require(by, "agenda.edit", region)
    example = next((found for found in reference.example_agendas() if found.key == key), None)
    if example is None:
        raise NotThere
    agenda = held_agenda(region, by)
    return _add(agenda, example.document, by, has_insights=example.region == region.slug)


@transaction.atomic
def load_example_versions(*, region: Region, by: User) -> int:
    """Publishes the agenda that ships for this region, its earlier step first, marked as example.

    Says how many versions there are. A region with an agenda keeps it; without one that ships
    nothing happens. Raises NotAllowed without the right to publish.
    """
    require(by, "agenda.publish", region)
    agenda = held_agenda(region, by)
    shipped = next(
        (found for found in reference.example_agendas() if found.region == region.slug), None
    )
    if shipped is None or agenda.parts.exists():
        return agenda.versions.count()
    steps = [shipped]
    while steps[0].step_before:
        steps.insert(0, reference.agendas()[steps[0].step_before])
    for step in steps:
        _replace(agenda, step.document, by)
        digest = digest_of(draft_document(agenda))
        freeze(agenda, step.remark, digest, by, mark=Mark.EXAMPLE)
    return len(steps)


def _add(agenda: Agenda, document: AgendaDocument, by: User, *, has_insights: bool) -> int:
    added = 0
    for kind, body in parts_of(document):
        if part_now(agenda, kind, body.key) is None:
            fitting = _fitting(agenda.region, body, has_insights=has_insights)
            write(agenda, kind, fitting, by, None)
            added += 1
    return added


def _replace(agenda: Agenda, document: AgendaDocument, by: User) -> None:
    wanted = {(kind, body.key) for kind, body in parts_of(document)}
    for there in agenda.parts.filter(is_removed=False):
        if (there.kind, there.key) not in wanted:
            write_removal(there, by)
    for kind, body in parts_of(document):
        part = part_now(agenda, kind, body.key)
        fitting = _fitting(agenda.region, body, has_insights=True)
        if says(part) != fitting:
            write(agenda, kind, fitting, by, part)


def _fitting(region: Region, body: Body, *, has_insights: bool) -> Body:
    """The part with those insights only that the region has: another region has other ones."""
    if not isinstance(body, AgendaItem) or not body.insights:
        return body
    found = Insight.objects.filter(region=region, number__in=body.insights).order_by("number")
    kept = tuple(found.values_list("number", flat=True)) if has_insights else ()
    return body.model_copy(update={"insights": kept})
