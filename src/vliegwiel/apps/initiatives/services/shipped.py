"""The catalogue that ships, and example initiatives of a region in the demo."""

from django.db import transaction
from django.utils import timezone

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.initiatives.facts import Facts
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.vocabulary import DataMark, Kind
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User

from .editing import start


@transaction.atomic
def load_catalogue(*, by: User) -> int:
    """Keeps the projects and innovations of the shipped catalogue, open to everybody.

    Says how many there are; loading again renews their words and makes nothing twice. The
    bibliography must be loaded. Raises NotAllowed for anybody but the system itself.
    """
    if not by.is_system:
        raise NotAllowed("initiatives.edit", "")
    catalogue = reference.innovation_catalogue()
    source = Source.objects.get(key=catalogue.source)
    for kind, items in (
        (Kind.PROJECT, catalogue.projects),
        (Kind.INNOVATION, catalogue.innovations),
    ):
        for item in items:
            _keep(item, kind=kind, source=source, by=by)
    return len(catalogue.projects) + len(catalogue.innovations)


def _keep(item: reference.CatalogueInitiative, *, kind: Kind, source: Source, by: User) -> None:
    words = {
        "kind": kind,
        "title_nl": item.title.nl,
        "title_en": item.title.en,
        "summary_nl": item.summary.nl,
        "summary_en": item.summary.en,
        "stage": item.stage,
        "themes": item.themes,
        "questions": item.questions,
        "actors": item.actors,
        "cooperation": item.cooperation,
        "trends": item.trends,
        "factors": item.factors,
        "financing": item.financing,
        "weight": item.weight,
        "source": source,
        "place": item.place,
    }
    now = timezone.now()
    Initiative.objects.update_or_create(
        catalogue_key=item.key,
        defaults=words,
        create_defaults={**words, "made_by": by, "published_at": now},
    )


@transaction.atomic
def load_examples(*, region: Region, by: User) -> int:
    """Starts the proposals of the palette as marked examples of `region`; says how many are there.

    A region that has initiatives already is left alone. Raises NotAllowed without the right.
    """
    if not Initiative.objects.filter(region=region).exists():
        for item in reference.proposal_palette().proposals:
            start(
                region=region,
                facts=Facts(title=item.title.nl, summary=item.summary.nl),
                palette_key=item.key,
                mark=DataMark.EXAMPLE,
                by=by,
            )
    return Initiative.objects.filter(region=region).count()
