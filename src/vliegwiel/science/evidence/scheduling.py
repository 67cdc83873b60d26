"""A scenario as a pilot: its changes in a few municipalities, each from a month of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from vliegwiel.science.caresystem import (
    CareSystem,
    Derived,
    DerivedInput,
    Intervention,
    Municipality,
    MunicipalityShare,
    Quantity,
    Ranged,
    Referrer,
    Scenario,
    Stage,
    Text,
)
from vliegwiel.science.kernel import Month

Place = TypeVar("Place", Municipality, MunicipalityShare)


def piloted(scenario: Scenario, begins: Mapping[str, Month]) -> Scenario:
    """The scenario with the stages of a pilot instead of its own.

    Each change keeps the ramp of its own first stage, and comes as many months after the begin as
    it came after the first of all changes in the scenario.

    Args:
        begins: first month of the pilot in each municipality, by code.
    """
    firsts = [min(i.stages, key=lambda stage: stage.from_) for i in scenario.interventions]
    begin = min(Month.of(stage.from_) for stage in firsts)
    by_month: dict[Month, list[str]] = {}
    for code, month in begins.items():
        by_month.setdefault(month, []).append(code)

    def moved(intervention: Intervention, first: Stage) -> Intervention:
        later = Month.of(first.from_).minus(begin)
        stages = tuple(
            first.model_copy(
                update={"from_": month.plus(later).first_day, "municipalities": tuple(codes)}
            )
            for month, codes in sorted(by_month.items())
        )
        return intervention.model_copy(update={"stages": stages})

    changes = zip(scenario.interventions, firsts, strict=True)
    return scenario.model_copy(update={"interventions": tuple(moved(*one) for one in changes)})


def halved(system: CareSystem, codes: tuple[str, ...]) -> tuple[CareSystem, dict[str, str]]:
    """The care system with each of these municipalities as two halves of its youths.

    Returns:
        The care system, and the code of the second half by that of the first, which keeps the code
        of the municipality.
    """
    taken = {municipality.code for municipality in system.municipalities}
    free = (f"{number:04d}" for number in range(9999, 0, -1) if f"{number:04d}" not in taken)
    second = {m.code: next(free) for m in system.municipalities if m.code in codes}
    parted: dict[str, object] = {
        "municipalities": _in_halves(system.municipalities, "code", "municipalities", second)
    }
    if any(referrer.municipalities for referrer in system.referrers):
        parted["referrers"] = tuple(_referrer(one, second) for one in system.referrers)
    return system.model_copy(update=parted), second


def _referrer(referrer: Referrer, second: Mapping[str, str]) -> Referrer:
    """With its own shares in halves as well, if it has them."""
    if not referrer.municipalities:
        return referrer
    address = f"referrers.{referrer.id}.municipalities"
    parted = _in_halves(referrer.municipalities, "municipality", address, second)
    return referrer.model_copy(update={"municipalities": parted})


def _in_halves(
    places: Sequence[Place], code_of: str, address: str, second: Mapping[str, str]
) -> tuple[Place, ...]:
    """A list of shares of municipalities, with two halves of those in ``second``."""
    found: list[Place] = []
    for place in places:
        code = getattr(place, code_of)
        if code not in second:
            found.append(place)
            continue
        half = _half(place.share)
        found.append(place.model_copy(update={"share": half}))
        # The same number as the first half in every draw: who is in which half is chance alone.
        same = Derived(
            kind="derived",
            formula="half",
            inputs={"half": DerivedInput(ref=f"{address}.{code}")},
            how=Text(nl="De andere helft.", en="The other half."),
        )
        twin = half.model_copy(update={"provenance": same})
        found.append(place.model_copy(update={code_of: second[code], "share": twin}))
    return tuple(found)


def _half(share: Quantity) -> Quantity:
    origin = share.provenance
    if isinstance(origin, Ranged):
        origin = origin.model_copy(update={"low": origin.low / 2, "high": origin.high / 2})
    elif isinstance(origin, Derived):
        formula = f"({origin.formula}) / 2"
        origin = origin.model_copy(update={"formula": formula, "rounding": origin.rounding / 2})
    return share.model_copy(update={"value": share.value / 2, "provenance": origin})
