"""One part of the draft, as somebody types it."""

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.apps.agenda.errors import ChangedMeanwhile, NotThere, Refused
from vliegwiel.apps.agenda.models import Agenda
from vliegwiel.apps.agenda.vocabulary import MOST_PARTS, Body, Kind
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require

from .checking import problems_of
from .keeping import held_agenda, part_now, says, write, write_removal


@transaction.atomic
def save_part(*, region: Region, kind: str, body: Body, seen: int, by: User) -> int:
    """Keeps a part of the draft and gives the number of its revision.

    `seen` is the revision that was on the screen, 0 for a new part. The same again, as by pressing
    twice, changes nothing. Raises ChangedMeanwhile where another revision stands there now,
    NotThere where one was seen of a part that never was, Refused with what is wrong per field, and
    NotAllowed without the right to edit the agenda.
    """
    require(by, "agenda.edit", region)
    problems = problems_of(region, kind, body)
    if problems:
        raise Refused(problems)
    agenda = held_agenda(region, by)
    part = part_now(agenda, kind, body.key)
    if says(part) == body and part is not None:
        return part.revision
    now = 0 if part is None else part.revision
    if part is None and seen:
        raise NotThere
    if seen != now:
        raise ChangedMeanwhile(now)
    if part is None and agenda.parts.count() >= MOST_PARTS:
        raise Refused({"": _("This agenda is full.")})
    return write(agenda, kind, body, by, part)


@transaction.atomic
def remove_part(*, region: Region, kind: str, key: str, seen: int, by: User) -> None:
    """Takes a part off the draft; what it said can be put back, and published versions keep it.

    A part that was removed already stays so. Raises NotThere, ChangedMeanwhile as `save_part` does,
    and NotAllowed without the right to edit the agenda.
    """
    require(by, "agenda.edit", region)
    Region.objects.select_for_update().get(pk=region.pk)
    agenda = Agenda.objects.filter(region=region).first()
    part = part_now(agenda, kind, key) if agenda is not None else None
    if part is None or kind == Kind.ABOUT:
        raise NotThere
    if part.is_removed:
        return
    if part.revision != seen:
        raise ChangedMeanwhile(part.revision)
    write_removal(part, by)
