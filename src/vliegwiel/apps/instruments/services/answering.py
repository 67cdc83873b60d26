"""Answering, by who has an address and no account. The address is all that is needed and known."""

import secrets
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from vliegwiel.apps.instruments.errors import NotThere, Refused, RoundClosed
from vliegwiel.apps.instruments.models import Round, RoundAnswer, RoundParty
from vliegwiel.apps.instruments.sentences import answer_problems
from vliegwiel.science.kernel import DocumentError
from vliegwiel.science.questionnaires import read_answers, read_instrument

from .rounds import SECRET_BYTES, hash_of


@transaction.atomic
def begin_answer(*, invite: str) -> str:
    """Begins to answer for the party that `invite` belongs to; returns the secret to come back.

    Raises NotThere for an address that leads nowhere, and RoundClosed.
    """
    party = RoundParty.objects.select_related("round").filter(invite=invite).first()
    if party is None:
        raise NotThere
    _require_open(party.round_id)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    RoundAnswer.objects.create(party=party, return_hash=hash_of(secret), saved_at=timezone.now())
    return secret


@transaction.atomic
def save_answer(*, secret: str, given: Mapping[str, str], hand_in: bool) -> None:
    """Keeps answers by key of the question; what was there before is replaced.

    With `hand_in` they count from now on, also when they are changed later. Raises NotThere,
    RoundClosed, and Refused with a sentence per question: then nothing changes.
    """
    found = (
        RoundAnswer.objects.select_for_update(of=("self",))
        .select_related("party__round__version")
        .filter(return_hash=hash_of(secret))
        .first()
    )
    if found is None:
        raise NotThere
    _require_open(found.party.round_id)
    instrument = read_instrument(found.party.round.version.document)
    done = hand_in or found.done
    try:
        read = read_answers(instrument, given, complete=done)
    except DocumentError as error:
        raise Refused(answer_problems(error.faults)) from error
    found.answers = {key: given[key].strip() for key in read}
    found.done, found.saved_at = done, timezone.now()
    found.save(update_fields=["answers", "done", "saved_at"])


def _require_open(round_id: int) -> None:
    """The round cannot be closed while somebody saves."""
    if Round.objects.select_for_update().get(pk=round_id).closed_at is not None:
        raise RoundClosed
