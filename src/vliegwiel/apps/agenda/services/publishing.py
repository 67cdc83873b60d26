"""From the draft to a version that everybody may read and nobody changes."""

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vliegwiel.apps.agenda.documents import digest_of, draft_document, shown
from vliegwiel.apps.agenda.errors import Refused
from vliegwiel.apps.agenda.models import Agenda, AgendaVersion
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions import Trace, traces_of
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.reference import AgendaDocument, BilingualText

_LONGEST_NOTE = 500


@transaction.atomic
def publish(*, region: Region, note: str, seen: str, by: User) -> int:
    """Publishes the draft as the next version and gives its number.

    `seen` is the digest of the draft that was on the screen. A draft that is the newest version
    already gives that version. Raises Refused where the draft changed since, is empty or the note
    cannot be kept, and NotAllowed without the right to publish.
    """
    require(by, "agenda.publish", region)
    # An edit that is being written is in this version, or in the next one.
    Region.objects.select_for_update().get(pk=region.pk)
    note = note.strip()
    if len(note) > _LONGEST_NOTE:
        raise Refused({"note": _("Use at most %(n)s characters.") % {"n": _LONGEST_NOTE}})
    if any(trace in {Trace.EMAIL, Trace.NUMBER} for trace, _piece in traces_of(note)):
        raise Refused({"note": _("Everybody can read this: leave out addresses and numbers.")})
    english = (get_language() or "nl").startswith("en")
    text = BilingualText(nl="" if english else note, en=note if english else "")
    agenda = Agenda.objects.filter(region=region).first()
    if agenda is None:
        raise Refused({"": _("There is nothing to publish yet.")})
    return freeze(agenda, text, seen, by)


def freeze(agenda: Agenda, note: BilingualText, seen: str, by: User, mark: str = "") -> int:
    """The version of the draft as it is; inside a transaction that holds the region."""
    document = draft_document(agenda)
    if not document.items or not shown(document.about.title):
        raise Refused({"": _("An agenda needs a title and at least one item.")})
    digest = digest_of(document)
    newest = agenda.versions.first()
    if newest is not None and newest.digest == digest:
        return newest.number
    if seen != digest:
        raise Refused({"": _("The draft changed since you opened this page. Look at it again.")})
    number = 1 if newest is None else newest.number + 1
    AgendaVersion.objects.create(
        agenda=agenda,
        number=number,
        document=_frozen(agenda.region, document),
        digest=digest,
        note_nl=note.nl,
        note_en=note.en,
        mark=mark,
        published_by=by,
    )
    return number


def _frozen(region: Region, document: AgendaDocument) -> dict[str, object]:
    """The document with the titles, as they are today, of what lies outside the agenda."""
    insights = {number for item in document.items for number in item.insights}
    initiatives = {pk for item in document.items for pk in item.initiatives}
    return {
        "form": 1,
        "agenda": document.model_dump(mode="json"),
        "insights": {
            str(insight.number): {"nl": insight.title_nl, "en": insight.title_en}
            for insight in Insight.objects.filter(region=region, number__in=insights)
        },
        "initiatives": {
            str(found.pk): {"nl": found.title_nl, "en": found.title_en}
            for found in Initiative.objects.filter(
                region=region, pk__in=initiatives, published_at__isnull=False
            )
        },
    }
