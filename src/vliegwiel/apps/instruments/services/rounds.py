"""Rounds: opened with their parties, closed for good, looked at again on a day."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from vliegwiel.apps.instruments.errors import NotThere, Refused, RoundClosed
from vliegwiel.apps.instruments.models import (
    Questionnaire,
    QuestionnaireVersion,
    Round,
    RoundAnswer,
    RoundParty,
)
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.questionnaires import Answered, read_instrument

#: Bytes of a secret address: nobody guesses it.
SECRET_BYTES = 32
# The same round again within this time is a button that was pressed twice.
_TWICE = timedelta(minutes=1)
_MOST_PARTIES, _MOST_TITLE, _MOST_PARTY = 200, 160, 120


@dataclass(frozen=True, slots=True)
class NewParty:
    """For whom people will answer; with the code of a municipality where it is one."""

    title: str
    municipality: str = ""


@transaction.atomic
def open_round(
    *,
    region: Region,
    instrument_id: int,
    title: str,
    parties: Sequence[NewParty],
    again_on: date | None,
    by: User,
    mark: str = "",
    comes_once: bool = False,
) -> int:
    """Opens a round with the newest version of an instrument, and returns its id.

    Each party gets an address of its own to answer at. The same by the same person within a minute
    (a form sent twice) opens nothing more: the round that is open is returned. Who knows that it
    comes once, says so: two initiatives may have the same title. Raises Refused with
    a sentence per field, NotThere for an instrument that the region may not use, and NotAllowed
    without the right to edit instruments.
    """
    require(by, "instruments.edit", region)
    version = _newest_version(region, instrument_id)
    places = {place.code: place for place in municipalities_of(region)}
    problems = _problems(title, parties)
    if any(party.municipality and party.municipality not in places for party in parties):
        problems["parties"] = _("Choose municipalities of the region.")
    if problems:
        raise Refused(problems)
    # Who sends the form twice at once waits here for himself. No key changes, so that answers and
    # rounds that refer to this version need not wait.
    QuestionnaireVersion.objects.select_for_update(no_key=True).get(pk=version.pk)
    given = {
        "region": region,
        "version": version,
        "title": title.strip(),
        "mark": mark,
        "opened_by": by,
        "again_on": again_on,
    }
    twice = _just_opened(given, parties) if not comes_once else None
    if twice is not None:
        return twice
    made = Round.objects.create(**given)
    RoundParty.objects.bulk_create(
        RoundParty(
            round=made,
            position=position,
            title=party.title.strip(),
            municipality=places.get(party.municipality),
            invite=secrets.token_urlsafe(SECRET_BYTES),
        )
        for position, party in enumerate(parties)
    )
    return made.pk


def open_round_about(*, region: Region, key: str, title: str, by: User) -> RoundParty:
    """Opens a round of an instrument that ships about one thing, such as a pilot; gives its party.

    The thing is locked by whoever asks, so that this comes once; its title may be long. Raises
    NotThere when the instrument was not loaded, and NotAllowed without the right to edit
    instruments.
    """
    require(by, "instruments.edit", region)
    shipped = Questionnaire.objects.filter(region=None, key=key).first()
    if shipped is None:
        raise NotThere
    name = Truncator(title).chars(_MOST_PARTY)
    made = open_round(
        region=region,
        instrument_id=shipped.pk,
        title=name,
        parties=[NewParty(name)],
        again_on=None,
        by=by,
        comes_once=True,
    )
    return RoundParty.objects.get(round=made)


def _newest_version(region: Region, instrument_id: int) -> QuestionnaireVersion:
    usable = (
        Q(questionnaire__region=region)
        | Q(questionnaire__region=None)
        | Q(questionnaire__shared_at__isnull=False)
    )
    versions = QuestionnaireVersion.objects.filter(usable, questionnaire=instrument_id)
    version = versions.order_by("-number").first()
    if version is None:
        raise NotThere
    return version


@transaction.atomic
def close_round(*, region: Region, round_id: int, by: User) -> None:
    """Closes a round for good: what was handed in is frozen, what was not is thrown away.

    Raises NotThere, RoundClosed, and NotAllowed without the right to edit instruments.
    """
    require(by, "instruments.edit", region)
    found = Round.objects.select_for_update().filter(region=region, pk=round_id).first()
    if found is None:
        raise NotThere
    if found.closed_at is not None:
        raise RoundClosed
    RoundAnswer.objects.filter(party__round=found, done=False).delete()
    found.closed_at, found.closed_by = timezone.now(), by
    found.save(update_fields=["closed_at", "closed_by"])


@transaction.atomic
def plan_again(*, region: Region, round_id: int, again_on: date | None, by: User) -> None:
    """Sets the day on which a round comes back to be looked at again; None for never.

    Raises NotThere, and NotAllowed without the right to edit instruments.
    """
    require(by, "instruments.edit", region)
    changed = Round.objects.filter(region=region, pk=round_id).update(again_on=again_on)
    if not changed:
        raise NotThere


@transaction.atomic
def add_example(*, region: Region, round_id: int, answers: Sequence[Answered], by: User) -> None:
    """Hands in made-up answers, by the titles of parties, in a round that is marked as such.

    Raises NotThere for a round or party that is not there, RoundClosed, ValueError for a round
    without a mark, DocumentError for answers that do not fit, and NotAllowed.
    """
    require(by, "instruments.edit", region)
    found = Round.objects.select_for_update().filter(region=region, pk=round_id).first()
    if found is None:
        raise NotThere
    if found.closed_at is not None:
        raise RoundClosed
    if not found.mark:
        raise ValueError("made-up answers need a round that says so")
    parties = {party.title: party for party in found.parties.all()}
    if not parties.keys() >= {item.party for item in answers}:
        raise NotThere
    known = {question.key for question in read_instrument(found.version.document).questions}
    now = timezone.now()
    RoundAnswer.objects.bulk_create(
        RoundAnswer(
            party=parties[item.party],
            return_hash=hash_of(secrets.token_urlsafe(SECRET_BYTES)),
            answers={key: str(value) for key, value in item.answers.items() if key in known},
            done=True,
            saved_at=now,
        )
        for item in answers
    )


def _just_opened(given: Mapping[str, Any], parties: Sequence[NewParty]) -> int | None:
    """The open round with exactly this that was opened a moment ago."""
    wanted = [(party.title.strip(), party.municipality or None) for party in parties]
    since = timezone.now() - _TWICE
    for found in Round.objects.filter(**given, closed_at=None, opened_at__gte=since):
        if list(found.parties.values_list("title", "municipality__code")) == wanted:
            return found.pk
    return None


def hash_of(secret: str) -> str:
    """What is kept of a secret address."""
    return sha256(secret.encode()).hexdigest()


def _problems(title: str, parties: Sequence[NewParty]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not title.strip() or "\0" in title:
        found["title"] = _("Fill this in.")
    elif len(title) > _MOST_TITLE:
        found["title"] = _("Use fewer words.")
    names = [party.title.strip() for party in parties]
    if not names or not all(names):
        found["parties"] = _("Say for whom people will answer.")
    elif len(names) > _MOST_PARTIES:
        found["parties"] = _("At most %(n)s are possible.") % {"n": _MOST_PARTIES}
    elif any(len(name) > _MOST_PARTY or "\0" in name for name in names):
        found["parties"] = _("Use shorter names.")
    elif len({name.casefold() for name in names}) < len(names):
        found["parties"] = _("The same name stands here twice.")
    return found
