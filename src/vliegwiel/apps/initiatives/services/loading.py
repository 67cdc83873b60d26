"""Takes a table of initiatives of a region: whole, or nothing of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from vliegwiel import reference
from vliegwiel.apps.initiatives.errors import InitiativesRefused
from vliegwiel.apps.initiatives.facts import Facts
from vliegwiel.apps.initiatives.initiative_table import (
    LISTS,
    InitiativeRow,
    KnownWords,
    read_initiatives,
)
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.vocabulary import Financing
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require

from .editing import as_json, begin, keep, leads_to_a_person


@dataclass(frozen=True, slots=True)
class InitiativesLoaded:
    """What a table brought: how many rows it has, and how many were new or changed one."""

    read: int
    added: int
    changed: int

    @property
    def was_new(self) -> bool:
        return bool(self.added or self.changed)


def load_initiatives(*, region: Region, name: str, content: bytes, by: User) -> InitiativesLoaded:
    """Takes a CSV or Excel table of initiatives of `region`, told apart by their titles.

    A new one begins as an idea; one that says something else than what is kept is a new version of
    it. What the table does not mention stays, and the same table again changes nothing. Raises
    InitiativesRefused with every finding when one is an error, and NotAllowed without the right to
    edit initiatives.
    """
    require(by, "initiatives.edit", region)
    rows, findings = read_initiatives(
        content, name=name, known=_known_words(region), leads_to_a_person=leads_to_a_person
    )
    if rows is None:
        raise InitiativesRefused(name, findings)
    with transaction.atomic():
        # Two loads, or a load and a form, wait for each other: a title stands once.
        Region.objects.select_for_update().get(pk=region.pk)
        return _keep_all(rows, region, by)


def _keep_all(rows: Sequence[InitiativeRow], region: Region, by: User) -> InitiativesLoaded:
    there = Initiative.objects.filter(region=region).prefetch_related("facts_versions")
    known = {row.title_nl.casefold(): row for row in there}
    added = changed = 0
    for row in rows:
        initiative = known.get(row.facts.title.casefold())
        if initiative is None:
            begin(region, row.facts, mark=row.mark, by=by)
            added += 1
        elif _differs(initiative, row.facts):
            initiative.version += 1
            keep(initiative, row.facts, by=by)
            changed += 1
    return InitiativesLoaded(len(rows), added, changed)


def _differs(initiative: Initiative, facts: Facts) -> bool:
    newest = next(iter(initiative.facts_versions.all()), None)
    return newest is None or newest.facts != as_json(facts)


def _known_words(region: Region) -> KnownWords:
    """Keys, and the words for them in both languages."""
    catalogue = reference.innovation_catalogue()
    programmes = reference.programmes_of(region.slug)
    items: dict[str, Sequence[reference.CatalogueItem | reference.Programme]] = {
        **{name: getattr(catalogue, name) for name in LISTS if hasattr(catalogue, name)},
        "factors": [*catalogue.chances, *catalogue.barriers],
        "programmes": programmes.programmes if programmes else [],
    }
    numbers = Insight.objects.filter(region=region).values_list("number", flat=True)
    return {
        **{name: _by_word(found) for name, found in items.items()},
        "financing": {
            word.casefold(): key
            for key, label in Financing.choices
            for word in (str(key), str(label))
        },
        "insights": {str(number): str(number) for number in numbers},
    }


def _by_word(
    items: Sequence[reference.CatalogueItem | reference.Programme],
) -> Mapping[str, str]:
    return {
        word.casefold(): item.key
        for item in items
        for word in (item.title.nl, item.title.en, item.key)
    }
