"""No count of fewer than ten youths leaves a fit: not to be read, nor worked out."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.science.regionbox.boxes import ijsselland
from vliegwiel.science.caresystem import (
    Text,
    histories,
    write_document,
)
from vliegwiel.science.fit import (
    Background,
    CareFit,
    Estimates,
    FittedSystem,
    ShareFit,
    Visits,
    back_test,
    background_of,
    estimate,
    fit_care_system,
    shown_back_test,
    visits_of_histories,
    without_small_counts,
    write_system,
)

from . import truth
from .search import Json, small_counts_in

#: Small parts of a region: IJsselland, or (0) the region of the other tests.
PARTS = (0.0, 0.05, 0.1)


@cache
def visits(part: float) -> Visits:
    if part:
        return visits_of_histories(histories(ijsselland(), 36, seed=2, scale=part))
    every = truth.visits(1)
    return every.those(every.youth % 8 == 0)


@cache
def background() -> Background:
    title = Text(nl="geschat", en="fitted")
    return background_of(
        ijsselland(), name="fitted", version="1", title=title, data="a simulation", publisher="us"
    )


@cache
def exact(part: float) -> Estimates:
    return estimate(visits(part))


@cache
def fitted(part: float) -> FittedSystem:
    return fit_care_system(visits(part), background())


def document(found: Estimates) -> Json:
    system, _parts = write_system(found, background())
    made: Json = json.loads(write_document(system))
    return made


@pytest.mark.parametrize("part", PARTS)
def test_who_searches_for_small_counts_finds_none(part: float) -> None:
    made = json.loads(write_document(fitted(part).system))
    assert small_counts_in(made) == {}
    assert not any(0 < number.observations < 10 for number in fitted(part).parts)
    for check in fitted(part).checks:
        assert not 0 < float(check.params.get("count", 0)) < 10, check.sentence


@pytest.mark.parametrize("part", PARTS[1:])
def test_without_the_rule_the_same_search_finds_many_that_are_true(part: float) -> None:
    found, raw = small_counts_in(document(exact(part))), exact(part)
    assert len(found) >= 20
    for i, care in enumerate(raw.care_types.values()):
        true = {round(share.count) for share in care.next.values()}
        steps = (f".care_types[{i}].next[{j}].probability" for j in range(len(true)))
        assert {round(found[step]) for step in steps if step in found} <= true


def other(count: float) -> int:
    """Another small count."""
    return int(count) % 9 + 1


def changed(shares: dict[str, ShareFit]) -> dict[str, ShareFit]:
    """The same list in which the small counts are others, where they are one or two."""
    small = [name for name, share in shares.items() if share.count < 10]
    if len(small) > 2:
        return shares
    counts = {n: other(s.count) if n in small else int(s.count) for n, s in shares.items()}
    return {n: ShareFit(count=c, total=sum(counts.values())) for n, c in counts.items()}


def with_other_small_counts(found: Estimates) -> Estimates:
    """A region that differs in nothing but its small counts."""
    sources = {}
    for name, source in found.sources.items():
        to = changed(dict(source.to))
        youths = sum(int(share.count) for share in to.values())
        times = youths / source.rate.youths
        # What a Poisson regression makes of more youths.
        rate = replace(
            source.rate,
            youths=youths,
            level=source.rate.level * times,
            log_level_error=source.rate.log_level_error / math.sqrt(times),
            growth_error=source.rate.growth_error / math.sqrt(times),
            season_errors=tuple(e / math.sqrt(times) for e in source.rate.season_errors or ()),
        )
        sources[name] = replace(source, to=to, rate=rate)
    cares = {name: _changed_care(care) for name, care in found.care_types.items()}
    municipalities = changed(dict(found.municipalities))
    return replace(found, sources=sources, care_types=cares, municipalities=municipalities)


def _changed_care(care: CareFit) -> CareFit:
    stay, patience = care.stay, care.patience
    if stay is not None and stay.ends < 10:
        ends = other(stay.ends)
        mean = stay.mean * max(stay.ends, 0.5) / ends
        stay = replace(stay, ends=ends, mean=mean, log_mean_error=1 / math.sqrt(ends))
    if patience is not None and patience.stopped < 10:
        stopped = other(patience.stopped)
        error = 1 / math.sqrt(stopped)
        patience = replace(patience, stopped=stopped, mean=patience.days / stopped, log_error=error)
    return replace(
        care,
        stay=stay,
        patience=patience,
        next=changed(dict(care.next)),
        leave_to=changed(dict(care.leave_to)),
        in_care=other(care.in_care) if care.in_care < 10 else care.in_care,
        waiting=other(care.waiting) if care.waiting < 10 else care.waiting,
    )


@pytest.mark.parametrize("part", PARTS)
def test_whatever_the_small_counts_are_the_same_is_told(part: float) -> None:
    one, another = exact(part), with_other_small_counts(exact(part))
    assert document(one) != document(another)
    assert document(without_small_counts(one)) == document(without_small_counts(another))


def test_places_of_a_large_form_are_not_rounded_to_tens() -> None:
    """They are in use all the time while others wait: ten too many would never be filled."""
    one = next(care for care in exact(0.1).care_types.values() if care.places.limited)
    large = replace(one, places=replace(one.places, places=1523.0, error=0.0))
    told = without_small_counts(replace(exact(0.1), care_types={"one": large}))
    assert told.care_types["one"].places.places == 1523.0


def test_of_several_small_counts_each_may_be_anything() -> None:
    """Of three small counts beside a large one: all that could be, by what is told of them."""
    told: dict[tuple[float, ...], list[tuple[int, ...]]] = {}
    care = next(iter(exact(0.0).care_types.values()))
    for counts in np.ndindex(9, 9, 9):
        small = [int(count) + 1 for count in counts]
        total = 100 + sum(small)
        names = zip(("large", "a", "b", "c"), (100, *small), strict=True)
        following = {name: ShareFit(count=count, total=total) for name, count in names}
        region = replace(exact(0.0), care_types={"one": replace(care, next=following)})
        shown = without_small_counts(region).care_types["one"].next
        key = tuple((share.share, share.error, *share.interval)[0] for share in shown.values())
        told.setdefault(key, []).append(tuple(small))
    assert len(told) > 1
    for possible in told.values():
        for place in range(3):
            assert {counts[place] for counts in possible} == set(range(1, 10))


def test_a_test_tells_no_row_with_few_youths_but_counts_it() -> None:
    raw = back_test(visits(0.1), background(), months=6, replications=20)
    shown = shown_back_test(raw)
    assert raw.rows
    assert any(0 < min(row.happened) < 10 for row in raw.rows)
    assert all(count >= 10 and count % 5 == 0 for row in shown.rows for count in row.happened)
    assert len(shown.rows) + len(shown.hidden) == len(raw.rows)
    assert (shown.covered, shown.better) == pytest.approx((raw.covered, raw.better), abs=0.01)
