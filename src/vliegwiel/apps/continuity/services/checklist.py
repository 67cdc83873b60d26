"""Filling the checklist of the minimal level."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from vliegwiel import reference
from vliegwiel.apps.continuity.errors import NotThere, Refused
from vliegwiel.apps.continuity.models import CheckAnswer, CheckItem, CheckState
from vliegwiel.apps.continuity.sentences import refusals
from vliegwiel.apps.regions.models import Municipality, Region, User
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.apps.regions.rights import require

_NEEDS_EVIDENCE = frozenset({CheckState.STANDS.value, CheckState.NOT_NEEDED.value})
_MOST_TITLE, _MOST_OWNER = 160, 80


@transaction.atomic
def load_checklist(*, region: Region, by: User) -> int:
    """Gives a region the items that ship, or renews their words; says how many there are.

    What was answered stays. Raises NotAllowed without the right to edit the checklist.
    """
    require(by, "checklist.edit", region)
    shipped = reference.continuity_checklist()
    for place, item in enumerate(shipped.items):
        CheckItem.objects.update_or_create(
            region=region,
            key=item.key,
            defaults={
                "version": shipped.version,
                "position": place,
                "title_nl": item.title.nl,
                "title_en": item.title.en,
                "why_nl": item.why.nl,
                "why_en": item.why.en,
                "evidence_nl": item.evidence.nl,
                "evidence_en": item.evidence.en,
            },
            create_defaults={
                "version": shipped.version,
                "position": place,
                "title_nl": item.title.nl,
                "title_en": item.title.en,
                "why_nl": item.why.nl,
                "why_en": item.why.en,
                "evidence_nl": item.evidence.nl,
                "evidence_en": item.evidence.en,
                "added_by": by,
            },
        )
    return len(shipped.items)


@transaction.atomic
def add_item(*, region: Region, title: str, why: str, evidence: str, by: User) -> int:
    """Adds an item of the region's own and returns its id.

    Raises Refused, and NotAllowed without the right to edit the checklist.
    """
    require(by, "checklist.edit", region)
    given = {"title": title.strip(), "why": why.strip(), "evidence": evidence.strip()}
    problems = {name: gettext("Fill this in.") for name, text in given.items() if not text}
    if len(given["title"]) > _MOST_TITLE:
        problems["title"] = gettext("Use fewer words.")
    # Two people who add one at the same moment wait for each other.
    Region.objects.select_for_update().get(pk=region.pk)
    key = f"own-{slugify(given['title'])[:50]}"
    if not problems and CheckItem.objects.filter(region=region, key=key).exists():
        problems["title"] = gettext("The checklist has this item already.")
    if problems:
        raise Refused(problems)
    return CheckItem.objects.create(
        region=region,
        key=key,
        position=CheckItem.objects.filter(region=region).count(),
        title_nl=given["title"],
        why_nl=given["why"],
        evidence_nl=given["evidence"],
        added_by=by,
    ).pk


@transaction.atomic
def answer_item(
    *,
    region: Region,
    item_id: int,
    municipality: str,
    state: str,
    deadline: date | None,
    owner: str,
    evidence: str,
    by: User,
) -> int:
    """Records how a municipality (by its code) stands with an item, and returns the answer's id.

    The earlier answer is kept; the same again changes nothing. What stands, or is not needed, has
    evidence; what is still to be done has a deadline. Raises Refused, NotThere, and NotAllowed
    without the right to edit the checklist.
    """
    require(by, "checklist.edit", region)
    item = CheckItem.objects.select_for_update().filter(region=region, pk=item_id).first()
    place = next((row for row in municipalities_of(region) if row.code == municipality), None)
    if item is None or place is None:
        raise NotThere
    owner, evidence = owner.strip(), evidence.strip()
    problems = refusals(evidence, "evidence", region=region)
    if state not in CheckState.values:
        problems["state"] = gettext("Choose one of the states in the list.")
    elif state in _NEEDS_EVIDENCE and not evidence:
        problems["evidence"] = gettext("Say what shows it.")
    elif state not in _NEEDS_EVIDENCE and deadline is None:
        problems["deadline"] = gettext("Say when it must stand.")
    if len(owner) > _MOST_OWNER:
        problems["owner"] = gettext("Use fewer words.")
    if problems:
        raise Refused(problems)
    return _answer(item, place, (state, deadline, owner, evidence), by)


def _answer(
    item: CheckItem, place: Municipality, given: tuple[str, date | None, str, str], by: User
) -> int:
    current = item.answers.filter(municipality=place, replaced_at__isnull=True).first()
    if current is not None:
        if (current.state, current.deadline, current.owner, current.evidence) == given:
            return current.pk
        current.replaced_at = timezone.now()
        current.save(update_fields=["replaced_at"])
    state, deadline, owner, evidence = given
    return CheckAnswer.objects.create(
        item=item, municipality=place, state=state, deadline=deadline, owner=owner,
        evidence=evidence, by=by,
    ).pk  # fmt: skip
