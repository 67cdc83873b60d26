"""What kind of number an intervention changes, and whose: the words that its sentence needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.science.caresystem import CareSystem, Intervention, entries

from .descriptions import in_language, places_of


@dataclass(frozen=True, slots=True)
class Direction:
    """The words for less and more of something: shorter and longer, fewer and more."""

    less: str | Promise
    more: str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: the heading under which such changes stand together."""

    label: str | Promise
    direction: Direction


_SIZE = Direction(gettext_lazy("smaller"), gettext_lazy("larger"))
_TIME = Direction(gettext_lazy("shorter"), gettext_lazy("longer"))
_COUNT = Direction(gettext_lazy("fewer"), gettext_lazy("more"))
_PRICE = Direction(gettext_lazy("lower"), gettext_lazy("higher"))
_RETURN = gettext_lazy("Coming back to care")
_PLACES = Kind(gettext_lazy("Places"), _COUNT)
_BUDGET = Kind(gettext_lazy("Budget a year"), _PRICE)
_GOING_ON = Kind(gettext_lazy("Going on to other care"), _SIZE)
_FROM = Kind(gettext_lazy("Where youths come from"), _SIZE)
_AGES = Kind(gettext_lazy("How old youths are who come"), _SIZE)
_AGE = Kind(gettext_lazy("Age at which care stops"), _PRICE)

#: The name of a month is the same in each.
_ANY_YEAR = 2026

#: By what is left of an address without ids, in the order of the page.
_KINDS: Mapping[str, Kind] = {
    "rate": Kind(gettext_lazy("Number of referrals"), _COUNT),
    "trend": Kind(gettext_lazy("Growth of referrals a year"), _SIZE),
    "season": Kind(gettext_lazy("Referrals in a month of the year"), _COUNT),
    "municipalities": _FROM,
    "referrers.municipalities": _FROM,
    "ages.at_entry": _AGES,
    "ages": _AGES,
    "referrers.destinations": Kind(gettext_lazy("Where youths are referred to"), _SIZE),
    "priorities": Kind(gettext_lazy("Who goes first"), _SIZE),
    "places": _PLACES,
    "providers.places": _PLACES,
    "ceiling": _BUDGET,
    "providers.ceiling": _BUDGET,
    "providers.share": Kind(gettext_lazy("Share per provider"), _SIZE),
    "stay.mean": Kind(gettext_lazy("Length of care"), _TIME),
    "stay.cv": Kind(gettext_lazy("Differences in the length of care"), _SIZE),
    "extension.probability": Kind(gettext_lazy("Chance of extension"), _SIZE),
    "extension.length": Kind(gettext_lazy("Length of an extension"), _TIME),
    "until_age": _AGE,
    "ages.leave_at": _AGE,
    "patience.mean": Kind(gettext_lazy("How long youths go on waiting"), _TIME),
    "leave_to": Kind(gettext_lazy("Where youths go who stop waiting"), _SIZE),
    "success": Kind(gettext_lazy("Chance that care succeeds"), _SIZE),
    "next": _GOING_ON,
    "next_without_success": _GOING_ON,
    "reentry.probability": Kind(_RETURN, _SIZE),
    "reentry.probability_without_success": Kind(_RETURN, _SIZE),
    "reentry.delay_mean": Kind(_RETURN, _TIME),
    "reentry.destinations": Kind(_RETURN, _SIZE),
    "cost_per_day": Kind(gettext_lazy("Cost per day"), _PRICE),
    "cost_per_start": Kind(gettext_lazy("Cost per start"), _PRICE),
}
_OTHER = Kind(gettext_lazy("Other changes"), _SIZE)

#: Numbers of the whole care system, that nobody in particular has.
_WHOLE: Mapping[str, Promise] = {
    "reentry.probability": gettext_lazy("Chance that a youth comes back"),
    "reentry.probability_without_success": gettext_lazy(
        "Chance that a youth comes back after care that did not succeed"
    ),
    "reentry.delay_mean": gettext_lazy("Time until a youth comes back"),
    "ages.leave_at": gettext_lazy("Youth care in general"),
}
#: Numbers of which the subject is a phrase of its own.
_PHRASES: Mapping[str, Promise] = {
    "priorities": gettext_lazy("%(start)s: share with priority “%(name)s”"),
    "season": gettext_lazy("%(start)s: referrals in %(name)s"),
    "municipalities": gettext_lazy("Share of the youths who come from %(name)s"),
    "referrers.municipalities": gettext_lazy(
        "%(start)s: share of the youths who come from %(name)s"
    ),
    "ages.at_entry": gettext_lazy("Share of the youths who come that is %(name)s"),
    "ages": gettext_lazy("%(start)s: share of the youths that is %(name)s"),
}
#: From here to there, flows of youths: their share changes.
_SHARES: Mapping[str, Promise] = {
    "referrers.destinations": gettext_lazy("%(start)s: share to %(step)s"),
    "next": gettext_lazy("Chance to go from %(start)s to %(step)s"),
    "next_without_success": gettext_lazy(
        "Chance to go from %(start)s that did not succeed to %(step)s"
    ),
    "leave_to": gettext_lazy("Who stops waiting for %(start)s: share to %(step)s"),
    "reentry.destinations": gettext_lazy("Who comes back: share to %(step)s"),
}
#: They are moved.
_MOVES: Mapping[str, Promise] = {
    "referrers.destinations": gettext_lazy("%(start)s: to %(to)s instead of to %(step)s"),
    "next": gettext_lazy("After %(start)s to %(to)s instead of to %(step)s"),
    "next_without_success": gettext_lazy(
        "After %(start)s that did not succeed to %(to)s instead of to %(step)s"
    ),
    "leave_to": gettext_lazy("Who stops waiting for %(start)s: to %(to)s instead of to %(step)s"),
    "reentry.destinations": gettext_lazy("Who comes back: to %(to)s instead of to %(step)s"),
}
#: They are moved out of care.
_MOVES_OUT: Mapping[str, Promise] = {
    "next": gettext_lazy("Ready after %(start)s instead of going on to %(step)s"),
    "next_without_success": gettext_lazy(
        "Ready after %(start)s that did not succeed instead of going on to %(step)s"
    ),
    "leave_to": gettext_lazy(
        "Who stops waiting for %(start)s: without care instead of to %(step)s"
    ),
}
#: Those who stop waiting may be out of care as it is.
_SHARE_WITHOUT_CARE = gettext_lazy("Who stops waiting for %(start)s: share without care")
_MOVE_INTO_CARE = gettext_lazy("Who stops waiting for %(start)s: to %(to)s instead of without care")


def kind_of(item: Intervention) -> Kind:
    """The kind of what this intervention changes."""
    return _KINDS.get(_ending(item.target), _OTHER)


def says_all(item: Intervention) -> bool:
    """Whether the subject alone, without the kind, tells what changes."""
    ending = _ending(item.target)
    return (
        ending in _SHARES
        or ending in _PHRASES
        or ending.startswith("reentry.")
        or ending not in _KINDS
    )


def subject(item: Intervention, system: CareSystem) -> str:
    """Whose number it is, below the heading of its kind: a form of care, a way from here to there.

    With the kind it is the whole of what changes. `system` is the care system with the new care
    types of the scenario in it.
    """
    ending = _ending(item.target)
    if ending in _WHOLE:
        return str(_WHOLE[ending])
    if ending in _SHARES:
        return _way(item, ending, system)
    parts = item.target.split(".")
    if ending in _PHRASES:
        return _phrase(ending, parts, system)
    if ending.startswith("providers."):
        return _provider(parts[1], parts[3], system)
    owners = referrers_of(system) if parts[0] == "referrers" else places_of(system)
    if ending in _KINDS:
        return owners[parts[1]]
    labels = {entry.address: entry.label for entry in entries(system)}
    return in_language(labels[item.target])


def referrers_of(system: CareSystem) -> dict[str, str]:
    """The name of every referrer, in the active language."""
    return {referrer.id: in_language(referrer.label) for referrer in system.referrers}


def _ending(address: str) -> str:
    """The key of an address in the table of kinds; the address itself when it has none.

    By place in the address, because an id may be any word.
    """
    parts = address.split(".")
    if parts[0] == "reentry" or parts[:2] == ["ages", "at_entry"]:
        return ".".join(parts[:2])
    if parts[0] == "referrers" and len(parts) > 2:
        lists = ("destinations", "municipalities")
        return f"referrers.{parts[2]}" if parts[2] in lists else parts[2]
    if parts[0] == "municipalities":
        return parts[0]
    if parts[0] == "care_types" and len(parts) > 2:
        if parts[2] == "providers":
            return ".".join((parts[2], *parts[4:]))
        return parts[2] if parts[2] in _SHARES else ".".join(parts[2:])
    return address


def _phrase(ending: str, parts: Sequence[str], system: CareSystem) -> str:
    """What a referrer, or the region, has a number of: a class, a month, a municipality."""
    last = parts[-1]
    if ending == "season":
        name = date_format(date(_ANY_YEAR, int(last), 1), "F")
    elif ending in ("ages.at_entry", "ages"):
        first, _dash, end = last.partition("-")
        name = _("%(from)s to %(to)s years old") % {"from": first, "to": end}
    else:
        names = {municipality.code: municipality.name for municipality in system.municipalities}
        names |= {priority.id: in_language(priority.label) for priority in system.priorities}
        name = names[last]
    start = referrers_of(system).get(parts[1], "")
    return str(_PHRASES[ending]) % {"start": start, "name": name}


def _provider(care_type: str, provider: str, system: CareSystem) -> str:
    """A form of care at one of its providers."""
    care = next(found for found in system.care_types if found.id == care_type)
    providers = care.capacity.providers if care.capacity.kind == "several" else ()
    names = {found.id: in_language(found.label) for found in providers}
    return f"{in_language(care.label)}, {names[provider]}"


def _way(item: Intervention, ending: str, system: CareSystem) -> str:
    """From here to there, and for a move: instead of where."""
    places = places_of(system)
    parts = item.target.split(".")
    words = {"step": places[parts[-1]]}
    if parts[0] != "reentry":
        starts = referrers_of(system) if parts[0] == "referrers" else places
        words["start"] = starts[parts[1]]
    moved = item.operation == "move" and item.to is not None
    if moved:
        words["to"] = places[str(item.to)]
    return str(_template(ending, parts[-1], item.to if moved else None)) % words


def _template(ending: str, step: str, to: str | None) -> Promise:
    if to is None:
        without_care = ending == "leave_to" and step == "out"
        return _SHARE_WITHOUT_CARE if without_care else _SHARES[ending]
    if to == "out":
        return _MOVES_OUT[ending]
    return _MOVE_INTO_CARE if step == "out" else _MOVES[ending]
