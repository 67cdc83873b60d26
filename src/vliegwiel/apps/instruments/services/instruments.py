"""Instruments and their versions. What was answered once never changes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel import reference
from vliegwiel.apps.instruments.drafting import Draft, document_of, key_of
from vliegwiel.apps.instruments.errors import ChangedMeanwhile, NotThere, Refused
from vliegwiel.apps.instruments.models import Questionnaire, QuestionnaireVersion
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.questionnaires import read_instrument, write_instrument


@transaction.atomic
def load_shipped(*, by: User) -> int:
    """Keeps the instruments that ship for every region; says how many there are.

    A version that is there already changes nothing, a newer one stands beside it. Raises
    DocumentError when a shipped document is faulty.
    """
    files = reference.instrument_files()
    for file in files:
        found = read_instrument(file.content)
        questionnaire, _new = Questionnaire.objects.get_or_create(region=None, key=found.key)
        QuestionnaireVersion.objects.get_or_create(
            questionnaire=questionnaire,
            number=found.version,
            defaults={"document": write_instrument(found), "made_by": by},
        )
    return len(files)


@transaction.atomic
def save_instrument(
    *, region: Region, instrument_id: int | None, seen: int | None, draft: Draft, by: User
) -> int:
    """Keeps an instrument of the region as typed, and returns its id.

    With `instrument_id` it is a new version after number `seen`; the same again makes none. Rounds
    keep the version they began with. Raises Refused with a sentence per field, ChangedMeanwhile
    when `seen` is not the newest, NotThere, and NotAllowed without the right to edit instruments.
    """
    require(by, "instruments.edit", region)
    # Two people who save at once wait for each other.
    Region.objects.select_for_update().get(pk=region.pk)
    if instrument_id is None:
        return _new(region, draft, by)
    found = Questionnaire.objects.filter(region=region, pk=instrument_id).first()
    if found is None:
        raise NotThere
    newest = found.versions.first()
    assert newest is not None, "an instrument is made with its first version"
    if newest.number != seen:
        raise ChangedMeanwhile
    earlier = [read_instrument(version.document) for version in found.versions.all()]
    used = {question.key for document in earlier for question in document.questions}
    same = document_of(draft, key=found.key, version=newest.number, used=used)
    if write_instrument(same) != newest.document:
        changed = document_of(draft, key=found.key, version=newest.number + 1, used=used)
        QuestionnaireVersion.objects.create(
            questionnaire=found,
            number=changed.version,
            document=write_instrument(changed),
            made_by=by,
        )
    return found.pk


def _new(region: Region, draft: Draft, by: User) -> int:
    key = key_of(draft.title)
    if draft.title.strip() and not key:
        raise Refused({"title": _("Use letters or digits in the name.")})
    made = document_of(draft, key=key or "instrument", version=1)
    if Questionnaire.objects.filter(region=region, key=made.key).exists():
        raise Refused({"title": _("The region has an instrument with this name already.")})
    found = Questionnaire.objects.create(region=region, key=made.key)
    QuestionnaireVersion.objects.create(
        questionnaire=found, number=1, document=write_instrument(made), made_by=by
    )
    return found.pk


@transaction.atomic
def share_instrument(*, region: Region, instrument_id: int, by: User) -> None:
    """Lets every region use an instrument of this one; once shared it stays so.

    Answers are never shared with it. Raises NotThere, and NotAllowed without the right to share.
    """
    require(by, "instruments.share", region)
    found = (
        Questionnaire.objects.select_for_update().filter(region=region, pk=instrument_id).first()
    )
    if found is None:
        raise NotThere
    if found.shared_at is None:
        found.shared_at, found.shared_by = timezone.now(), by
        found.save(update_fields=["shared_at", "shared_by"])
