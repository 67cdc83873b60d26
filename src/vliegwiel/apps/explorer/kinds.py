"""What kind of number an intervention changes, and whose: the words that its sentence needs."""

from collections.abc import Mapping
from dataclasses import dataclass

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

#: By the end of an address, in the order of the page.
_KINDS: Mapping[str, Kind] = {
    "rate": Kind(gettext_lazy("Number of referrals"), _COUNT),
    "referrers.destinations": Kind(gettext_lazy("Where youths are referred to"), _SIZE),
    "places": Kind(gettext_lazy("Places"), _COUNT),
    "stay.mean": Kind(gettext_lazy("Length of care"), _TIME),
    "stay.cv": Kind(gettext_lazy("Differences in the length of care"), _SIZE),
    "extension.probability": Kind(gettext_lazy("Chance of extension"), _SIZE),
    "extension.length": Kind(gettext_lazy("Length of an extension"), _TIME),
    "patience.mean": Kind(gettext_lazy("How long youths go on waiting"), _TIME),
    "next": Kind(gettext_lazy("Going on to other care"), _SIZE),
    "reentry.probability": Kind(_RETURN, _SIZE),
    "reentry.delay_mean": Kind(_RETURN, _TIME),
    "reentry.destinations": Kind(_RETURN, _SIZE),
    "cost_per_day": Kind(gettext_lazy("Cost per day"), _PRICE),
    "cost_per_start": Kind(gettext_lazy("Cost per start"), _PRICE),
}
#: From here to there: flows of youths.
_WAYS = frozenset({"referrers.destinations", "next", "reentry.destinations"})
_OTHER = Kind(gettext_lazy("Other changes"), _SIZE)


def kind_of(item: Intervention) -> Kind:
    """The kind of what this intervention changes."""
    return _KINDS.get(_ending(item.target), _OTHER)


def says_all(item: Intervention) -> bool:
    """Whether the subject alone, without the kind, tells what changes."""
    ending = _ending(item.target)
    return ending in _WAYS or ending.startswith("reentry.") or ending not in _KINDS


def subject(item: Intervention, system: CareSystem) -> str:
    """Whose number it is, below the heading of its kind: a form of care, a way from here to there.

    With the kind it is the whole of what changes.
    """
    parts = item.target.split(".")
    ending = _ending(item.target)
    if ending == "reentry.probability":
        return _("Chance that a youth comes back")
    if ending == "reentry.delay_mean":
        return _("Time until a youth comes back")
    if ending in _WAYS:
        return _way(item, ending, system)
    owners = referrers_of(system) if parts[0] == "referrers" else places_of(system)
    if ending in _KINDS and len(parts) > 1 and parts[1] in owners:
        return owners[parts[1]]
    labels = {entry.address: entry.label for entry in entries(system)}
    return in_language(labels[item.target])


def referrers_of(system: CareSystem) -> dict[str, str]:
    """The name of every referrer, in the active language."""
    return {referrer.id: in_language(referrer.label) for referrer in system.referrers}


def _ending(address: str) -> str:
    """The key of an address in the table of kinds; the address itself when it has none."""
    parts = address.split(".")
    if parts[0] == "reentry":
        return ".".join(parts[:2])
    if "destinations" in parts:
        return "referrers.destinations"
    if "next" in parts:
        return "next"
    return ".".join(parts[2:]) or address


def _way(item: Intervention, ending: str, system: CareSystem) -> str:
    """From here to there, and for a move: instead of where."""
    places = places_of(system)
    parts = item.target.split(".")
    words = {"step": places.get(parts[-1], parts[-1])}
    if ending == "referrers.destinations":
        words["start"] = referrers_of(system).get(parts[1], parts[1])
    elif ending == "next":
        words["start"] = places.get(parts[1], parts[1])
    if item.operation == "move" and item.to is not None:
        words["to"] = places.get(item.to, item.to)
        return _moved(ending, item.to) % words
    templates = {
        "referrers.destinations": _("%(start)s: share to %(step)s"),
        "next": _("Chance to go from %(start)s to %(step)s"),
        "reentry.destinations": _("Who comes back: share to %(step)s"),
    }
    return templates[ending] % words


def _moved(ending: str, to: str) -> str:
    if ending == "next" and to == "out":
        return _("Ready after %(start)s instead of going on to %(step)s")
    if ending == "next":
        return _("After %(start)s to %(to)s instead of to %(step)s")
    if ending == "reentry.destinations":
        return _("Who comes back: to %(to)s instead of to %(step)s")
    return _("%(start)s: to %(to)s instead of to %(step)s")
