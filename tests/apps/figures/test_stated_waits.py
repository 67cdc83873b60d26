"""What the words of a provider say about waiting, and how exact they are."""

from decimal import Decimal

import pytest

from vliegwiel.apps.figures.published_waiting import WEEKS_PER_MONTH, Wait
from vliegwiel.apps.figures.published_waiting.values import (
    differs,
    durations_in,
    read_nothing,
    read_number,
    read_text,
)
from vliegwiel.apps.figures.vocabulary import WaitKind


def read(text: str, number: str | None = None) -> Wait:
    wait = read_text(text, Decimal(number) if number else None)
    assert wait is not None
    return wait


def months(amount: str) -> Decimal:
    return Decimal(amount) * WEEKS_PER_MONTH


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("8 wk", WaitKind.WEEKS, Decimal(8), Decimal(8)),
        ("1 week", WaitKind.WEEKS, Decimal(1), Decimal(1)),
        ("10 weken", WaitKind.WEEKS, Decimal(10), Decimal(10)),
        ("9 mnd", WaitKind.MONTHS, months("9"), months("9")),
        ("2,5 maanden", WaitKind.MONTHS, months("2.5"), months("2.5")),
        ("6–8 wk", WaitKind.RANGE, Decimal(6), Decimal(8)),
        ("6-8 weken", WaitKind.RANGE, Decimal(6), Decimal(8)),
        ("3–6 mnd", WaitKind.RANGE, months("3"), months("6")),
        ("4 tot 6 weken", WaitKind.RANGE, Decimal(4), Decimal(6)),
        ("> 6 mnd", WaitKind.LONGER_THAN, months("6"), None),
        ("≥ 20 wk", WaitKind.LONGER_THAN, Decimal(20), None),
        ("minimaal 20 weken", WaitKind.LONGER_THAN, Decimal(20), None),
        ("< 4 wk", WaitKind.SHORTER_THAN, None, Decimal(4)),
        ("binnen 4 weken", WaitKind.SHORTER_THAN, None, Decimal(4)),
        ("Binnen 24 uur", WaitKind.NO_WAIT, Decimal(0), Decimal(0)),
        ("0 wk", WaitKind.NO_WAIT, Decimal(0), Decimal(0)),
        ("geen wachttijd", WaitKind.NO_WAIT, Decimal(0), Decimal(0)),
        ("Aanmeldstop", WaitKind.STOP, None, None),
        ("Korte aanmeldstop", WaitKind.STOP, None, None),
        ("Cliëntenstop", WaitKind.STOP, None, None),
        ("In overleg", WaitKind.IN_CONSULTATION, None, None),
        ("Beschikbaarheid maatwerk", WaitKind.IN_CONSULTATION, None, None),
        ("Langere wachttijd", WaitKind.DESCRIBED, None, None),
        ("Meestal korte termijn", WaitKind.DESCRIBED, None, None),
        ("onbekend", WaitKind.UNKNOWN, None, None),
    ],
)
def test_words(text: str, kind: WaitKind, low: Decimal | None, high: Decimal | None) -> None:
    wait = read(text)
    assert (wait.kind, wait.low, wait.high) == (kind, low, high)
    assert wait.raw_text == text


def test_words_go_before_the_number() -> None:
    wait = read("3–6 mnd", "19.6")
    assert (wait.low, wait.high) == (months("3"), months("6"))
    assert wait.raw_number == Decimal("19.6")


def test_months_say_that_they_are_months() -> None:
    assert read("9 mnd").unit == "months"
    assert read("9 wk").unit == "weeks"


@pytest.mark.parametrize("text", ["± 3 mnd", "circa 3 maanden", "ongeveer 3 mnd"])
def test_about(text: str) -> None:
    assert read(text).approximate
    assert not read("3 mnd").approximate


def test_another_clock_is_kept_and_not_counted() -> None:
    wait = read("6 wk na diagnostiek", "6")
    assert wait.remark == "na diagnostiek"
    assert wait.middle == 6
    assert not wait.is_known


def test_words_that_say_nothing_known() -> None:
    assert read_text("bel ons", None) is None


def test_a_number_without_words_is_as_exact_as_it_looks() -> None:
    assert not read_number(Decimal("12"), is_aim=False).approximate
    assert not read_number(Decimal("1.5"), is_aim=False).approximate
    # 26.1 weeks is what becomes of six months: nobody says it.
    assert read_number(Decimal("26.1"), is_aim=False).approximate


def test_zero_is_no_wait_and_an_aim_is_no_waiting_time() -> None:
    assert read_number(Decimal(0), is_aim=False).kind is WaitKind.NO_WAIT
    aim = read_number(Decimal(4), is_aim=True)
    assert aim.kind is WaitKind.AIM
    assert not aim.is_known


@pytest.mark.parametrize(
    ("explanation", "is_route", "row_is_silent", "stated", "kind"),
    [
        ("", False, True, True, WaitKind.UNKNOWN),
        ("", False, True, False, WaitKind.NOT_STATED),
        ("", True, True, True, WaitKind.OTHER_ROUTE),
        ("", True, False, True, WaitKind.UNKNOWN),
        ("Er is nu een korte aanmeldstop.", True, True, True, WaitKind.STOP),
        # The other clock gives a number: the stop is for something else.
        ("Aanmeldstop voor traumatherapie.", False, False, True, WaitKind.UNKNOWN),
    ],
)
def test_null_may_mean_many_things(
    explanation: str, is_route: bool, row_is_silent: bool, stated: bool, kind: WaitKind
) -> None:
    wait = read_nothing(
        stated=stated, explanation=explanation, is_route=is_route, row_is_silent=row_is_silent
    )
    assert wait.kind is kind
    assert wait.middle is None


@pytest.mark.parametrize(
    ("text", "number", "answer"),
    [
        ("3–6 mnd", "19.6", False),
        ("6 mnd", "26", False),
        ("6 mnd", "26.1", False),
        ("9 mnd", "30.4", True),
        ("> 6 mnd", "26.1", False),
        ("> 6 mnd", "12", True),
        ("< 4 wk", "4", False),
        ("Aanmeldstop", "0", False),
        ("Aanmeldstop", "3", True),
    ],
)
def test_a_number_that_does_not_fit_the_words(text: str, number: str, answer: bool) -> None:
    assert differs(read(text), Decimal(number)) is answer


def test_durations_in_an_explanation() -> None:
    found = durations_in("Intake binnen 2 weken; start na 16–20 weken, soms 6 maanden.")
    assert [(wait.low, wait.high) for wait in found] == [
        (Decimal(2), Decimal(2)),
        (Decimal(16), Decimal(20)),
        (months("6"), months("6")),
    ]
