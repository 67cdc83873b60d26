"""Decisions and reviews that come with an initiative: added, never changed."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel import reference
from vliegwiel.apps.initiatives.errors import InitiativeRefused
from vliegwiel.apps.initiatives.models import (
    CyclePlace,
    EthicsReview,
    SourcingDecision,
    TransferStep,
)
from vliegwiel.apps.initiatives.vocabulary import LONGEST_TEXT, CycleStep, Sourcing
from vliegwiel.apps.regions.models import User

from .allowing import locked, locked_for_region

_LONGEST_NAME = 200


@transaction.atomic
def decide_sourcing(
    *,
    initiative_id: int,
    choice: str,
    reason: str,
    other_sectors: str,
    decided_by: str,
    decided_on: date,
    by: User,
) -> None:
    """Writes down whether the region makes, acquires or partners; the same again changes nothing.

    Raises InitiativeRefused with a sentence per field, and NotAllowed.
    """
    initiative = locked_for_region(initiative_id, by=by)
    texts = {
        "reason": reason.strip(),
        "other_sectors": other_sectors.strip(),
        "decided_by": decided_by.strip(),
    }
    problems = _texts(texts, needed=("reason", "decided_by"), names=("decided_by",))
    if choice not in Sourcing.values:
        problems["choice"] = _("Choose from the list.")
    if decided_on > timezone.localdate():
        problems["decided_on"] = _("This day has not come yet.")
    if problems:
        raise InitiativeRefused(problems)
    given = {**texts, "choice": choice, "decided_on": decided_on}
    now = initiative.sourcing_decisions.first()
    if now is None or any(getattr(now, name) != value for name, value in given.items()):
        SourcingDecision.objects.create(initiative=initiative, by=by, **given)


@transaction.atomic
def write_transfer(*, initiative_id: int, step: str, text: str, by: User) -> None:
    """Writes what was found at a step of the transfer worksheet; earlier texts are kept.

    Raises InitiativeRefused with a sentence per field, and NotAllowed.
    """
    initiative = locked(initiative_id, by=by)
    text = text.strip()
    problems = _texts({"text": text}, needed=("text",))
    if step not in {item.key for item in reference.innovation_catalogue().transfer_steps}:
        problems["step"] = _("Choose from the list.")
    if problems:
        raise InitiativeRefused(problems)
    now = initiative.transfer_steps.filter(step=step).first()
    if now is None or now.text != text:
        TransferStep.objects.create(initiative=initiative, step=step, text=text, by=by)


@transaction.atomic
def hold_ethics_review(
    *,
    initiative_id: int,
    held_on: date,
    questions: str,
    outcome: str,
    reviewers: str,
    returns_on: date,
    by: User,
) -> None:
    """Writes down an ethics review and the day on which it comes back.

    Raises InitiativeRefused with a sentence per field, and NotAllowed.
    """
    initiative = locked_for_region(initiative_id, by=by)
    texts = {
        "questions": questions.strip(),
        "outcome": outcome.strip(),
        "reviewers": reviewers.strip(),
    }
    problems = _texts(texts, needed=tuple(texts), names=("reviewers",))
    if held_on > timezone.localdate():
        problems["held_on"] = _("This day has not come yet.")
    if returns_on <= held_on:
        problems["returns_on"] = _("Choose a day after the review: it must come back.")
    if problems:
        raise InitiativeRefused(problems)
    given = {**texts, "held_on": held_on, "returns_on": returns_on}
    now = initiative.ethics_reviews.first()
    if now is None or any(getattr(now, name) != value for name, value in given.items()):
        EthicsReview.objects.create(initiative=initiative, by=by, **given)
        initiative.ethics_due_on = returns_on
        initiative.save(update_fields=["ethics_due_on", "changed_at"])


@transaction.atomic
def place_in_cycle(*, initiative_id: int, place: str, note: str, by: User) -> None:
    """Says where the initiative stands in the development cycle, and what was done there.

    Raises InitiativeRefused with a sentence per field, and NotAllowed.
    """
    initiative = locked(initiative_id, by=by)
    note = note.strip()
    problems = _texts({"note": note}, needed=("note",))
    if place not in CycleStep.values:
        problems["place"] = _("Choose from the list.")
    if problems:
        raise InitiativeRefused(problems)
    now = initiative.cycle_places.first()
    if now is None or (now.place, now.note) != (place, note):
        CyclePlace.objects.create(initiative=initiative, place=place, note=note, by=by)
        initiative.cycle = CycleStep(place)
        initiative.save(update_fields=["cycle", "changed_at"])


def _texts(
    given: dict[str, str], *, needed: tuple[str, ...], names: tuple[str, ...] = ()
) -> dict[str, str]:
    problems = {}
    for field, text in given.items():
        longest = _LONGEST_NAME if field in names else LONGEST_TEXT
        if field in needed and not text:
            problems[field] = _("Fill this in.")
        elif len(text) > longest:
            problems[field] = _("Use at most %(n)s characters.") % {"n": longest}
    return problems
