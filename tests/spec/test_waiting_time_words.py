"""What a published wait says.

Providers publish how long youths wait on their own pages, in words. A collector may add a number of
weeks. The words decide; the number only counts where there are no words. A month is 4.345 weeks
(365 / 12 / 7). Bounds are in weeks; a dash means that there is no such bound.
"""

from dataclasses import fields
from decimal import Decimal

import pytest

from vliegwiel.apps.figures.published_waiting import WEEKS_PER_MONTH, Statement, Wait
from vliegwiel.apps.figures.published_waiting.values import read_nothing, read_number, read_text
from vliegwiel.apps.figures.vocabulary import WaitKind


def bound(value: Decimal | None) -> str:
    return "-" if value is None else f"{value.normalize():f}"


def summary(wait: Wait) -> tuple[str, str, str]:
    return wait.kind.value, bound(wait.low), bound(wait.high)


def test_a_month_is_a_twelfth_of_a_year() -> None:
    """A month counts as 4.345 weeks: a year of 365 days, divided by 12 and by 7."""
    assert abs(Decimal(365) / 12 / 7 - WEEKS_PER_MONTH) < Decimal("0.001")


@pytest.mark.parametrize(
    ("words", "kind", "low", "high"),
    [
        ("6 weken", "weeks", "6", "6"),
        ("circa 12 weken", "weeks", "12", "12"),
        ("2 maanden", "months", "8.69", "8.69"),
        ("3–6 mnd", "range", "13.035", "26.07"),
        ("4 tot 8 weken", "range", "4", "8"),
        ("langer dan 26 weken", "longer_than", "26", "-"),
        ("binnen 4 weken", "shorter_than", "-", "4"),
        ("geen wachttijd", "no_wait", "0", "0"),
        ("binnen 24 uur", "no_wait", "0", "0"),
        ("cliëntenstop", "stop", "-", "-"),
        ("in overleg", "in_consultation", "-", "-"),
        ("lange wachttijd", "described", "-", "-"),
        ("onbekend", "unknown", "-", "-"),
    ],
)
def test_words_decide(words: str, kind: str, low: str, high: str) -> None:
    """Words are read as what they say, also when that is not a number of weeks."""
    wait = read_text(words, None)
    assert wait is not None
    assert summary(wait) == (kind, low, high)


@pytest.mark.parametrize(
    ("words", "number", "kind", "low", "high"),
    [
        ("3–6 mnd", "19.6", "range", "13.035", "26.07"),
        ("geen wachttijd", "4", "no_wait", "0", "0"),
        ("cliëntenstop", "52", "stop", "-", "-"),
    ],
)
def test_words_win_from_the_number(words: str, number: str, kind: str, low: str, high: str) -> None:
    """A number beside the words does not change what they say."""
    wait = read_text(words, Decimal(number))
    assert wait is not None
    assert summary(wait) == (kind, low, high)


@pytest.mark.parametrize(
    ("number", "kind", "approximate"),
    [
        ("8", "weeks", "no"),
        ("2.5", "weeks", "no"),
        ("26.1", "weeks", "yes"),
        ("0", "no_wait", "no"),
    ],
)
def test_a_bare_number(number: str, kind: str, approximate: str) -> None:
    """Without words the number is used. People say half weeks, not tenths: such a number was made
    from something else and is marked as approximate."""
    wait = read_number(Decimal(number), is_aim=False)
    assert (wait.kind.value, "yes" if wait.approximate else "no") == (kind, approximate)


def test_an_aim_is_not_a_wait() -> None:
    """A number that the provider calls its aim is shown, and not counted as a wait."""
    wait = read_number(Decimal(6), is_aim=True)
    assert wait.kind is WaitKind.AIM
    assert not wait.is_known


@pytest.mark.parametrize(
    ("the_field_is_there", "explanation", "another_way_in", "kind"),
    [
        ("no", "", "no", "not_stated"),
        ("yes", "", "no", "unknown"),
        ("yes", "Er geldt een aanmeldstop.", "no", "stop"),
        ("yes", "", "yes", "other_route"),
    ],
)
def test_no_words_and_no_number(
    the_field_is_there: str, explanation: str, another_way_in: str, kind: str
) -> None:
    """Nothing is never read as zero. The explanation counts where both clocks are silent."""
    wait = read_nothing(
        stated=the_field_is_there == "yes",
        explanation=explanation,
        is_route=another_way_in == "yes",
        row_is_silent=True,
    )
    assert wait.kind.value == kind


@pytest.mark.parametrize(
    ("words", "remark"), [("4 weken na diagnostiek", "na diagnostiek"), ("4 weken", "")]
)
def test_a_clock_that_starts_elsewhere(words: str, remark: str) -> None:
    """A wait that counts from another moment is shown with those words, and not counted with the
    others."""
    wait = read_text(words, None)
    assert wait is not None
    assert wait.remark == remark
    assert wait.is_known is (remark == "")


def test_both_clocks_stay_apart() -> None:
    """The wait until the intake (aanmeldwachttijd) and the wait from intake to treatment
    (behandelwachttijd) are two values of a statement; there is no sum of them."""
    waits = [field.name for field in fields(Statement) if field.type is Wait]
    assert waits == ["to_intake", "to_treatment"]
    assert not [name for name in dir(Statement) if "total" in name or "sum" in name]
