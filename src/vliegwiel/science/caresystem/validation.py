"""What must hold between the numbers of a care system, beyond the shape of the document."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from vliegwiel.science.kernel import Fault

from .addresses import Bounds, Entry, entries
from .age_validation import age_lists
from .capacity import Budget, Provider, Providers
from .derivation import derive
from .faults import fault
from .model import (
    BASE,
    OUT,
    AgeBand,
    CareSystem,
    CareType,
    Destination,
    MunicipalityShare,
    Patience,
    PriorityShare,
    Season,
)
from .optional_validation import check_optional
from .plans import plans
from .quantity import Fitted, Printed, Provenance, Quantity, Ranged
from .stability import unstable_care_types
from .stations import is_limited, places_of

#: What one machine can simulate at a time: more than the whole country has.
MOST_ARRIVALS, MOST_PRESENT = 500_000, 2_000_000

#: How far a sum of shares may be off: printed percentages are rounded.
SUM_TOLERANCE = 1e-6
_ALLOWED: dict[Bounds, Callable[[float], bool]] = {
    "any": lambda _: True,
    "growth": lambda _: True,
    "not_negative": lambda value: value >= 0,
    "positive": lambda value: value > 0,
    "share": lambda value: 0 <= value <= 1,
}
_BOUND_CODES: dict[Bounds, str] = {
    "any": "negative",
    "growth": "negative",
    "not_negative": "negative",
    "positive": "not_positive",
    "share": "not_a_share",
}


def check_system(system: CareSystem) -> tuple[Fault, ...]:
    """Every fault of a document that has the right shape."""
    faults = [*_identities(system), *_inflow(system), *_priorities(system), *_start(system)]
    found = entries(system)
    sources = frozenset(source.id for source in system.sources)
    for entry in found:
        faults.extend(check_quantity(entry, sources))
    for i, care_type in enumerate(system.care_types):
        faults.extend(_care_type(f"care_types[{i}]", care_type))
    faults.extend(_sums(system))
    faults.extend(_steps(system))
    faults.extend(check_optional(system))
    for i, referrer in enumerate(system.referrers):
        if referrer.season is not None:
            faults.extend(_season(f"referrers[{i}].season", referrer.season, sources))
    unique = {entry.address: entry for entry in reversed(found)}
    faults.extend(derive(tuple(reversed(unique.values())), sources)[1])
    if not faults:
        faults.extend(_stability(system))
    return tuple(faults)


def check_quantity(entry: Entry, sources: frozenset[str]) -> Iterator[Fault]:
    """Unit, bounds and origin of one number."""
    quantity, path = entry.quantity, entry.path
    if quantity.unit != entry.unit:
        yield fault(f"{path}.unit", "wrong_unit", unit=quantity.unit, expected=entry.unit)
    value, least, most = quantity.value, entry.least, entry.most
    if not _ALLOWED[entry.bounds](value):
        yield fault(path, _BOUND_CODES[entry.bounds], value=value)
    elif value > most:
        yield fault(path, "above_most", value=value, most=most)
    elif value < least:
        yield fault(path, "below_least", value=value, least=least)

    def allowed(number: float) -> bool:
        return _ALLOWED[entry.bounds](number) and least <= number <= most

    yield from _origin(f"{path}.provenance", quantity, allowed, sources)


def _origin(
    path: str, quantity: Quantity, allowed: Callable[[float], bool], sources: frozenset[str]
) -> Iterator[Fault]:
    origin = quantity.provenance
    yield from _printed(path, origin, sources)
    if isinstance(origin, Ranged):
        low, high, value = origin.low, origin.high, quantity.value
        if not low <= value <= high:
            yield fault(path, "outside_range", value=value, low=low, high=high)
        elif allowed(value) and not (allowed(low) and allowed(high)):
            yield fault(path, "range_impossible", low=low, high=high)


def _printed(path: str, origin: Provenance, sources: frozenset[str]) -> Iterator[Fault]:
    if isinstance(origin, Printed | Fitted) and origin.source not in sources:
        yield fault(f"{path}.source", "unknown_source", source=origin.source)


def _identities(system: CareSystem) -> Iterator[Fault]:
    lists: list[tuple[str, str, Sequence[str]]] = [
        ("sources", "id", [source.id for source in system.sources]),
        ("municipalities", "code", [municipality.code for municipality in system.municipalities]),
        ("referrers", "id", [referrer.id for referrer in system.referrers]),
        ("care_types", "id", list(system.care_type_ids)),
        ("workings", "id", [working.id for working in system.workings]),
        ("priorities", "id", [priority.id for priority in system.priorities]),
    ]
    for i, care_type in enumerate(system.care_types):
        if isinstance(care_type.capacity, Providers):
            names = [provider.id for provider in care_type.capacity.providers]
            lists.append((f"care_types[{i}].capacity.providers", "id", names))
    for name, field, ids in lists:
        seen: Counter[str] = Counter()
        for i, identifier in enumerate(ids):
            seen[identifier] += 1
            if seen[identifier] == 2:
                yield fault(f"{name}[{i}].{field}", "duplicate_id", id=identifier)
    for i, identifier in enumerate(system.care_type_ids):
        if identifier in (BASE, OUT):
            yield fault(f"care_types[{i}].id", "reserved_id", id=identifier)
    yield from _destinations_known(system)


def _destinations_known(system: CareSystem) -> Iterator[Fault]:
    known = {*system.care_type_ids, BASE}
    lists: list[tuple[str, list[str]]] = [
        (f"referrers[{i}].destinations", [d.care_type for d in referrer.destinations])
        for i, referrer in enumerate(system.referrers)
    ]
    lists += [
        (f"care_types[{i}].{name}", [step.care_type for step in steps])
        for i, care_type in enumerate(system.care_types)
        for name, steps in care_type.steps
    ]
    if system.reentry is not None:
        lists.append(("reentry.destinations", [d.care_type for d in system.reentry.destinations]))
    for path, ids in lists:
        for j, identifier in enumerate(ids):
            if identifier not in known:
                yield fault(f"{path}[{j}].care_type", "unknown_care_type", id=identifier)
            elif identifier in ids[:j]:
                yield fault(f"{path}[{j}].care_type", "duplicate_id", id=identifier)
    known.add(OUT)
    for i, care_type in enumerate(system.care_types):
        if care_type.patience is not None:
            yield from _leave_to(f"care_types[{i}].patience.leave_to", care_type.patience, known)


def _leave_to(path: str, patience: Patience, known: set[str]) -> Iterator[Fault]:
    if isinstance(patience.leave_to, str):
        if patience.leave_to not in known:
            yield fault(path, "unknown_care_type", id=patience.leave_to)
        return
    ids = [destination.care_type for destination in patience.leave_to]
    for j, identifier in enumerate(ids):
        if identifier not in known:
            yield fault(f"{path}[{j}].care_type", "unknown_care_type", id=identifier)
        elif identifier in ids[:j]:
            yield fault(f"{path}[{j}].care_type", "duplicate_id", id=identifier)


def _priorities(system: CareSystem) -> Iterator[Fault]:
    known = [priority.id for priority in system.priorities]
    for i, referrer in enumerate(system.referrers):
        seen: set[str] = set()
        for j, part in enumerate(referrer.priorities):
            path = f"referrers[{i}].priorities[{j}].priority"
            if part.priority not in known:
                yield fault(path, "unknown_priority", id=part.priority)
            elif part.priority in seen:
                yield fault(path, "duplicate_id", id=part.priority)
            seen.add(part.priority)


def _inflow(system: CareSystem) -> Iterator[Fault]:
    """The municipalities of a referrer are some of those of the region."""
    known = {municipality.code for municipality in system.municipalities}
    for i, referrer in enumerate(system.referrers):
        codes = [place.municipality for place in referrer.municipalities]
        for j, code in enumerate(codes):
            path = f"referrers[{i}].municipalities[{j}].municipality"
            if code not in known:
                yield fault(path, "unknown_municipality", code=code)
            elif code in codes[:j]:
                yield fault(path, "duplicate_id", id=code)


def _start(system: CareSystem) -> Iterator[Fault]:
    if system.start.day != 1:
        yield fault("start", "not_first_of_month", date=system.start.isoformat())


def _steps(system: CareSystem) -> Iterator[Fault]:
    for plan in plans(system):
        before = system.start
        for j, step in enumerate(plan.steps):
            path, day = f"{plan.steps_path}[{j}].from", step.from_.isoformat()
            if step.from_.day != 1:
                yield fault(path, "not_first_of_month", date=day)
            if step.from_ <= before:
                yield fault(path, "step_too_early", date=day, before=before.isoformat())
            elif plan.kind == "ceiling" and step.from_.month != 1:
                yield fault(path, "not_january", date=day)
            before = step.from_


def _care_type(path: str, care_type: CareType) -> Iterator[Fault]:
    stay = care_type.stay
    if stay.distribution in ("exponential", "fixed", "observed"):
        if stay.cv is not None:
            yield fault(f"{path}.stay.cv", "needless_cv", distribution=stay.distribution)
    elif stay.cv is None:
        yield fault(f"{path}.stay", "needs_cv", distribution=stay.distribution)
    in_care = care_type.in_care_at_start.value
    if is_limited(care_type):
        places = places_of(care_type)
        if places is not None and in_care > places * (1 + SUM_TOLERANCE):
            yield fault(
                f"{path}.in_care_at_start", "more_in_care_than_places",
                in_care=in_care, places=places,
            )  # fmt: skip
    elif care_type.waiting_at_start is not None and care_type.waiting_at_start.value != 0:
        yield fault(f"{path}.waiting_at_start", "waiting_without_limit")


def _sums(system: CareSystem) -> Iterator[Fault]:
    for path, values in (*_share_lists(system), *_optional_share_lists(system)):
        total = math.fsum(values)
        if abs(total - 1) > SUM_TOLERANCE:
            yield fault(path, "shares_sum", total=total)
    for i, care_type in enumerate(system.care_types):
        for name, steps in care_type.steps:
            total = math.fsum(step.probability.value for step in steps)
            if total > 1 + SUM_TOLERANCE:
                yield fault(f"care_types[{i}].{name}", "probabilities_sum", total=total)


ShareLists = Iterator[tuple[str, list[float]]]


def _of(
    parts: Sequence[Destination | AgeBand | PriorityShare | Provider | MunicipalityShare],
) -> list[float]:
    return [part.share.value for part in parts]


def _share_lists(system: CareSystem) -> ShareLists:
    """Lists of shares that add up to 1, with their paths."""
    yield "municipalities", [municipality.share.value for municipality in system.municipalities]
    for i, referrer in enumerate(system.referrers):
        yield f"referrers[{i}].destinations", _of(referrer.destinations)
    if system.reentry is not None:
        yield "reentry.destinations", _of(system.reentry.destinations)


def _optional_share_lists(system: CareSystem) -> ShareLists:
    for path, bands in age_lists(system):
        yield path, _of(bands)
    for i, referrer in enumerate(system.referrers):
        if referrer.municipalities:
            yield f"referrers[{i}].municipalities", _of(referrer.municipalities)
        if system.priorities:
            yield f"referrers[{i}].priorities", _of(referrer.priorities)
    for i, care_type in enumerate(system.care_types):
        if isinstance(care_type.capacity, Providers):
            yield f"care_types[{i}].capacity.providers", _of(care_type.capacity.providers)
        patience = care_type.patience
        if patience is not None and not isinstance(patience.leave_to, str):
            yield f"care_types[{i}].patience.leave_to", _of(patience.leave_to)


def _season(path: str, season: Season, sources: frozenset[str]) -> Iterator[Fault]:
    values = season.values
    if len(values) != 12:
        yield fault(f"{path}.values", "season_length", count=len(values))
        return
    for i, value in enumerate(values):
        if value < 0:
            yield fault(f"{path}.values[{i}]", "negative", value=value)
    mean = math.fsum(values) / 12
    if abs(mean - 1) > 0.005:
        yield fault(f"{path}.values", "season_mean", mean=mean)
    origin = season.provenance
    yield from _printed(f"{path}.provenance", origin, sources)
    if isinstance(origin, Ranged):
        outside = [value for value in values if not origin.low <= value <= origin.high]
        for value in outside:
            yield fault(path, "outside_range", value=value, low=origin.low, high=origin.high)


def _stability(system: CareSystem) -> Iterator[Fault]:
    found = unstable_care_types(system)
    if found.circle:
        chain = " → ".join(found.circle)
        first = system.care_type_ids.index(found.circle[0])
        yield fault(f"care_types[{first}].next", "endless_circle", chain=chain)
    if found.arrivals_a_month > MOST_ARRIVALS or found.present > MOST_PRESENT:
        yield fault(
            "", "too_busy",
            arrivals=round(found.arrivals_a_month), most=MOST_ARRIVALS,
            present=round(found.present), most_present=MOST_PRESENT,
        )  # fmt: skip
    for identifier, needed, places in found.overloaded:
        i = system.care_type_ids.index(identifier)
        capacity = system.care_types[i].capacity
        if isinstance(capacity, Budget) and places_of(system.care_types[i]) is None:
            ceiling = capacity.ceiling.value
            euro = f"{ceiling * needed / places:.0f}" if places else "∞"
            path = f"care_types[{i}]"
            yield fault(path, "unstable_budget", needed=euro, ceiling=f"{ceiling:.0f}")
            continue
        yield fault(f"care_types[{i}]", "unstable", needed=needed, places=places)
