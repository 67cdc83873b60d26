"""Addresses: how each number of a care system is named, labelled and found.

An address names by id (``care_types.ambulant.stay.mean``); a path says where in the document
(``care_types[2].stay.mean``). Both are given for every number, so that a fault points at a place
and a scenario at a meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .model import BASE, AgeBand, CareSystem, CareType, Destination, NextStep, Reentry, Referrer
from .plans import Plan, limit_plans, price_plans
from .quantity import Quantity, Text, Unit
from .stations import Station, stations_of

Bounds = Literal["any", "growth", "not_negative", "positive", "share"]


#: No real number comes near these; they keep a slip of the pen from taking the machine down.
_LARGEST: Mapping[Unit, float] = {
    "youths": 1e7,
    "youths/month": 1e6,
    "days": 36525.0,
    "share": 1.0,
    "ratio": 100.0,
    "1/year": 0.5,
    "places": 1e6,
    "euro": 1e12,
    "euro/day": 1e6,
    "years": 30.0,
}
_ENORMOUS = 1e15
_SMALLEST: Mapping[Unit, float] = {"days": 0.01, "ratio": 0.01}


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of the document: where, what it is called, and what it may be."""

    address: str
    path: str
    label: Text
    quantity: Quantity
    unit: Unit
    bounds: Bounds
    #: Code of the fault of a scenario that would change it; None where that is possible.
    refusal: str | None = None

    @property
    def changeable(self) -> bool:
        """Whether a scenario can change it."""
        return self.refusal is None

    @property
    def least(self) -> float:
        """The smallest value that can be simulated sensibly."""
        if self.bounds == "positive":
            return _SMALLEST.get(self.unit, 1e-6)
        return {"any": -_ENORMOUS, "growth": -0.99}.get(self.bounds, 0.0)

    @property
    def most(self) -> float:
        """The largest value that can be simulated sensibly."""
        return _ENORMOUS if self.bounds == "any" else _LARGEST[self.unit]


@dataclass(frozen=True, slots=True)
class _Kind:
    label: Text
    unit: Unit
    bounds: Bounds


def _kind(nl: str, en: str, unit: Unit, bounds: Bounds) -> _Kind:
    return _Kind(Text(nl=nl, en=en), unit, bounds)


_KINDS: Mapping[str, _Kind] = {
    "youths": _kind("jeugdigen in de regio", "youths in the region", "youths", "positive"),
    "norm_days": _kind("norm voor de wachttijd", "waiting-time norm", "days", "positive"),
    "municipality": _kind("aandeel van de gemeente", "share of the municipality", "share", "share"),
    "rate": _kind("verwijzingen per maand", "referrals per month", "youths/month", "not_negative"),
    "trend": _kind("groei per jaar", "growth per year", "1/year", "growth"),
    "season": _kind("factor voor de maand", "factor for the month", "ratio", "not_negative"),
    "inflow": _kind("aandeel uit", "share from", "share", "share"),
    "destination": _kind("aandeel naar", "share to", "share", "share"),
    "places": _kind("plekken", "places", "places", "positive"),
    "ceiling": _kind("budget per jaar", "budget a year", "euro", "not_negative"),
    "provider": _kind("aandeel van de aanbieder", "share of the provider", "share", "share"),
    "priority": _kind("aandeel in klasse", "share in class", "share", "share"),
    "stay.mean": _kind("gemiddelde duur", "mean length of care", "days", "positive"),
    "stay.cv": _kind("spreiding van de duur", "spread of the length of care", "ratio", "positive"),
    "extension.probability": _kind("kans op verlenging", "chance of extension", "share", "share"),
    "extension.length": _kind("duur van de verlenging", "length of extension", "days", "positive"),
    "patience.mean": _kind("geduld van wachtenden", "patience while waiting", "days", "positive"),
    "age": _kind("aandeel van leeftijd", "share of age", "share", "share"),
    "age_at_start": _kind("aandeel van leeftijd", "share of age", "share", "share"),
    "leave_at": _kind(
        "leeftijd waarop jeugdhulp stopt", "age at which youth care stops", "years", "positive"
    ),
    "until_age": _kind(
        "leeftijd waarop deze zorg stopt", "age at which this care stops", "years", "positive"
    ),
    "success": _kind("kans op succes", "chance of success", "share", "share"),
    "leave_to": _kind(
        "van wie stopt met wachten naar", "of who stops waiting to", "share", "share"
    ),
    "next_without_success": _kind(
        "kans op doorstroom zonder succes naar",
        "chance of going on without success to",
        "share",
        "share",
    ),
    "reentry.probability_without_success": _kind(
        "kans op terugkeer na zorg zonder succes",
        "chance of coming back after no success",
        "share",
        "share",
    ),
    "next": _kind("kans op doorstroom naar", "chance of going on to", "share", "share"),
    "cost_per_day": _kind("kosten per dag", "cost per day", "euro/day", "not_negative"),
    "cost_per_start": _kind("kosten per start", "cost per start", "euro", "not_negative"),
    "in_care_at_start": _kind(
        "in zorg bij de start", "in care at the start", "youths", "not_negative"
    ),
    "waiting_at_start": _kind(
        "wachtend bij de start", "waiting at the start", "youths", "not_negative"
    ),
    "reentry.probability": _kind("kans op terugkeer", "chance of coming back", "share", "share"),
    "reentry.returning_at_start": _kind(
        "op weg terug bij de start", "on the way back at the start", "youths", "not_negative"
    ),
    "moving.rate": _kind("verhuizingen per jaar", "moves per year", "1/year", "not_negative"),
    "reentry.delay_mean": _kind("tijd tot terugkeer", "time until coming back", "days", "positive"),
}
#: What a scenario cannot change, and the code of the fault that says why.
_REFUSALS: Mapping[str, str] = {
    "youths": "fact_of_region",
    "norm_days": "fact_of_norm",
    "in_care_at_start": "fact_of_start",
    "waiting_at_start": "fact_of_start",
    "reentry.returning_at_start": "fact_of_start",
    "age_at_start": "fact_of_start",
    "moving.rate": "fact_of_moving",
}
_MONTHS = (
    ("januari", "January"), ("februari", "February"), ("maart", "March"), ("april", "April"),
    ("mei", "May"), ("juni", "June"), ("juli", "July"), ("augustus", "August"),
    ("september", "September"), ("oktober", "October"), ("november", "November"),
    ("december", "December"),
)  # fmt: skip


def _entry(
    kind: str,
    address: str,
    path: str,
    quantity: Quantity,
    *,
    owner: Text | None = None,
    to: Text | None = None,
) -> Entry:
    what = _KINDS[kind]
    nl, en = what.label.nl, what.label.en
    if to is not None:
        nl, en = f"{nl} {to.nl}", f"{en} {to.en}"
    if owner is not None:
        nl, en = f"{owner.nl}: {nl}", f"{owner.en}: {en}"
    return Entry(
        address=address,
        path=path,
        label=Text(nl=nl, en=en),
        quantity=quantity,
        unit=what.unit,
        bounds=what.bounds,
        refusal=_REFUSALS.get(kind),
    )


def destination_labels(system: CareSystem) -> Mapping[str, Text]:
    """Label of every place a youth can go to: the care types, ``base`` and ``out``."""
    labels = {care_type.id: care_type.label for care_type in system.care_types}
    labels[BASE] = Text(nl="basisvoorzieningen", en="base provisions")
    labels["out"] = Text(nl="uit zorg", en="out of care")
    return labels


def _label(labels: Mapping[str, Text], name: str) -> Text:
    return labels.get(name, Text(nl=name, en=name))


def _destinations(
    address: str,
    path: str,
    steps: Sequence[Destination | NextStep],
    owner: Text,
    labels: Mapping[str, Text],
    *,
    kind: str,
) -> Iterator[Entry]:
    for j, step in enumerate(steps):
        to = _label(labels, step.care_type)
        if isinstance(step, NextStep):
            field, quantity = "probability", step.probability
        else:
            field, quantity = "share", step.share
        where = f"{path}[{j}].{field}"
        yield _entry(kind, f"{address}.{step.care_type}", where, quantity, owner=owner, to=to)


def _of_station(station: Station) -> Iterator[Entry]:
    if station.provider is not None:
        path = f"{station.path.removesuffix('.capacity')}.share"
        share = station.provider.share
        yield _entry("provider", f"{station.address}.share", path, share, owner=station.label)
    for plan in limit_plans(station):
        yield from _of_plan(plan)


def _of_plan(plan: Plan) -> Iterator[Entry]:
    """A number and its steps. A change works on the number at whatever step it has come to."""
    owner = plan.owner
    yield _entry(plan.kind, plan.address, plan.path, plan.quantity, owner=owner)
    for j, step in enumerate(plan.steps):
        when = f"{step.from_:%Y-%m}"
        since = Text(nl=f"vanaf {when}", en=f"from {when}")
        where = f"{plan.steps_path}[{j}].value"
        entry = _entry(plan.kind, plan.step_address(step), where, step.value, owner=owner, to=since)
        yield replace(entry, refusal="step_of_plan")


def _of_referrer(i: int, referrer: Referrer, labels: Mapping[str, Text]) -> Iterator[Entry]:
    address, path, owner = f"referrers.{referrer.id}", f"referrers[{i}]", referrer.label
    yield _entry("rate", f"{address}.rate", f"{path}.rate", referrer.rate, owner=owner)
    if referrer.trend is not None:
        yield _entry("trend", f"{address}.trend", f"{path}.trend", referrer.trend, owner=owner)
    for j, place in enumerate(referrer.municipalities):
        to, where = _label(labels, place.municipality), f"{path}.municipalities[{j}].share"
        name = f"{address}.municipalities.{place.municipality}"
        yield _entry("inflow", name, where, place.share, owner=owner, to=to)
    yield from _destinations(
        f"{address}.destinations", f"{path}.destinations", referrer.destinations, owner, labels,
        kind="destination",
    )  # fmt: skip
    yield from _ages(f"{address}.ages", f"{path}.ages", referrer.ages, owner)
    for j, part in enumerate(referrer.priorities):
        to, where = _label(labels, part.priority), f"{path}.priorities[{j}].share"
        name = f"{address}.priorities.{part.priority}"
        yield _entry("priority", name, where, part.share, owner=owner, to=to)


def _of_care_type(i: int, care: CareType, labels: Mapping[str, Text]) -> Iterator[Entry]:
    address, path, owner = f"care_types.{care.id}", f"care_types[{i}]", care.label
    for station in stations_of(i, care):
        yield from _of_station(station)
    named: list[tuple[str, Quantity | None]] = [
        ("stay.mean", care.stay.mean),
        ("stay.cv", care.stay.cv),
        ("extension.probability", care.extension.probability if care.extension else None),
        ("extension.length", care.extension.length if care.extension else None),
        ("patience.mean", care.patience.mean if care.patience else None),
        ("success", care.success),
        ("until_age", care.until_age),
    ]
    for name, quantity in named:
        if quantity is not None:
            yield _entry(name, f"{address}.{name}", f"{path}.{name}", quantity, owner=owner)
    flows: list[tuple[str, str, Sequence[Destination | NextStep]]] = [
        ("next", "next", care.next),
        ("next_without_success", "next_without_success", care.next_without_success),
        ("leave_to", "patience.leave_to", care.patience.destinations if care.patience else ()),
    ]
    for name, where, steps in flows:
        yield from _destinations(
            f"{address}.{name}", f"{path}.{where}", steps, owner, labels, kind=name
        )
    for plan in price_plans(care, path):
        yield from _of_plan(plan)
    named = [
        ("in_care_at_start", care.in_care_at_start),
        ("waiting_at_start", care.waiting_at_start),
    ]
    for name, quantity in named:
        if quantity is not None:
            yield _entry(name, f"{address}.{name}", f"{path}.{name}", quantity, owner=owner)
    there = f"{address}.ages_at_start", f"{path}.ages_at_start"
    yield from _ages(*there, care.ages_at_start, owner, kind="age_at_start")


def _ages(
    address: str,
    path: str,
    bands: Sequence[AgeBand],
    owner: Text | None = None,
    *,
    kind: str = "age",
) -> Iterator[Entry]:
    for j, band in enumerate(bands):
        years = Text(nl=f"{band.from_} tot {band.to} jaar", en=f"{band.from_} to {band.to} years")
        name, where = f"{address}.{band.name}", f"{path}[{j}].share"
        yield _entry(kind, name, where, band.share, owner=owner, to=years)


def _of_reentry(back: Reentry, labels: Mapping[str, Text]) -> Iterator[Entry]:
    for address, quantity in (
        ("reentry.probability", back.probability),
        ("reentry.probability_without_success", back.probability_without_success),
        ("reentry.delay_mean", back.delay_mean),
        ("reentry.returning_at_start", back.returning_at_start),
    ):
        if quantity is not None:
            yield _entry(address, address, address, quantity)
    address, owner = "reentry.destinations", Text(nl="terugkeer", en="coming back")
    yield from _destinations(address, address, back.destinations, owner, labels, kind="destination")


def entries(system: CareSystem) -> tuple[Entry, ...]:
    """Every number of the care system, in the order of the document (seasons apart)."""
    labels = destination_labels(system)
    found = [
        _entry("youths", "youths", "youths", system.youths),
        _entry("norm_days", "norm_days", "norm_days", system.norm_days),
    ]
    for i, municipality in enumerate(system.municipalities):
        name = Text(nl=municipality.name, en=municipality.name)
        address, path = f"municipalities.{municipality.code}", f"municipalities[{i}].share"
        found.append(_entry("municipality", address, path, municipality.share, owner=name))
    named = {
        **{priority.id: priority.label for priority in system.priorities},
        **{m.code: Text(nl=m.name, en=m.name) for m in system.municipalities},
    }
    for i, referrer in enumerate(system.referrers):
        found.extend(_of_referrer(i, referrer, {**named, **labels}))
    for i, care_type in enumerate(system.care_types):
        found.extend(_of_care_type(i, care_type, labels))
    if system.reentry is not None:
        found.extend(_of_reentry(system.reentry, labels))
    if system.ages is not None:
        found.append(_entry("leave_at", "ages.leave_at", "ages.leave_at", system.ages.leave_at))
        found.extend(_ages("ages.at_entry", "ages.at_entry", system.ages.at_entry))
        at_start = "ages.at_start"
        found.extend(_ages(at_start, at_start, system.ages.at_start, kind="age_at_start"))
    if system.moving is not None:
        found.append(_entry("moving.rate", "moving.rate", "moving.rate", system.moving.rate))
    for i, working in enumerate(system.workings):
        quantity = working.quantity
        found.append(
            Entry(
                address=f"workings.{working.id}",
                path=f"workings[{i}].quantity",
                label=working.label,
                quantity=quantity,
                unit=quantity.unit,
                bounds="any",
                refusal="fact_of_working",
            )
        )
    return tuple(found)


def targets(system: CareSystem) -> Mapping[str, Entry]:
    """Every number that a scenario may name, by address.

    Besides :func:`entries` these are the factors of the seasons (``referrers.gp.season.01``), which
    a document gives one origin together and which are never drawn.
    """
    found = {entry.address: entry for entry in entries(system)}
    for i, referrer in enumerate(system.referrers):
        season = referrer.season
        if season is None:
            continue
        for month, (value, (nl, en)) in enumerate(zip(season.values, _MONTHS, strict=True), 1):
            factor = Quantity(value=value, unit="ratio", provenance=season.provenance)
            path, to = f"referrers[{i}].season.values[{month - 1}]", Text(nl=nl, en=en)
            address = season_address(referrer, month)
            found[address] = _entry("season", address, path, factor, owner=referrer.label, to=to)
    return found


def season_address(referrer: Referrer, month: int) -> str:
    """Address of the factor of a month of the year, 1 to 12."""
    return f"referrers.{referrer.id}.season.{month:02d}"
