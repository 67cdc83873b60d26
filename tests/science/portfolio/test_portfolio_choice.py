"""The best portfolio and robust rankings: a published optimum, brute force, and properties."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.science.evidence.reference_cases import reference_case
from vliegwiel.science.portfolio import (
    Item,
    NoPortfolio,
    Rules,
    acceptability,
    best_portfolio,
    chosen_share,
    next_best,
    opinions,
    told_step,
    told_turning,
    turning,
    weighted_sum,
    worth_of_more,
)

# Problem 7 of Burkardt's collection, printed in Kreher and Stinson (1999): optimum 1458.
WEIGHTS = (70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120)
VALUES = (135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240)
ITEMS = [
    Item(id=f"I{n:02d}", value=value, uses={"euro": weight})
    for n, (weight, value) in enumerate(zip(WEIGHTS, VALUES, strict=True), 1)
]
BUDGET = Rules(most={"euro": 750})
SCORES = [[0.9, 0.1], [0.5, 0.6], [0.2, 0.8]]


def test_knapsack_and_weights_as_published() -> None:
    case = reference_case("portfolio-and-weights")
    expected, second = case.expected, case.expected["second_run"]
    best = best_portfolio(ITEMS, BUDGET)
    rules = Rules(
        most={"euro": 750},
        requires=tuple(tuple(pair) for pair in case.document["options"]["second_run"]["requires"]),
        excludes=tuple(tuple(pair) for pair in case.document["options"]["second_run"]["excludes"]),
    )
    tied = best_portfolio(ITEMS, rules)
    other = next_best(ITEMS, rules, tied)
    assert list(best.chosen) == expected["selected"]
    assert list(tied.chosen) == second["selected"]
    assert other is not None
    found = acceptability(SCORES)
    names = dict(enumerate("XYZ"))
    assert not case.far(
        {
            "estimate": best.value,
            "value": best.value,
            "weight": best.uses["euro"],
            "second_run": {
                "value": tied.value,
                "weight": tied.uses["euro"],
                "second_best_value": other.value,
            },
            "smaa": {names[i]: found.places[i] for i in names},
            "central_weight_c1": {names[i]: found.central[i, 0] for i in names},
            "weighted_sum": {names[i]: weighted_sum(SCORES, [0.6, 0.4])[i] for i in names},
        }
    )


def test_the_printed_optimum() -> None:
    best = best_portfolio(ITEMS, BUDGET)
    assert (best.value, best.uses["euro"]) == (1458, 749)
    assert best.chosen == ("I01", "I03", "I05", "I07", "I08", "I09", "I14", "I15")


def test_with_two_criteria_the_shares_can_be_worked_out_by_hand() -> None:
    """X is first from w1 = 5/9, Z up to 2/5, Y in between."""
    found = acceptability(SCORES)
    assert found.places[:, 0] == pytest.approx([4 / 9, 5 / 9 - 2 / 5, 2 / 5], abs=1e-4)
    assert found.central[:, 0] == pytest.approx([7 / 9, 43 / 90, 1 / 5], abs=1e-4)
    assert found.places.sum(axis=0) == pytest.approx([1, 1, 1])
    assert found.confidence == pytest.approx([1, 1, 1])
    assert found.beats + found.beats.T + np.eye(3) == pytest.approx(np.ones((3, 3)))


def test_an_agreed_order_of_criteria_leaves_half_of_the_weights() -> None:
    """With the first criterion the more important, X is first in 4/9 of the upper half."""
    found = acceptability(SCORES, order=[0, 1])
    assert found.places[0, 0] == pytest.approx(8 / 9, abs=0.01)
    assert found.places[2, 0] == 0
    assert np.isnan(found.central[2]).all()


def test_uncertain_scores_lower_the_confidence() -> None:
    sure = np.array([[0.6, 0.5], [0.4, 0.4]])
    samples = np.stack([sure, sure[::-1], sure, sure])
    found = acceptability(samples, draws=4000)
    assert found.confidence[0] == pytest.approx(0.75)
    assert found.places[0, 0] == pytest.approx(0.75, abs=0.01)


def test_who_is_worth_the_same_shares_the_place() -> None:
    found = acceptability([[0.5, 0.5, 0.5]] * 2, draws=4000)
    assert found.places[0, 0] == pytest.approx(0.5, abs=0.03)


def test_how_far_weights_must_move() -> None:
    found = turning(SCORES, [0.6, 0.4])
    assert (found.best, found.rival) == (0, 1)
    assert found.moved == pytest.approx(0.6 - 5 / 9)
    assert found.weights is not None
    even = weighted_sum(SCORES, found.weights)
    assert even[0] == pytest.approx(even[1])
    assert "Y does" in told_turning(found, "XYZ").sentence
    better_in_all = turning([[0.9, 0.9], [0.5, 0.6]], [0.5, 0.5])
    assert better_in_all.rival is None
    assert told_turning(better_in_all, "XY").code == "first_with_any_weights"


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_no_smaller_move_of_weights_turns_it(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores, weights = random.random((4, 3)), random.dirichlet(np.ones(3))
    found = turning(scores, weights)
    tried = random.dirichlet(np.ones(3), 400)
    turned = np.argmax(tried @ scores.T, axis=1) != found.best
    moves = np.abs(tried - weights).sum(axis=1) / 2
    assert not np.any(turned) or (
        found.moved is not None and moves[turned].min() >= found.moved - 1e-9
    )


def test_opinions_of_groups() -> None:
    like, unlike = opinions(SCORES, [0.6, 0.4], [[0.7, 0.3], [0.0, 1.0]])
    assert (like.same_first, like.likeness, like.order) == (True, 1.0, (0, 1, 2))
    assert (unlike.same_first, unlike.likeness, unlike.order) == (False, -1.0, (2, 1, 0))


def brute(items: list[Item], rules: Rules) -> float:
    best = -np.inf
    for inside in product((0, 1), repeat=len(items)):
        chosen = {item.id for item, there in zip(items, inside, strict=True) if there}
        kinds = [kind for item in items if item.id in chosen for kind in item.kinds]
        fits = all(
            sum(item.uses.get(limit, 0) for item in items if item.id in chosen) <= most
            for limit, most in rules.most.items()
        )
        fits &= all(a not in chosen or b in chosen for a, b in rules.requires)
        fits &= all(not {a, b} <= chosen for a, b in rules.excludes)
        fits &= all(kinds.count(kind) >= least for kind, least in rules.at_least.items())
        fits &= all(kinds.count(kind) <= most for kind, most in rules.at_most.items())
        fits &= rules.always <= chosen and not rules.never & chosen
        if fits:
            best = max(best, sum(item.value for item in items if item.id in chosen))
    return best


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_the_best_is_the_best_of_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    items = [
        Item(
            id=f"i{n}",
            value=float(random.integers(-3, 20)),
            uses={"euro": float(random.integers(1, 9)), "people": float(random.integers(0, 4))},
            kinds=frozenset({"quick"} if random.random() < 0.4 else {"long"}),
        )
        for n in range(7)
    ]
    rules = Rules(
        most={"euro": 18, "people": 8}, requires=(("i0", "i1"),), excludes=(("i2", "i3"),),
        at_least={"quick": 1}, at_most={"long": 3}, never=frozenset({"i6"}),
    )  # fmt: skip
    expected = brute(items, rules)
    if np.isinf(expected):
        with pytest.raises(NoPortfolio):
            best_portfolio(items, rules)
    else:
        assert best_portfolio(items, rules).value == expected


def test_what_a_little_more_would_add() -> None:
    items = [
        Item(id=name, value=value, uses={"euro": cost})
        for name, value, cost in (("a", 10, 5), ("b", 8, 4), ("c", 3, 2))
    ]
    steps = worth_of_more(items, Rules(most={"euro": 6}), "euro", up_to=20)
    told = [(step.more, step.gained, step.added, step.dropped) for step in steps]
    # At 6 the best is b with c (11); a with c takes 7, a with b 9, and everything 11.
    assert told == [
        (1, 2, ("a",), ("b",)),
        (3, 7, ("a",), ("c",)),
        (5, 10, ("a",), ()),
    ]
    names = {item.id: item.id.upper() for item in items}
    assert [told_step(step, names).code for step in steps] == [
        "more_changes", "more_changes", "more_adds",
    ]  # fmt: skip


def test_of_equal_worth_the_lightest_is_taken() -> None:
    items = [
        Item(id="dear", value=5, uses={"euro": 9}),
        Item(id="cheap", value=5, uses={"euro": 2}),
    ]
    rules = Rules(most={"euro": 10}, excludes=(("dear", "cheap"),))
    assert best_portfolio(items, rules).chosen == ("cheap",)


def test_uncertain_worth_gives_a_share() -> None:
    items = [Item(id=name, value=1, uses={"euro": 1}) for name in ("sure", "maybe", "never")]
    values = [[9.0, 2.0, 1.0], [9.0, 1.0, 0.0], [9.0, 1.0, 0.5], [9.0, 0.5, 1.0]]
    share = chosen_share(items, Rules(most={"euro": 2}), values)
    assert share == {"sure": 1.0, "maybe": 0.75, "never": 0.25}


def test_the_only_portfolio_has_no_next() -> None:
    items = [Item(id="a", value=1)]
    rules = Rules(always=frozenset({"a"}))
    assert next_best(items, rules, best_portfolio(items, rules)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: best_portfolio([], Rules()),
        lambda: best_portfolio([Item(id="a", value=1)] * 2, Rules()),
        lambda: best_portfolio([Item(id="a", value=1)], Rules(requires=(("a", "b"),))),
        lambda: best_portfolio([Item(id="a", value=1)], Rules(excludes=(("a", "a"),))),
        lambda: best_portfolio([Item(id="a", value=np.nan)], Rules()),
        lambda: best_portfolio([Item(id="a", value=1, uses={"euro": 1})], Rules()),
        lambda: best_portfolio([Item(id="a", value=1, uses={"euro": -1})], BUDGET),
        lambda: worth_of_more(ITEMS, BUDGET, "people", up_to=3),
        lambda: chosen_share(ITEMS, BUDGET, [[1.0]]),
        lambda: weighted_sum(SCORES, [1.0]),
        lambda: weighted_sum(SCORES, [0.0, 0.0]),
        lambda: weighted_sum([1.0], [1.0]),
        lambda: acceptability([1.0]),
        lambda: acceptability(SCORES, order=[0, 0]),
        lambda: acceptability(SCORES, draws=0),
    ],
)
def test_what_cannot_be_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        wrong()
