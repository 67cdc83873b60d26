"""What somebody with an address sees: the questions, and his own answers so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from vliegwiel.apps.instruments.models import RoundAnswer, RoundParty
from vliegwiel.apps.instruments.services.rounds import hash_of
from vliegwiel.science.questionnaires import Instrument

from .instruments import document


@dataclass(frozen=True, slots=True)
class Invited:
    """The round that an address leads to."""

    title: str
    region: str
    party: str
    closed: bool
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Answering:
    """What one respondent has answered; `done` once it was handed in."""

    invited: Invited
    answers: Mapping[str, str]
    done: bool


def invited(invite: str) -> Invited | None:
    """The round with this invitation; None for an address that leads nowhere."""
    party = (
        RoundParty.objects.select_related("round__region", "round__version")
        .filter(invite=invite)
        .first()
    )
    return _invited(party) if party is not None else None


def answering(secret: str) -> Answering | None:
    """The answers of who has this secret; None for an address that leads nowhere."""
    row = (
        RoundAnswer.objects.select_related("party__round__region", "party__round__version")
        .filter(return_hash=hash_of(secret))
        .first()
    )
    return Answering(_invited(row.party), row.answers, row.done) if row is not None else None


def _invited(party: RoundParty) -> Invited:
    held = party.round
    return Invited(
        title=held.title,
        region=held.region.name,
        party=party.title,
        closed=held.closed_at is not None,
        instrument=document(held.version.document),
    )
