"""What a part of the draft can point to, for the form of its editor."""

from collections.abc import Mapping, Sequence

from vliegwiel.apps.agenda.documents import draft_document, shown
from vliegwiel.apps.agenda.models import Agenda
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.insights.queries import numbered
from vliegwiel.apps.regions.models import Region
from vliegwiel.reference import AgendaItem, BilingualText

from .reading import either

#: A region may have thousands of initiatives: those that were worked on last, and those chosen.
MOST_INITIATIVES = 100
Choices = Sequence[tuple[str, str]]


def choices_for(region: Region, item: AgendaItem) -> Mapping[str, Choices]:
    """For every field of an item that points to something: what there is to choose.

    What the item points to already is among it, also where that has left the agenda.
    """
    agenda = Agenda.objects.filter(region=region).first()
    found: dict[str, Choices] = {
        "insights": _insights(region),
        "initiatives": _initiatives(region, item),
    }
    document = None if agenda is None else draft_document(agenda)
    for field, kind in _LISTS.items():
        parts = () if document is None else getattr(document, kind)
        choices = [(part.key, shown(part.title)) for part in parts if part.key != item.key]
        known = {key for key, _title in choices}
        gone = [(key, key) for key in getattr(item, field) if key not in known]
        found[field] = [*choices, *gone]
    return found


_LISTS: Mapping[str, str] = {
    "needs": "items",
    "feeds": "items",
    "spearheads": "spearheads",
    "programmes": "programmes",
    "elements": "elements",
    "examined": "elements",
}


def _insights(region: Region) -> Choices:
    titles = {
        str(found.number): {
            "nl": numbered(found.number, found.title_nl),
            "en": numbered(found.number, found.title_en),
        }
        for found in Insight.objects.filter(region=region).order_by("number")
    }
    return list(either(titles).items())


def _initiatives(region: Region, item: AgendaItem) -> Choices:
    own = Initiative.objects.filter(region=region).only("title_nl", "title_en", "changed_at")
    found = {one.pk: one for one in own.filter(pk__in=item.initiatives)}
    found |= {one.pk: one for one in own.order_by("-changed_at", "-pk")[:MOST_INITIATIVES]}
    return [
        (str(pk), shown(BilingualText(nl=one.title_nl, en=one.title_en)))
        for pk, one in found.items()
    ]
