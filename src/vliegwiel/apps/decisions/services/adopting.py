"""Another region takes an initiative over, with what was measured of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel.apps.decisions.errors import DecisionRefused
from vliegwiel.apps.decisions.models import Adoption
from vliegwiel.apps.decisions.queries.sizes import realised_sizes
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer import services as explorer_services
from vliegwiel.apps.explorer.edits import month_after
from vliegwiel.apps.explorer.known import Address, MeasuredSize
from vliegwiel.apps.initiatives import (
    Change,
    Facts,
    HypothesisFacts,
    ProposalFacts,
    scenario_of,
)
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.queries import hypothesis_now, proposal_now
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require
from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    Text,
    read_scenario,
    write_document,
)

#: Parts of a proposal that hold in another region as well; who takes part and what it costs do not.
_CARRIED = ("question", "hypothesis", "literature", "design", "outcome_criteria", "sharing")
_LONGEST_JUDGEMENT, _LONGEST_CHANGES = 200, 4000


@transaction.atomic
def adopt(*, origin_id: int, region: Region, changes: str, by: User) -> int:
    """Takes a published initiative over as an idea of `region`; gives the number of the new one.

    `changes` says what is done otherwise here; an empty text says that nothing is. The proposal
    goes along as far as it holds here, and the hypothesis where the model of the region knows what
    it changes, with the sizes that were measured. Adopting again gives the one that is there.
    Raises DecisionRefused for what is not published or is the region's own,
    initiatives.InitiativeRefused when the region has one with this title, and NotAllowed without
    the right `initiatives.propose`.
    """
    require(by, "initiatives.propose", region)
    Region.objects.select_for_update().get(pk=region.pk)
    origin = Initiative.objects.select_related("region").get(pk=origin_id)
    there = Adoption.objects.filter(origin=origin, region=region).first()
    if there is not None:
        return there.adopted_id
    _refuse(origin, region, changes)
    number = initiatives.start(
        region=region, facts=_facts(origin), palette_key=origin.palette_key, by=by
    )
    sizes = realised_sizes(origin.pk, region=region)
    Adoption.objects.create(
        origin=origin, adopted_id=number, region=region, changes=changes.strip(), by=by
    )
    _carry_proposal(origin.pk, number, by=by)
    _carry_hypothesis(origin, number, region, {one.address: one for one in sizes}, by=by)
    explorer_services.record_effects(region=region, sizes=sizes, by=by)
    return number


def _refuse(origin: Initiative, region: Region, changes: str) -> None:
    if origin.published_at is None or origin.region is None:
        raise DecisionRefused({"origin": _("This initiative is not open to other regions.")})
    if origin.region_id == region.pk:
        raise DecisionRefused({"origin": _("This initiative is of the region itself.")})
    if len(changes.strip()) > _LONGEST_CHANGES:
        words = _("Use at most %(n)s characters.") % {"n": _LONGEST_CHANGES}
        raise DecisionRefused({"changes": words})


def _facts(origin: Initiative) -> Facts:
    return Facts(
        title=origin.title_nl,
        summary=origin.summary_nl,
        weight=origin.weight,
        themes=tuple(origin.themes),
        questions=tuple(origin.questions),
        actors=tuple(origin.actors),
        cooperation=tuple(origin.cooperation),
        trends=tuple(origin.trends),
        factors=tuple(origin.factors),
        financing=tuple(origin.financing),
    )


def _carry_proposal(origin: int, number: int, *, by: User) -> None:
    theirs, ours = proposal_now(origin), proposal_now(number)
    carried = {name: theirs.texts[name] for name in _CARRIED if theirs.texts[name]}
    if carried:
        proposal = ProposalFacts(texts={**ours.texts, **carried}, budget=None)
        initiatives.save_proposal(initiative_id=number, proposal=proposal, seen=ours.number, by=by)


def _carry_hypothesis(
    origin: Initiative,
    number: int,
    region: Region,
    sizes: Mapping[Address, MeasuredSize],
    *,
    by: User,
) -> None:
    """The hypothesis with measured sizes, where the model of the region can take it."""
    theirs, version = hypothesis_now(origin.pk), explorer.newest_care_system(region)
    if theirs is None or version is None or origin.region is None:
        return
    system = explorer.care_system(version)
    changes = tuple(_measured(change, sizes) for change in theirs.facts.changes)
    hypothesis = replace(
        theirs.facts,
        judgement=_judgement(origin.region, measured=changes != theirs.facts.changes),
        starts_on=_start(system),
        municipalities=(),
        changes=changes,
    )
    if _fits(hypothesis, number, system):
        initiatives.save_hypothesis(initiative_id=number, hypothesis=hypothesis, seen=0, by=by)


def _measured(change: Change, sizes: Mapping[Address, MeasuredSize]) -> Change:
    found = sizes.get((change.target, change.operation, change.to))
    if found is None:
        return change
    return replace(change, low=found.low, likely=found.likely, high=found.high)


def _judgement(region: Region, *, measured: bool) -> str:
    words = (
        _("What was measured in %(region)s and regions that took it over")
        if measured
        else _("What %(region)s expected; not measured yet")
    )
    return (words % {"region": region.name})[:_LONGEST_JUDGEMENT]


def _start(system: CareSystem) -> date:
    """The first month that is still to come and that the model knows."""
    return max(month_after(timezone.localdate().replace(day=1), 1), system.start)


def _fits(hypothesis: HypothesisFacts, number: int, system: CareSystem) -> bool:
    words = Text(nl="-", en="-")
    made = scenario_of(hypothesis, initiative=number, title=words, description=words, system=system)
    try:
        read_scenario(write_document(made), system)
    except DocumentError:
        return False
    return True
