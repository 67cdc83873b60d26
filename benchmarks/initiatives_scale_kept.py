"""The side of the database of `benchmarks.initiatives_scale`: what is kept, asked and explained.

Imported once Django is set up.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from vliegwiel import reference
from vliegwiel.apps.initiatives.models import (
    FactsVersion,
    Initiative,
    InsightLink,
    ProposalVersion,
    StageStep,
)
from vliegwiel.apps.initiatives.stages import Stage
from vliegwiel.apps.insights.models import Insight, Observation, Support
from vliegwiel.apps.insights.vocabulary import ObservationKind, SourceRole
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import make_user, system_user
from vliegwiel.cli import shipped

T = TypeVar("T")
_REGION = "ijsselland"
_PLACE = f"/regio/{_REGION}"
_OWN_INSIGHTS = 24
# To scale up needs a decision, which these have not.
_STAGES = [stage for stage in Stage.values if stage not in ("scaling", "embedded")]
_BATCH = 2000
_VOCABULARY, _SHIFT = 5000, 20
#: Parts of the words that are made up: Dutch builds its long words of short ones.
_STEMS = (
    *("zorg", "hulp", "wacht", "lijst", "gezin", "school", "jeugd", "opvoed", "behandel"),
    *("crisis", "wijk", "dag", "thuis", "begeleid", "onderzoek", "advies", "steun", "traject"),
    *("overleg", "plaats", "regie", "vervoer", "taal", "verlof", "pleeg", "woon", "leer"),
)
_ENDS = ("", "en", "tijd", "punt", "team", "vraag", "plan", "kans", "werker", "huis", "keten")


@dataclass(frozen=True, slots=True)
class Measured:
    """A page with few and with many: queries, and seconds of the quickest round."""

    page: str
    url: str
    queries: tuple[int, int]
    seconds: tuple[float, float]

    @property
    def ratio(self) -> float:
        return self.seconds[1] / self.seconds[0]

    @property
    def is_constant(self) -> bool:
        return self.queries[0] == self.queries[1]


def two_databases(*, few: int, many: int) -> tuple[str, str]:
    """The names of a database with few and one with many, that hold the same for the rest."""
    # All pages are imported now: the first one asked is not slower for it.
    assert get_resolver().url_patterns
    for step in shipped.FACT_STEPS:
        step.load(lambda _done, _of: None)
    region = Region.objects.get(slug=_REGION)
    make_user(
        email="lead@example.nl", name="Lead", password="x" * 20,
        roles=[(region, Role.PROGRAMME_MANAGER)],
    )  # fmt: skip
    shipped.make_agenda(lambda _done, _of: None)
    shipped.make_offers(lambda _done, _of: None)
    _make_insights(region)
    _fill(0, few)
    small = str(connection.settings_dict["NAME"])
    large = f"{small}_many"
    connection.close()
    _turn_to("template1")
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{large}" TEMPLATE "{small}"')
    _turn_to(large)
    _fill(few, many)
    for name in (small, large):
        _turn_to(name)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return small, large


def _turn_to(name: str) -> None:
    """All that follows asks this database."""
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()


def leave() -> None:
    """Lets go of the database, so that its server can stop."""
    connection.close()


def _make_insights(region: Region) -> None:
    chance = np.random.default_rng(1)
    for number in range(1, _OWN_INSIGHTS + 1):
        Insight.objects.create(
            region=region, number=1000 + number, is_own=True, entered_by=system_user(),
            title_nl=_text(chance, 8), title_en=_text(chance, 8),
            summary_nl=_text(chance, 60), summary_en=_text(chance, 60),
        )  # fmt: skip


def _fill(start: int, end: int) -> None:
    """Keeps initiatives and observations `start` to `end`; each is the same in every database."""
    regions = list(Region.objects.exclude(slug=_REGION).order_by("pk"))
    mine, by = Region.objects.get(slug=_REGION), system_user()
    insights = list(Insight.objects.filter(region=mine).order_by("number"))
    for first in range(start, end, _BATCH):
        numbers = range(first, min(first + _BATCH, end))
        made = Initiative.objects.bulk_create(
            _initiative(number, mine if number % 2 else regions[number // 2 % len(regions)], by)
            for number in numbers
        )
        StageStep.objects.bulk_create(
            StageStep(initiative=row, target=Stage.IDEA, reason="Opgeschreven.", by=by)
            for row in made
        )
        FactsVersion.objects.bulk_create(
            FactsVersion(initiative=row, number=1, facts={"title": row.title_nl}, by=by)
            for row in made
        )
        ProposalVersion.objects.bulk_create(
            ProposalVersion(initiative=row, number=1, question=row.summary_nl, by=by)
            for row in made
        )
        InsightLink.objects.bulk_create(
            InsightLink(initiative=row, insight=insights[row.pk % len(insights)])
            for row in made
            if row.region_id == mine.pk
        )
        heard = Observation.objects.bulk_create(_observation(n, mine, by) for n in numbers)
        Support.objects.bulk_create(
            Support(observation=row, insight=insights[row.pk % len(insights)], added_by=by)
            for row in heard[:: len(heard) // 3]
        )


def _initiative(number: int, region: Region, by: User) -> Initiative:
    chance = np.random.default_rng([2, number])
    catalogue = reference.innovation_catalogue()
    now = timezone.now()
    return Initiative(
        region=region,
        title_nl=f"{_text(chance, 5)} {number}",
        summary_nl=_text(chance, 45),
        stage=_one_of(chance, _STAGES),
        stage_since=now - timedelta(days=int(chance.integers(900))),
        themes=[_one_of(chance, catalogue.themes).key],
        questions=[_one_of(chance, catalogue.questions).key],
        actors=[_one_of(chance, catalogue.actors).key],
        cooperation=[_one_of(chance, catalogue.cooperation).key],
        factors=[_one_of(chance, catalogue.barriers).key],
        weight=_one_of(chance, ["light", "heavy", "both"]),
        published_at=now if chance.random() < 0.8 else None,
        mark="generated",
        made_by=by,
    )


def _observation(number: int, region: Region, by: User) -> Observation:
    chance = np.random.default_rng([3, number])
    return Observation(
        region=region,
        kind=_one_of(chance, ObservationKind.values),
        role=_one_of(chance, SourceRole.values),
        heard_on=date(2026, 1, 1) - timedelta(days=int(chance.integers(700))),
        text_nl=_text(chance, 30),
        entered_by=by,
    )


def _one_of(chance: np.random.Generator, things: Sequence[T]) -> T:
    return things[int(chance.integers(len(things)))]


def _text(chance: np.random.Generator, words: int) -> str:
    """Made-up words, as unevenly common as those of a language; many are compounds."""
    # Few words are common, most are rare (Zipf): one of four texts holds the most common one.
    places = _SHIFT * ((_VOCABULARY + _SHIFT) / _SHIFT) ** chance.random(words) - _SHIFT
    return " ".join(_word(int(place)) for place in places).capitalize()


def _word(place: int) -> str:
    ends, stem = divmod(place, len(_STEMS))
    last, end = divmod(ends, len(_ENDS))
    second = _STEMS[last % len(_STEMS)] if last else ""
    return _STEMS[stem] + second + _ENDS[end]


def _pages() -> Mapping[str, str]:
    one = Initiative.objects.filter(region__slug=_REGION).earliest("pk").pk
    heard = Observation.objects.filter(region__slug=_REGION, shipped_key="").earliest("pk").pk
    innovations, understood = f"{_PLACE}/innovaties", f"{_PLACE}/begrijpen"
    typed = "title=Wachtlijstteam voor gezinshulp&summary=Behandelteam thuis met dagplan"
    return {
        "region": f"{_PLACE}/",
        "board": f"{innovations}/",
        "list": f"{innovations}/lijst/",
        "list, last page": f"{innovations}/lijst/?page=last",
        "list, one theme": f"{innovations}/lijst/?thema=organisation",
        "list, with words": f"{innovations}/lijst/?zoek=hulpvraag",
        "one initiative": f"{innovations}/{one}/",
        "new, while typing": f"{innovations}/nieuw/?{typed}",
        "register": "/innovaties/",
        "register, with words": "/innovaties/?zoek=hulpvraag",
        "landscape": "/innovaties/landschap/",
        "catalogue": "/innovaties/catalogus/",
        "insights": f"{understood}/",
        "insight map": f"{understood}/kaart/",
        "insight map, with a word": f"{understood}/kaart/?woord=hulpvraag",
        "an insight of one's own": f"{understood}/1001/",
        "what could rest on it": f"{understood}/1001/rust-op/",
        "observations": f"{understood}/signalen/",
        "observations, with words": f"{understood}/signalen/?words=hulpvraag",
        "one observation": f"{understood}/signalen/{heard}/",
        "search, a common word": f"{_PLACE}/zoeken/?woorden=zorg",
        "search, a compound": f"{_PLACE}/zoeken/?woorden=wachtlijstonderzoek",
        "search, two words": f"{_PLACE}/zoeken/?woorden=hulpvragen schooltijden",
        "agenda": f"{_PLACE}/agenda/",
        "agenda, its draft": f"{_PLACE}/agenda/concept/",
        "API: initiatives": "/api/v1/initiatives",
        # As many answers as there are at 100 too: how long a page is, is not what is measured.
        "API: of a region": f"/api/v1/regions/{_REGION}/initiatives?pageSize=50",
        "API: with words": "/api/v1/initiatives?text=hulpvraag&pageSize=5",
        "API: catalogue": "/api/v1/innovation-catalogue",
        "API: insights": f"/api/v1/regions/{_REGION}/insights",
    }  # fmt: skip


def measured(both: tuple[str, str], *, rounds: int, only: str = "") -> list[Measured]:
    """Every page, asked of both databases in turn."""
    _turn_to(both[0])
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="lead@example.nl"))
    # The session has to stand in both: it was made after they were parted.
    _turn_to(both[1])
    other = Client(SERVER_NAME="localhost")
    other.force_login(User.objects.get(email="lead@example.nl"))
    return [
        _one(name, url, both, (client, other), rounds)
        for name, url in _pages().items()
        if only in name
    ]


def _one(
    name: str, url: str, both: tuple[str, str], clients: tuple[Client, Client], rounds: int
) -> Measured:
    queries = []
    for place, database in enumerate(both):
        _turn_to(database)
        _ask(clients[place], url)
        with CaptureQueriesContext(connection) as asked:
            _ask(clients[place], url)
        queries.append(len(asked))
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for place, database in enumerate(both):
            _turn_to(database)
            _ask(clients[place], "/over/")
            begin = time.perf_counter()
            _ask(clients[place], url)
            taken[place].append(time.perf_counter() - begin)
    return Measured(name, url, (queries[0], queries[1]), (min(taken[0]), min(taken[1])))


def _ask(client: Client, url: str) -> None:
    answer = client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answers {answer.status_code}")


def explained(both: tuple[str, str], one: Measured) -> str:
    """What the database with many does for the slowest query of a page."""
    _turn_to(both[1])
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="lead@example.nl"))
    _ask(client, one.url)
    with CaptureQueriesContext(connection) as asked:
        _ask(client, one.url)
    slowest = max(asked.captured_queries, key=lambda query: float(query["time"]))
    return "\n".join(_plan(slowest["sql"]))


def _plan(sql: str) -> Iterator[str]:
    yield f"{sql[:1500]}"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF) {sql}".replace("%", "%%"))
        yield from (row[0][:220] for row in cursor.fetchall())
