"""What was said in a conversation with fixed questions, carried over to the register."""

import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vliegwiel.apps.figures.findings import Findings
from vliegwiel.apps.insights.errors import NotThere, ObservationRefused, ObservationsRefused
from vliegwiel.apps.insights.models import Observation
from vliegwiel.apps.insights.observation_table import PERSON_IN_TEXT, RULES
from vliegwiel.apps.insights.vocabulary import ObservationKind
from vliegwiel.apps.instruments import queries as instruments
from vliegwiel.apps.instruments.queries import Spoken
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require

from .observing import ObservationsKept, suspects_in

_LONGEST_PLACE = 120


@transaction.atomic
def carry_over(
    *, region: Region, round_id: int, by: User, nobody_in_it: bool = False
) -> ObservationsKept:
    """Keeps each answer of a conversation as an observation of the day on which it was given.

    An answer is carried over once, also when its observation was changed since; one that was given
    otherwise later is another one. Raises NotThere where the region held no such conversation,
    ObservationRefused for one with made-up answers, ObservationsRefused with every answer that
    could lead to a person when `nobody_in_it` does not say otherwise, and NotAllowed.
    """
    require(by, "insights.edit", region)
    found = instruments.round_detail(region, round_id)
    said = instruments.spoken_in(found) if found is not None else ()
    if found is None or not said:
        raise NotThere
    if found.line.mark:
        raise ObservationRefused(
            {"round": gettext("These answers are made up. They stay in the round.")}
        )
    _look_for_persons(said, found.line.title, region, nobody_in_it=nobody_in_it)
    Region.objects.select_for_update().get(pk=region.pk)
    keyed = {_key(line): line for line in said}
    had = Observation.objects.filter(region=region, entry_key__in=keyed)
    known = set(had.values_list("entry_key", flat=True))
    added = [
        Observation(
            region=region,
            kind=ObservationKind.SESSION,
            heard_on=timezone.localdate(line.said_at),
            text_nl=line.text,
            entry_key=key,
            entered_by=by,
        )
        for key, line in keyed.items()
        if key not in known
    ]
    # The newest stand first: the first answer is to stay the first.
    Observation.objects.bulk_create(reversed(added))
    return ObservationsKept(added=len(added), known=len(keyed) - len(added))


def _look_for_persons(
    said: Sequence[Spoken], title: str, region: Region, *, nobody_in_it: bool
) -> None:
    suspects = suspects_in(region, nobody_in_it=nobody_in_it)
    findings = Findings(title, RULES)
    for line in said:
        if found := suspects(line.text):
            place = f"{line.party}: {line.question_text}"[:_LONGEST_PLACE]
            findings.add(PERSON_IN_TEXT, place, found=found)
    if findings.has_errors():
        raise ObservationsRefused(title, findings.found(), only_persons=True)


def _key(line: Spoken) -> str:
    whole = "\n".join([str(line.round_id), line.party, line.question, line.text])
    return hashlib.sha256(whole.encode()).hexdigest()
