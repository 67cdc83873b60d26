"""Answering, by who has an address and no account. The address is all that is needed and known."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel.apps.instruments.errors import NotThere, Refused, RoundClosed, RoundFull
from vliegwiel.apps.instruments.models import Round, RoundAnswer, RoundParty
from vliegwiel.apps.instruments.sentences import answer_problems
from vliegwiel.apps.regions import Trace, traces_of
from vliegwiel.science.kernel import DocumentError
from vliegwiel.science.questionnaires import (
    Answer,
    AnswerKind,
    Instrument,
    read_answers,
    read_instrument,
)

from .rounds import SECRET_BYTES, hash_of

#: The most that can be begun for one party: a link that goes round must not fill the database.
MOST_ANSWERS = 500
#: How long answers that were not handed in are kept where others wait for their place: those in
#: which nothing was filled in, and those with something.
EMPTY_KEPT, UNFINISHED_KEPT = timedelta(days=1), timedelta(days=30)
# Names of organisations belong in an answer, so a capital letter is no trace here.
_TRACES = frozenset({Trace.NUMBER, Trace.EMAIL, Trace.ADDRESS})


@transaction.atomic
def begin_answer(*, invite: str) -> str:
    """Begins to answer for the party that `invite` belongs to; returns the secret to come back.

    Where as many as can be have begun, those that were left unfinished long ago make place. Raises
    NotThere for an address that leads nowhere, RoundClosed, and RoundFull when that is not enough.
    """
    party = RoundParty.objects.select_related("round").filter(invite=invite).first()
    if party is None:
        raise NotThere
    _require_open(party.round_id)
    answers = RoundAnswer.objects.filter(party=party)
    if answers.count() >= MOST_ANSWERS:
        _let_expire(answers)
        if answers.count() >= MOST_ANSWERS:
            raise RoundFull
    secret = secrets.token_urlsafe(SECRET_BYTES)
    RoundAnswer.objects.create(party=party, return_hash=hash_of(secret), saved_at=timezone.now())
    return secret


def _let_expire(answers: QuerySet[RoundAnswer]) -> None:
    now = timezone.now()
    empty = Q(answers={}, saved_at__lt=now - EMPTY_KEPT)
    unfinished = empty | Q(saved_at__lt=now - UNFINISHED_KEPT)
    answers.filter(unfinished, done=False).delete()


@transaction.atomic
def save_answer(*, secret: str, given: Mapping[str, str], hand_in: bool) -> None:
    """Keeps answers by key of the question; what was there before is replaced.

    With `hand_in` they count from now on, also when they are changed later. Raises NotThere,
    RoundClosed, and Refused with a sentence per question: then nothing changes.
    """
    mine = RoundAnswer.objects.filter(return_hash=hash_of(secret))
    round_id = mine.values_list("party__round", flat=True).first()
    if round_id is None:
        raise NotThere
    # The round before its answers, as who closes it does: the other way round both would wait.
    _require_open(round_id)
    found = mine.select_for_update(of=("self",)).select_related("party__round__version").get()
    instrument = read_instrument(found.party.round.version.document)
    done = hand_in or found.done
    try:
        read = read_answers(instrument, given, complete=done)
    except DocumentError as error:
        raise Refused(answer_problems(error.faults)) from error
    problems = _traces(instrument, read)
    if problems:
        raise Refused(problems)
    found.answers = {key: given[key].strip() for key in read}
    found.done, found.saved_at = done, timezone.now()
    found.save(update_fields=["answers", "done", "saved_at"])


def _traces(instrument: Instrument, read: Mapping[str, Answer]) -> dict[str, str]:
    """A sentence for each text that could lead to a person."""
    problems = {}
    for question in instrument.questions:
        if question.kind is AnswerKind.TEXT and question.key in read:
            found = traces_of(str(read[question.key]))
            pieces = [piece for kind, piece in found if kind in _TRACES]
            if pieces:
                sentence = _("Leave out what leads to a person: %(found)s.")
                problems[question.key] = sentence % {"found": ", ".join(pieces)}
    return problems


def _require_open(round_id: int) -> None:
    """The round cannot be closed while somebody saves."""
    if Round.objects.select_for_update().get(pk=round_id).closed_at is not None:
        raise RoundClosed
