"""How large the changes of an initiative turned out to be, for the model of a region."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from vliegwiel.apps.decisions.models import Evidence, ForecastRecord, Whose
from vliegwiel.apps.explorer import queries as explorer
from vliegwiel.apps.explorer.known import Address, MeasuredSize, address_of
from vliegwiel.apps.explorer.models import SimulationRun
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.caresystem import Scenario, Text
from vliegwiel.science.evidence.realising import Came, Realised, realised

from .elsewhere import evidence_of_family
from .kept import Measured, adding, measured

#: A factor stays above nothing.
_LEAST_FACTOR = 0.01


@dataclass(frozen=True, slots=True)
class _Told:
    """Evidence with what the model had said of it, and the scenario that was run for that."""

    evidence: Evidence
    said: ForecastRecord
    scenario: Scenario


def realised_sizes(initiative_id: int, *, region: Region | None = None) -> Sequence[MeasuredSize]:
    """The size of each change of an initiative as its pilots measured it, here and elsewhere.

    Every region counts once, by the outcome that is measured in most of them, and only where a
    forecast of the model was put on record before the start. See `science.evidence.realising`.
    `region` is who asks, unless it is the initiative's own: it counts what that region may see.
    What is made up says nothing of what is not, nor anything in another region.
    """
    row = Initiative.objects.get(pk=initiative_id)
    asks = row.region_id if region is None else region.pk
    made_up = row.mark != "" and asks == row.region_id
    family = evidence_of_family(initiative_id, asks)
    counted = [one for one in family if made_up or one.outcome.pilot.initiative.mark == ""]
    told = _one_indicator(_told(counted))
    came: dict[Address, list[tuple[Came, int]]] = {}
    for one in told:
        for item in one.scenario.interventions:
            zero = _zero(item.operation)
            found = _came(one, item.size.value - zero)
            if item.operation in ("multiply", "move") and found.tells:
                came.setdefault(address_of(item), []).append((found, one.evidence.pk))
    sizes = []
    for address, rows in came.items():
        found_size = realised([one for one, _number in rows])
        if found_size is not None:
            sizes.append(_size(address, found_size, tuple(number for _one, number in rows)))
    return sizes


def _told(found: Sequence[Evidence]) -> Sequence[_Told]:
    numbers = [one.outcome_id for one in found if one.error]
    said = {
        one.outcome_id: one
        for one in ForecastRecord.objects.filter(outcome__in=numbers, whose=Whose.MODEL)
    }
    runs = SimulationRun.objects.select_related("scenario__care_system").in_bulk(
        [one.run for one in said.values() if one.run is not None]
    )
    return [
        _Told(one, said[one.outcome_id], explorer.scenario(runs[run].scenario))
        for one in found
        if one.outcome_id in said and (run := said[one.outcome_id].run) in runs
    ]


def _one_indicator(told: Sequence[_Told]) -> Sequence[_Told]:
    """The newest of each region, by the indicator that most regions measured."""
    by_key: dict[Measured, dict[int, _Told]] = {}
    for one in told:
        outcome = one.evidence.outcome
        regions = by_key.setdefault(measured(one.evidence), {})
        region = outcome.pilot.initiative.region_id
        if region is not None:
            regions.setdefault(region, one)
    if not by_key:
        return []
    most = max(sorted(by_key), key=lambda key: len(by_key[key]))
    return list(by_key[most].values())


def _came(one: _Told, size: float) -> Came:
    region = one.evidence.outcome.pilot.initiative.region
    return Came(
        region=region.name if region is not None else "",
        expected=one.said.likely,
        low=one.said.low,
        high=one.said.high,
        measured=adding(one.evidence),
        error=one.evidence.error or 0.0,
        size=size,
    )


def _zero(operation: str) -> float:
    """The size that changes nothing."""
    return 1.0 if operation == "multiply" else 0.0


def _size(address: Address, found: Realised, evidence: tuple[int, ...]) -> MeasuredSize:
    target, operation, to = address
    least, most = (_LEAST_FACTOR, float("inf")) if operation == "multiply" else (0.0, 1.0)
    low, likely, high = (
        round(min(max(_zero(operation) + number, least), most), 6)
        for number in (found.low, found.estimate, found.high)
    )
    why = Text(nl=_why(found, "nl"), en=_why(found, "en"))
    return MeasuredSize(
        target=target,
        operation=operation,
        to=to,
        low=low,
        likely=likely,
        high=high,
        why=why,
        evidence=evidence,
    )


def _why(found: Realised, language: str) -> str:
    """Where it was measured, and what the range holds."""
    with override(language):
        words = {"regions": get_text_list(list(found.regions), _("and"))}
        if found.reach == "next_region":
            return (
                _("Measured by pilots in %(regions)s. The range is where a next region lies.")
                % words
            )
        return (
            _(
                "Measured by pilots in %(regions)s. The range holds what was found there; for "
                "a next region it can be wider, as there are fewer than three."
            )
            % words
        )
