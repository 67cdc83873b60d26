"""An initiative as somebody types it: new, changed, published."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel import reference
from vliegwiel.apps.initiatives.errors import ChangedMeanwhile, InitiativeRefused
from vliegwiel.apps.initiatives.facts import KEY_FIELDS, Facts
from vliegwiel.apps.initiatives.models import (
    FactsVersion,
    Initiative,
    InsightLink,
    ProposalVersion,
    StageStep,
)
from vliegwiel.apps.initiatives.stages import Stage
from vliegwiel.apps.initiatives.vocabulary import (
    LONGEST_SUMMARY,
    LONGEST_TEXT,
    LONGEST_TITLE,
    DataMark,
    Financing,
    Weight,
)
from vliegwiel.apps.insights.models import Insight
from vliegwiel.apps.regions import Trace, traces_of
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require

from .allowing import locked, locked_for_region

_COPIED = (*KEY_FIELDS, "programmes_note", "weight")


@transaction.atomic
def start(
    *, region: Region, facts: Facts, palette_key: str = "", mark: str = DataMark.REAL, by: User
) -> int:
    """Keeps a new initiative as an idea and returns its number; the same again changes nothing.

    One that starts from the palette gets the question and the hypothesis of its example as the
    first version of its proposal. Raises InitiativeRefused with a sentence per field, and
    NotAllowed without the right to propose.
    """
    require(by, "initiatives.propose", region)
    facts = _tidied(facts)
    problems = _problems(region, facts)
    if problems:
        raise InitiativeRefused(problems)
    # Locked, so that a form that is sent twice finds what the first one made.
    Region.objects.select_for_update().get(pk=region.pk)
    same = Initiative.objects.filter(region=region, title_nl__iexact=facts.title).first()
    if same is not None:
        if same.made_by_id == by.pk and same.summary_nl == facts.summary:
            return same.pk
        raise InitiativeRefused(
            {"title": _("The region has an initiative with this title already.")}
        )
    return begin(region, facts, palette_key=palette_key, mark=mark, by=by).pk


def begin(
    region: Region, facts: Facts, *, palette_key: str = "", mark: str, by: User
) -> Initiative:
    """Keeps a new idea; who calls this has asked the right and checked the facts."""
    initiative = Initiative(
        region=region, palette_key=_known_palette(palette_key), mark=mark, made_by=by
    )
    initiative.stage = Stage.IDEA
    keep(initiative, facts, by=by)
    StageStep.objects.create(
        initiative=initiative, target=Stage.IDEA, reason=_("Written down."), by=by
    )
    if initiative.palette_key:
        _begin_proposal(initiative, by=by)
    return initiative


@transaction.atomic
def change(*, initiative_id: int, facts: Facts, seen: int, by: User) -> None:
    """Changes what an initiative is; the version `seen` stays readable.

    Raises ChangedMeanwhile when `seen` is not what counts any more, InitiativeRefused with a
    sentence per field, Initiative.DoesNotExist, and NotAllowed.
    """
    initiative = locked(initiative_id, by=by)
    assert initiative.region is not None, "only those of a region may be changed"
    facts = _tidied(facts)
    problems = _problems(initiative.region, facts)
    others = Initiative.objects.filter(region=initiative.region, title_nl__iexact=facts.title)
    if others.exclude(pk=initiative.pk).exists():
        problems["title"] = _("The region has an initiative with this title already.")
    if problems:
        raise InitiativeRefused(problems)
    now = initiative.facts_versions.first()
    if now is not None and now.facts == as_json(facts):
        return
    if initiative.version != seen:
        raise ChangedMeanwhile
    initiative.version += 1
    keep(initiative, facts, by=by)


@transaction.atomic
def publish(*, initiative_id: int, by: User) -> None:
    """Shows the initiative to everybody, also to who does not log in. Raises NotAllowed."""
    initiative = locked_for_region(initiative_id, by=by)
    if initiative.published_at is None:
        initiative.published_at = timezone.now()
        initiative.save(update_fields=["published_at"])


@transaction.atomic
def withdraw(*, initiative_id: int, by: User) -> None:
    """Shows the initiative to people of the region only. Raises NotAllowed."""
    initiative = locked_for_region(initiative_id, by=by)
    if initiative.published_at is not None:
        initiative.published_at = None
        initiative.save(update_fields=["published_at"])


def keep(initiative: Initiative, facts: Facts, *, by: User) -> None:
    """Keeps facts that were checked as the version that the initiative is at."""
    initiative.title_nl, initiative.summary_nl = facts.title, facts.summary
    for name in _COPIED:
        value = getattr(facts, name)
        setattr(initiative, name, value if isinstance(value, str) else list(value))
    initiative.save()
    FactsVersion.objects.create(
        initiative=initiative, number=initiative.version, facts=as_json(facts), by=by
    )
    initiative.insight_links.all().delete()
    answered = Insight.objects.filter(region=initiative.region, number__in=facts.insights)
    InsightLink.objects.bulk_create(
        InsightLink(initiative=initiative, insight=insight) for insight in answered
    )


def _begin_proposal(initiative: Initiative, *, by: User) -> None:
    palette = reference.proposal_palette()
    example = next(item for item in palette.proposals if item.key == initiative.palette_key)
    ProposalVersion.objects.create(
        initiative=initiative,
        number=1,
        question=example.question.nl,
        hypothesis=palette.hypothesis.nl,
        by=by,
    )


def _known_palette(key: str) -> str:
    known = {item.key for item in reference.proposal_palette().proposals}
    return key if key in known else ""


def as_json(facts: Facts) -> dict[str, object]:
    """Facts as a version of them is kept."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(facts).items()
    }


def _tidied(facts: Facts) -> Facts:
    """Without spaces round texts, and lists in one order, so that the same is the same."""
    tidy: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else tuple(sorted(set(value)))
        for name, value in asdict(facts).items()
    }
    return Facts(**{**tidy, "title": " ".join(facts.title.split())})


def _problems(region: Region, facts: Facts) -> dict[str, str]:
    """What cannot be kept, in words; a form has asked for most of it already."""
    unknown = _("Choose from the list.")
    known = _known_keys(region)
    problems = {
        name: unknown for name, keys in known.items() if not keys.issuperset(getattr(facts, name))
    }
    if facts.weight not in ("", *Weight.values):
        problems["weight"] = unknown
    lengths = {
        "title": (1, LONGEST_TITLE),
        "summary": (1, LONGEST_SUMMARY),
        "programmes_note": (0, LONGEST_TEXT),
    }
    for name, (least, most) in lengths.items():
        if not least <= len(getattr(facts, name)) <= most:
            problems[name] = _("Use %(least)s to %(most)s characters.") % {
                "least": least,
                "most": most,
            }
    for name in ("title", "summary", "programmes_note"):
        if name not in problems and leads_to_a_person(getattr(facts, name)):
            problems[name] = _(
                "Something in this text could lead to a person. Write about groups only."
            )
    return problems


def leads_to_a_person(text: str) -> bool:
    """Organisations, places and years may be named here; ways to reach or number somebody not."""
    return any(
        kind is Trace.EMAIL or (kind is Trace.NUMBER and sum(map(str.isdigit, piece)) >= 9)
        for kind, piece in traces_of(text)
    )


def _known_keys(region: Region) -> dict[str, set[object]]:
    catalogue = reference.innovation_catalogue()
    programmes = reference.programmes_of(region.slug)
    insights = Insight.objects.filter(region=region).values_list("number", flat=True)
    return {
        "themes": {item.key for item in catalogue.themes},
        "questions": {item.key for item in catalogue.questions},
        "actors": {item.key for item in catalogue.actors},
        "cooperation": {item.key for item in catalogue.cooperation},
        "trends": {item.key for item in catalogue.trends},
        "factors": {item.key for item in (*catalogue.chances, *catalogue.barriers)},
        "programmes": {item.key for item in programmes.programmes} if programmes else set(),
        "financing": set(Financing.values),
        "insights": set(insights),
    }
