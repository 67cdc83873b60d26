"""Pages about published waiting times: the list, the summary and what changed."""

from decimal import Decimal

import pytest
from django.utils import translation

from vliegwiel.apps.figures.published_waiting import Wait
from vliegwiel.apps.figures.published_waiting.values import Basis, read_number, read_text
from vliegwiel.apps.figures.queries import (
    Direction,
    Evidence,
    WaitingFilter,
    change_between,
    change_since_previous,
    latest_delivery,
    stated_waiting_times,
    waiting_choices,
    waiting_deliveries,
    waiting_summary,
)
from vliegwiel.apps.figures.queries.wait_words import wait_words
from vliegwiel.apps.figures.services import deliver_waiting_times, load_shipped_waiting_times
from vliegwiel.apps.figures.vocabulary import WaitKind
from vliegwiel.apps.regions.models import Region, User

from .waiting_files import content, row

EVERYTHING = WaitingFilter(for_youth=False)
YESTERDAY = "2026-08-13T05:00:00Z"
TODAY = "2026-08-14T05:00:00Z"


def deliver(region: Region, by: User, *rows: object, made: str = TODAY) -> None:
    file = content(*rows, generatedAt=made)
    deliver_waiting_times(region=region, name=f"{made}.json", content=file, by=by)


@pytest.fixture
def some_offers(twente: Region, system: User) -> Region:
    deliver(
        twente,
        system,
        row(p="A", l="Enschede", i=4),
        row(p="B", l="Almelo", i=10, a=["Diagnostiek"], refreshState="checked", live=False),
        row(p="C", l="Twente", i=None, iText="> 6 mnd"),
        row(p="D", l="Losser", i=0, b=0, a=["Crisis"], cr=True),
        row(p="E", l="Enschede", i=None, iText="Aanmeldstop", k="route"),
        row(p="F", l="Enschede", i=30, d="Volwassenen", c="Zorgverzekering"),
    )
    return twente


@pytest.mark.parametrize(
    ("wanted", "providers"),
    [
        (WaitingFilter(), "ABCDE"),
        (EVERYTHING, "ABCDEF"),
        (WaitingFilter(kind="diagnostics"), "B"),
        # What is offered in the whole region is offered in Enschede too.
        (WaitingFilter(municipality="0153"), "ACE"),
        (WaitingFilter(provider="B"), "B"),
        (WaitingFilter(text="speltherapie"), "ABCDE"),
        (WaitingFilter(text="niets"), ""),
    ],
)
def test_filters(some_offers: Region, wanted: WaitingFilter, providers: str) -> None:
    lines = stated_waiting_times(some_offers, wanted)
    assert "".join(line.provider for line in lines) == providers


def test_a_line_tells_what_is_said(some_offers: Region) -> None:
    with translation.override("en"):
        (line,) = stated_waiting_times(some_offers, WaitingFilter(provider="C"))
    assert line.to_intake.words == "6 months or longer"
    assert line.to_intake.raw_text == "> 6 mnd"
    assert line.to_intake.low_weeks == Decimal("26.0700")
    assert line.to_intake.high_weeks is None
    assert line.page == "https://example.nl/wachttijden"


def test_summary_adds_up_and_leaves_crisis_apart(some_offers: Region) -> None:
    summary = waiting_summary(some_offers, WaitingFilter())
    intake = summary.all_but_crisis.to_intake
    assert summary.all_but_crisis.offers == intake.offers == 4
    assert sum(intake.counts.values()) == intake.offers
    assert (intake.known, intake.observed, intake.bounds) == (3, 2, 1)
    assert intake.median_weeks == 10
    assert (intake.lowest_weeks, intake.highest_weeks) == (4, Decimal("26.0700"))
    assert intake.counts["stop"] == 1
    by_kind = {item.kind: item for item in summary.by_kind}
    assert set(by_kind) == {"treatment", "diagnostics", "crisis"}
    assert by_kind["crisis"].to_intake.median_weeks == 0
    assert by_kind["diagnostics"].to_intake.median_weeks == 10


def test_summary_of_nothing(twente: Region) -> None:
    summary = waiting_summary(twente, WaitingFilter())
    assert summary.all_but_crisis.offers == 0
    assert summary.all_but_crisis.to_intake.median_weeks is None
    assert summary.by_kind == []
    assert change_since_previous(twente, WaitingFilter()) is None


def test_an_aim_and_another_clock_do_not_count(twente: Region, system: User) -> None:
    deliver(
        twente,
        system,
        row(p="A", i=4, k="route"),
        row(p="B", i=6, iText="6 wk na diagnostiek"),
        row(p="C", i=20),
    )
    intake = waiting_summary(twente, WaitingFilter()).all_but_crisis.to_intake
    assert (intake.known, intake.median_weeks) == (1, 20)
    assert intake.counts["aim"] == 1


def test_choices_come_from_the_delivery(some_offers: Region) -> None:
    choices = waiting_choices(some_offers)
    assert [choice.value for choice in choices.kinds] == ["treatment", "diagnostics", "crisis"]
    assert [choice.label for choice in choices.providers] == ["A", "B", "C", "D", "E"]


def test_the_last_delivery_is_the_one_made_last(twente: Region, system: User) -> None:
    deliver(twente, system, row(p="new"), made=TODAY)
    deliver(twente, system, row(p="old", date="2026-08-13"), made=YESTERDAY)
    assert [line.provider for line in stated_waiting_times(twente, WaitingFilter())] == ["new"]
    delivery = latest_delivery(twente)
    assert delivery is not None
    assert delivery.generated_at.isoformat() == "2026-08-14T05:00:00+00:00"
    older = waiting_deliveries(twente)[1]
    lines = stated_waiting_times(twente, WaitingFilter(), delivery_id=older.id)
    assert [line.provider for line in lines] == ["old"]


def test_another_region_sees_nothing_of_a_delivery(some_offers: Region, ijsselland: Region) -> None:
    delivery = latest_delivery(some_offers)
    assert delivery is not None
    assert not stated_waiting_times(ijsselland, EVERYTHING, delivery_id=delivery.id)


NOT_READ = {"refreshState": "embedded", "live": False, "checked": False}


def test_changes_are_counted_in_offers(twente: Region, system: User) -> None:
    before = [
        row(p="longer", i=8, b=2),
        row(p="shorter", i=8),
        row(p="same", i=8),
        row(p="converted", i=26, s="", iText="6 mnd"),
        row(p="stopped", i=8),
        row(p="both ways", i=8, b=8),
        row(p="gone", i=8),
        row(p="renamed", e=["ADHD"], i=8),
        row(p="noted", i=8),
        row(p="corrected", i=8),
    ]
    after = [
        row(p="longer", i=12, b=4),
        row(p="shorter", i=6),
        row(p="same", i=8),
        row(p="converted", i=26.07, iText=...),
        row(p="stopped", i=None, iText="Aanmeldstop", k="route"),
        row(p="both ways", i=4, b=12),
        row(p="new", i=8),
        row(p="renamed", e=["ADHD / ADD"], i=9),
        row(p="noted", i=10, **NOT_READ),
        row(p="corrected", i=10, date="2026-08-13", **NOT_READ),
    ]
    day_before = [{**item, "date": "2026-08-13"} for item in before]
    deliver(twente, system, *day_before, made=YESTERDAY)
    deliver(twente, system, *after, made=TODAY)
    change = change_since_previous(twente, WaitingFilter())
    assert change is not None
    assert [line.provider for line in change.new] == ["new"]
    assert [line.provider for line in change.gone] == ["gone"]
    assert {item.offer.provider: (item.evidence, item.direction) for item in change.changed} == {
        "longer": (Evidence.READ, Direction.LONGER),
        "shorter": (Evidence.READ, Direction.SHORTER),
        "stopped": (Evidence.READ, Direction.OTHER),
        "both ways": (Evidence.READ, Direction.OTHER),
        "renamed": (Evidence.READ, Direction.LONGER),
        "noted": (Evidence.NOTED, Direction.LONGER),
    }
    assert [item.offer.provider for item in change.corrected] == ["corrected"]
    assert (change.longer, change.shorter, change.otherwise) == (3, 1, 2)
    assert change.unchanged == 2
    assert change.offers == len(after)
    longer = next(item for item in change.changed if item.offer.provider == "longer")
    assert [wait.weeks for wait in longer.waits] == [4, 2]


def test_a_change_can_be_asked_of_an_earlier_delivery(twente: Region, system: User) -> None:
    for day in (12, 13, 14):
        made = f"2026-08-{day}T05:00:00Z"
        deliver(twente, system, row(i=day, date=f"2026-08-{day}"), made=made)
    newest, middle, oldest = waiting_deliveries(twente)
    for delivery, before in ((newest, middle), (middle, oldest)):
        change = change_between(twente, WaitingFilter(), current=delivery, previous=before)
        assert (change.current.id, change.previous.id) == (delivery.id, before.id)
        assert [item.offer.stated_on for item in change.changed] == [delivery.generated_at.date()]


def test_offers_for_youth_add_up(some_offers: Region) -> None:
    delivery = latest_delivery(some_offers)
    assert delivery is not None
    youth = delivery.youth
    assert (delivery.rows, delivery.rows_for_adults, youth.offers) == (6, 1, 5)
    assert (youth.calm, youth.crisis) == (4, 1)
    assert youth.observed + youth.kept + youth.default == youth.offers


def test_the_shipped_weeks(twente: Region, system: User) -> None:
    load_shipped_waiting_times(region=twente, by=system)
    intake = waiting_summary(twente, WaitingFilter()).all_but_crisis.to_intake
    treatment = waiting_summary(twente, WaitingFilter()).all_but_crisis.to_treatment
    # Of 44 and 56 numbers: 4 and 8 are about crisis help, 1 and 1 are aims, 0 and 1 another clock.
    assert (intake.known, treatment.known) == (39, 46)
    assert intake.highest_weeks == Decimal("39.1050")
    assert intake.lowest_weeks == 0
    assert (len(intake.weeks), intake.has_middle) == (39, True)
    assert intake.weeks == sorted(intake.weeks)


def test_the_shipped_weeks_add_up(twente: Region, system: User) -> None:
    """One count, taken apart: every number that the page shows is a part of the 151."""
    load_shipped_waiting_times(region=twente, by=system)
    delivery = latest_delivery(twente)
    assert delivery is not None
    assert (delivery.rows, delivery.rows_for_youth, delivery.rows_for_adults) == (151, 130, 21)
    assert (delivery.youth.calm, delivery.youth.crisis) == (122, 8)
    assert (delivery.youth.observed, delivery.youth.kept, delivery.youth.default) == (35, 92, 3)
    change = change_since_previous(twente, WaitingFilter())
    assert change is not None
    assert change.offers == 130
    assert (len(change.new), len(change.gone), change.unchanged) == (43, 8, 77)
    assert (len(change.changed), len(change.corrected)) == (9, 1)
    assert (change.longer, change.shorter, change.otherwise) == (3, 2, 4)


def test_few_numbers_have_no_middle(twente: Region, system: User) -> None:
    deliver(twente, system, *(row(p=f"provider {weeks}", i=weeks) for weeks in (1, 2, 3, 9)))
    intake = waiting_summary(twente, WaitingFilter()).all_but_crisis.to_intake
    assert not intake.has_middle
    assert [float(weeks) for weeks in intake.weeks] == [1, 2, 3, 9]


def read(text: str) -> Wait:
    wait = read_text(text, None)
    assert wait is not None
    return wait


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (read("8 wk"), "8 weeks"),
        (read("1 week"), "1 week"),
        (read("9 mnd"), "9 months"),
        (read("3–6 mnd"), "3 to 6 months"),
        (read("± 3 mnd"), "about 3 months"),
        (read("> 6 mnd"), "6 months or longer"),
        (read("< 4 wk"), "at most 4 weeks"),
        (read("6 wk na diagnostiek"), "6 weeks (na diagnostiek)"),
        (read("Aanmeldstop"), "Closed to new clients"),
        (read("Binnen 24 uur"), "No wait"),
        (read_number(Decimal("26.1"), is_aim=False), "about 26.1 weeks"),
        (read_number(Decimal(4), is_aim=True), "aims at 4 weeks"),
        (Wait(WaitKind.UNKNOWN, Basis.NOTHING), "Unknown"),
    ],
)
def test_words_are_no_more_exact_than_the_statement(wait: Wait, words: str) -> None:
    with translation.override("en"):
        assert wait_words(wait) == words
