"""Scores of a scan: by hand, as the sector had them, and never of a group that is too small."""

import math
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel import reference
from vliegwiel.science.questionnaires import (
    LEAST_RESPONDENTS,
    Answered,
    Instrument,
    ScanResult,
    generated_answers,
    profile,
    read_instrument,
    scan_result,
)
from vliegwiel.science.yardstick import Margin, protect

from .samples import sample

SECTOR = {
    "network": 3.7,
    "culture": 3.6,
    "process": 3.45,
    "vision": 3.35,
    "means": 3.2,
    "results": 2.7,
}


@pytest.fixture(scope="module")
def maturity_scan() -> Instrument:
    (file,) = (f for f in reference.instrument_files() if f.name == "maturity-scan.json")
    return read_instrument(file.content)


def test_a_score_by_hand() -> None:
    answers = [
        Answered("x", {"a": 1, "b": 5, "c": 2}),
        Answered("x", {"a": 4, "b": 4}),
        Answered("x", {"a": 2, "b": 3, "c": 4}),
    ]
    found = profile(sample(), answers, least=2)
    of_each = [3.0, 4.0, 2.5]
    assert found.aspects["one"].mean == pytest.approx(sum(of_each) / 3)
    assert found.aspects["one"].spread == pytest.approx(statistics.stdev(of_each))
    assert (found.aspects["two"].count, found.aspects["two"].mean) == (2, 3.0)
    assert found.parts["half"].mean == pytest.approx(7 / 3)
    assert found.questions["b"].mean == 4.0


def test_made_up_answers_give_the_profile_of_the_sector(maturity_scan: Instrument) -> None:
    parties = dict.fromkeys("abcde", 8)
    answers = generated_answers(maturity_scan, parties, SECTOR, seed=1)
    assert len(answers) == 40
    found = scan_result(maturity_scan, answers)
    assert found.total is not None
    assert {key: round(score.mean, 10) for key, score in found.total.aspects.items()} == SECTOR
    published = {aspect.key: aspect.compare for aspect in maturity_scan.aspects}
    assert published == SECTOR
    assert len(found.total.parts) == 17
    assert len(found.total.questions) == 28
    assert found.parties.keys() == parties.keys()
    assert generated_answers(maturity_scan, parties, SECTOR, seed=1) == answers
    assert generated_answers(maturity_scan, parties, SECTOR, seed=2) != answers


def test_a_mean_that_cannot_be_reached_is_refused(maturity_scan: Instrument) -> None:
    with pytest.raises(ValueError, match="cannot have a mean"):
        generated_answers(maturity_scan, {"a": 3}, SECTOR, seed=1)


def test_too_few_respondents_show_nothing() -> None:
    answers = [Answered("x", {"a": 1, "b": 1})] * (LEAST_RESPONDENTS - 1)
    found = scan_result(sample(), answers)
    assert (found.total, found.parties, found.hidden) == (None, {}, {"x"})
    assert scan_result(sample(), [*answers, answers[0]]).total is not None
    with pytest.raises(ValueError, match="a person"):
        scan_result(sample(), answers, least=1)


def test_a_small_party_takes_another_with_it() -> None:
    """With the total and the large party, who subtracts would have the small one."""
    counts = {"large": 9, "middle": 6, "small": 2}
    answers = [Answered(p, {"a": 3, "b": 3}) for p, n in counts.items() for _ in range(n)]
    found = scan_result(sample(), answers)
    assert (set(found.parties), found.hidden) == ({"large"}, {"small", "middle"})


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 12), min_size=1))
def test_no_party_can_be_worked_out_by_difference(counts: dict[str, int]) -> None:
    """Whoever subtracts any of the shown parties from all keeps nobody, or a group large enough."""
    answers = [Answered(p, {"a": 3, "b": 3}) for p, n in counts.items() for _ in range(n)]
    found = scan_result(sample(), answers)
    if found.total is None:
        assert not found.parties
        return
    assert all(counts[party] >= LEAST_RESPONDENTS for party in found.parties)
    left = sum(counts[party] for party in found.hidden)
    assert left == 0 or left >= LEAST_RESPONDENTS
    small = [party for party in found.hidden if counts[party] < LEAST_RESPONDENTS]
    assert not small or len(found.hidden) > 1
    cells = {**counts, "all": sum(counts.values())}
    margin = Margin("all", tuple(counts))
    best = protect(cells, [margin], least=LEAST_RESPONDENTS, keep={"all": 1e6})
    assert left == sum(counts[party] for party in counts.keys() - best.shown.keys())


def test_one_answer_cannot_be_worked_out_where_not_everybody_answers() -> None:
    """All of A answer C and one of B does: the total less A would be what that one said."""
    of_a = [Answered("A", {"a": 3, "b": 3, "c": 4})] * 8
    of_b = [Answered("B", {"a": 3, "b": 3, "c": 1}), *[Answered("B", {"a": 3, "b": 3})] * 5]
    found = scan_result(sample(), [*of_a, *of_b])
    assert found.total is not None
    assert found.total.questions["c"].count == 9
    assert found.parties.keys() == {"A", "B"}
    for party in found.parties.values():
        assert (set(party.questions), set(party.aspects)) == ({"a", "b"}, {"one"})


@pytest.mark.parametrize(("skipped", "left"), [("b", {"a"}), ("a", {"b"})])
def test_what_one_answered_who_skipped_a_question_is_not_told(skipped: str, left: set[str]) -> None:
    """Of A and B, twice the sum of the aspect less both sums is the other answer of who skipped."""
    (other,) = left
    answers = [Answered("A", {"a": 3, "b": 4})] * 8
    one = Answered("A", {other: 1})
    both = profile(sample(), [*answers, one])
    gap = 2 * 9 * both.aspects["one"].mean - 9 * both.questions[other].mean
    assert gap - 8 * both.questions[skipped].mean == pytest.approx(1)
    found = scan_result(sample(), [*answers, one, *[Answered("B", {"a": 2, "b": 2})] * 9])
    assert found.total is not None
    for group in (found.total, *found.parties.values()):
        assert set(group.questions) == left
        assert set(group.aspects) == {"one"}
        assert ("half" in group.parts) == ("a" in left)
    many = [Answered("A", {other: 1})] * LEAST_RESPONDENTS
    result = scan_result(sample(), [*answers, *many])
    assert result.total is not None
    assert set(result.total.questions) == {"a", "b"}


def test_an_aspect_goes_with_its_question() -> None:
    """From the mean of A and B, and that of A, follows B."""
    of_a = [Answered("A", {"a": 3, "b": 4})] * 8
    of_b = [Answered("B", {"a": 3, "b": 1}), *[Answered("B", {"a": 3})] * 5]
    found = scan_result(sample(), [*of_a, *of_b])
    for party in found.parties.values():
        assert (set(party.questions), set(party.parts), set(party.aspects)) == (
            {"a"},
            {"half"},
            set(),
        )


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.integers(1, 12).flatmap(
            lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n))
        ),
        min_size=1,
    )
)
def test_no_answers_can_be_worked_out_by_difference(
    counts: dict[str, tuple[int, int, int]],
) -> None:
    """Of every score: what is left of the total without the shown parties is nobody or enough."""
    answers = [
        Answered(party, {"a": 3, **({"b": 3} if n < some else {}), **({"c": 3} if n < few else {})})
        for party, (everybody, some, few) in counts.items()
        for n in range(everybody)
    ]
    found = scan_result(sample(), answers)
    if found.total is None:
        return
    given_by = {"a": 0, "b": 1, "c": 2}
    for level in ("aspects", "parts", "questions"):
        shown = [getattr(party, level) for party in found.parties.values()]
        total = getattr(found.total, level)
        assert {key for scores in shown for key in scores} <= set(total)
        for key, score in total.items():
            left = score.count - sum(scores[key].count for scores in shown if key in scores)
            assert left == 0 or left >= LEAST_RESPONDENTS
            if level == "questions":
                others = [n[given_by[key]] for p, n in counts.items() if not _tells(found, p, key)]
                small = [n for n in others if 0 < n < LEAST_RESPONDENTS]
                assert not small or len([n for n in others if n]) > 1


def _tells(found: ScanResult, party: str, question: str) -> bool:
    return party in found.parties and question in found.parties[party].questions


def test_words_numbers_and_choices_are_told_of_everybody_together() -> None:
    answers = [
        Answered(
            "x" if n % 2 else "y", {"d": "x", "e": "yes", "f": float(n), "g": f"words {9 - n}"}
        )
        for n in range(6)
    ]
    found = scan_result(sample(), answers)
    assert found.counts == {"d": {"x": 6, "y": 0}, "e": {"yes": 6, "no": 0}}
    assert math.isclose(found.numbers["f"].mean, 2.5)
    assert found.texts["g"] == tuple(f"words {n}" for n in range(4, 10))
