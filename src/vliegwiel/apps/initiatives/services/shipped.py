"""The catalogue that ships, and example initiatives of a region in the demo."""

from itertools import pairwise

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.initiatives.facts import Change, Facts, HypothesisFacts, ProposalFacts
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.stages import WORKING, Stage
from vliegwiel.apps.initiatives.vocabulary import DataMark, Kind
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User

from .editing import publish, start
from .proposing import save_hypothesis, save_proposal
from .stepping import take_step


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
    """Starts the marked examples that ship for `region`, for a demonstration; says how many.

    A region that has initiatives already is left alone. The bibliography and the insights must be
    loaded. Raises NotAllowed without the rights.
    """
    shipped = reference.example_initiatives(region.slug)
    if shipped is not None and not Initiative.objects.filter(region=region).exists():
        source = Source.objects.get(key=shipped.source)
        for example in shipped.initiatives:
            _make(example, region=region, source=source, by=by)
    return Initiative.objects.filter(region=region).count()


def _make(
    example: reference.ExampleInitiative, *, region: Region, source: Source, by: User
) -> None:
    answered = Insight.objects.filter(region=region, number=example.insight)
    facts = Facts(
        title=example.title.nl,
        summary=example.summary.nl,
        themes=tuple(example.themes),
        questions=tuple(example.questions),
        actors=tuple(example.actors),
        cooperation=tuple(example.cooperation),
        weight=example.weight,
        factors=tuple(example.factors),
        programmes=tuple(example.programmes),
        insights=tuple(answered.values_list("number", flat=True)),
    )
    pk = start(region=region, facts=facts, mark=DataMark.EXAMPLE, by=by)
    Initiative.objects.filter(pk=pk).update(
        title_en=example.title.en,
        summary_en=example.summary.en,
        source=source,
        place=example.place,
    )
    save_proposal(initiative_id=pk, proposal=ProposalFacts(example.proposal), seen=0, by=by)
    if example.hypothesis is not None:
        given = example.hypothesis
        hypothesis = HypothesisFacts(
            for_whom=given.for_whom.nl,
            judgement=given.judgement.nl,
            starts_on=given.starts_on,
            ramp_months=given.ramp_months,
            municipalities=tuple(given.municipalities),
            changes=tuple(
                Change(item.target, item.operation, item.low, item.likely, item.high, item.to)
                for item in given.changes
            ),
        )
        save_hypothesis(initiative_id=pk, hypothesis=hypothesis, seen=0, by=by)
    way = WORKING[: WORKING.index(Stage(example.stage)) + 1]
    for origin, target in pairwise(way):
        take_step(initiative_id=pk, origin=origin, target=target, reason=gettext("Example."), by=by)
    publish(initiative_id=pk, by=by)
