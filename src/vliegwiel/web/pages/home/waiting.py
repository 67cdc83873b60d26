"""What waits for somebody of the region: decisions, and what is to be looked at again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vliegwiel.apps.decisions import queries as decisions
from vliegwiel.apps.decisions.queries import Why
from vliegwiel.apps.initiatives import queries as initiatives
from vliegwiel.apps.instruments import queries as instruments
from vliegwiel.apps.regions.rights import may

_MOST = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is asked, where that is done, and since when it waits."""

    text: str
    url: str
    since: date


def waiting_for(user: Any, region: Any) -> Sequence[Waiting]:
    """What this person may do, what waited longest first; a short list, as more is not read."""
    today = timezone.localdate()
    found = [
        one
        for right, waiting in _BY_RIGHT.items()
        if may(user, right, region)
        for one in waiting(region, today)
    ]
    return sorted(found, key=lambda one: one.since)[:_MOST]


def _decisions(region: Any, today: date) -> Sequence[Waiting]:
    words = {
        Why.HARM: _("Decide about “%(title)s”: there is hard evidence of harm"),
        Why.HARD: _("Decide about “%(title)s”: there is hard evidence that it works"),
        Why.ENDED: _("Decide about “%(title)s”: the pilot has ended"),
    }
    return [
        Waiting(
            words[one.why] % {"title": one.pilot},
            reverse("initiative_decisions", args=[region.slug, one.initiative]),
            one.since,
        )
        for one in decisions.to_decide(region, today=today)
    ]


def _reviews(region: Any, today: date) -> Sequence[Waiting]:
    words = _("Hold the ethics review of “%(title)s” again")
    return [
        Waiting(
            words % {"title": line.title}, reverse("initiative", args=[region.slug, line.id]), day
        )
        for line, day in initiatives.reviews_due(region, on=today)
    ]


def _rounds(region: Any, today: date) -> Sequence[Waiting]:
    words = _("Look again at “%(title)s” (%(instrument)s)")
    return [
        Waiting(
            words % {"title": line.title, "instrument": line.instrument},
            reverse("round", args=[region.slug, line.id]),
            line.again_on,
        )
        for line in instruments.rounds_due(region, until=today)
        if line.again_on is not None
    ]


_BY_RIGHT: Mapping[str, Callable[[Any, date], Sequence[Waiting]]] = {
    "decisions.take": _decisions,
    "initiatives.edit": _reviews,
    "instruments.edit": _rounds,
}
