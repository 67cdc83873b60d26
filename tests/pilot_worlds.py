"""Pilots with generated measurements whose truth is known: it works, it does nothing, and so on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from unittest import mock

import numpy as np
from django.utils import timezone

from tests.explored import explored
from vliegwiel.apps.initiatives import Facts
from vliegwiel.apps.initiatives import services as initiatives
from vliegwiel.apps.pilots import GroupFacts, OutcomeFacts, PlanFacts, services
from vliegwiel.apps.pilots.models import Pilot
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.yardstick import IndicatorFacts
from vliegwiel.apps.yardstick.services import define

STARTS_ON = date(2025, 7, 1)
_REGISTERED = datetime(2025, 6, 1, 12, tzinfo=UTC)
_HEAD = "groep;eenheid;dag;waarde\n"


@dataclass(frozen=True)
class World:
    """A pilot, and the lines of what was measured in it."""

    title: str
    design: str
    lot: str
    size: int
    groups: tuple[GroupFacts, ...]
    rows: Callable[[], list[str]]


def _places(effect: float, *, places: int = 20, months: int = 24, noise: float = 0.3) -> list[str]:
    """Places followed from July 2024; the first half has the initiative since July 2025."""
    random = np.random.default_rng(5)
    lines = []
    for place in range(places):
        own = 6.2 + 0.4 * random.normal()
        for month in range(months):
            begun = place < places // 2 and month >= months // 2
            value = own + effect * begun + noise * random.normal()
            day = f"{2024 + (6 + month) // 12}-{(6 + month) % 12 + 1:02d}-15"
            lines.append(f"p{place};plaats{place};{day};{np.clip(value, 1, 10):.2f}")
    return lines


def _place_groups(places: int) -> tuple[GroupFacts, ...]:
    half = places // 2
    return tuple(
        GroupFacts(key=f"p{place}", name=f"Plaats {place + 1}", treated=place < half or places == 3)
        for place in range(places)
    )


def _youths(effect: float, count: int) -> list[str]:
    """Youths on either side, measured once."""
    random = np.random.default_rng(8)
    lines = []
    for youth in range(count):
        treated = youth % 2 == 0
        value = np.clip(6.4 + effect * treated + 1.2 * random.normal(), 1, 10)
        day = f"2025-{8 + youth * 5 // count:02d}-{10 + youth % 15}"
        lines.append(f"{'met' if treated else 'zonder'};j{youth};{day};{value:.1f}")
    return lines


_ARMS = (
    GroupFacts(key="met", name="Met hulp thuis", treated=True),
    GroupFacts(key="zonder", name="Gewone hulp", treated=False),
)


def _one_series() -> list[str]:
    """Three places that all have the initiative, without others to compare with."""
    lines = _places(1.1, places=6, noise=0.15)
    return [line for line in lines if line.startswith(("p0;", "p1;", "p2;"))]


WORLDS = {
    "clear": World(
        "Behandeling thuis", "differences", "nothing", 480, _place_groups(20), lambda: _places(0.9)
    ),
    "nothing": World(
        "Andere aanmelding", "differences", "nothing", 480, _place_groups(20), lambda: _places(0.02)
    ),
    "not_yet": World(
        "Hulp na school", "randomised", "persons", 400, _ARMS, lambda: _youths(0.5, 90)
    ),
    "weak": World(
        "Wijkteam dichtbij", "interrupted", "nothing", 60, _place_groups(3), _one_series
    ),
    "wrong": World(
        "Groepshulp", "randomised", "persons", 400, _ARMS, lambda: _youths(-1.1, 300)
    ),
}  # fmt: skip


def satisfaction(region: Region, by: User) -> int:
    """The version of an indicator: a mark of youths from 1 to 10."""
    facts = IndicatorFacts(
        name="Tevredenheid van jeugdigen",
        definition="Cijfer dat jeugdigen geven aan de hulp die zij kregen.",
        kind="mean",
        unit="punten",
        better="higher",
        level="municipality",
        numerator="som van cijfers",
        denominator="jeugdigen",
        lowest=1,
        highest=10,
    )
    return define(region=region, facts=facts, by=by).pk


def registered(region: Region, world: World, *, version: int, by: User) -> int:
    """A pilot that was registered before its start; the clock stood there only for that."""
    facts = Facts(title=world.title, summary="Gemaakte proef om te bekijken.")
    with mock.patch.object(timezone, "now", return_value=_REGISTERED):
        initiative = initiatives.start(region=region, facts=facts, by=by)
        plan = PlanFacts(
            title=f"Proef {world.title}",
            starts_on=STARTS_ON,
            ends_on=date(2026, 12, 31),
            design=world.design,
            lot=world.lot,
            tuning_size=world.size,
            analysis="Verschil tussen met en zonder.",
            stop_rule="Stop bij aantoonbare schade.",
            groups=world.groups,
            outcomes=(OutcomeFacts(version=version, smallest_relevant=0.5),),
        )
        made = services.draft(initiative_id=explored(initiative), facts=plan, by=by)
        services.register(pilot_id=made.pk, by=by)
    return made.pk


def measure(pilot: int, world: World, *, by: User) -> None:
    outcome = Pilot.objects.get(pk=pilot).outcomes.get()
    content = (_HEAD + "\n".join(world.rows())).encode()
    services.take_file(outcome_id=outcome.pk, content=content, by=by)
