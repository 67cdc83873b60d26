"""Estimates that tell no count of fewer than ten youths, also not by difference.

Everything that leaves a fit (document, numbers, doubts, pages, files) is made of what comes from
here, and of nothing else. Three rules:

- A count of :data:`LEAST_SHOWN` or more is rounded to the nearest five, a smaller one (none too)
  becomes :data:`FEW`. Of a list of shares the small counts are taken together, so roughly that each
  of them may still be anything from 1 to 9, and that sum is dealt out by what is told anyway of the
  care types that they went to. The total of a list is the sum of what stands in it, and is told
  nowhere in another way, so nothing is left to subtract.
- What rests on fewer than ten youths is not estimated: a mean stay, growth, season. Who is there,
  and places, follow where they are few from how many come and how long they stay.
- How long those who wait have waited is told by means over ten youths or more (:mod:`.so_far`), in
  as many points as follows from a count that is told.
- An error comes from the rounded counts, with the variance that rounding adds. Means and errors
  have no more digits than they are sure of: more would tell which count they were divided by.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from vliegwiel.science.yardstick import LEAST_SHOWN

from .estimates import CareFit, Estimates, ExtensionFit, SourceFit
from .lengths import LengthFit
from .rates import RateFit
from .returning import ReturnFit
from .shares import ShareFit
from .waiting import PatienceFit, PlacesFit

#: What stands for a count below ``LEAST_SHOWN``: the middle.
FEW = 5
_STEP = 5
#: Variance of a count between 0 and 9, and of one of which five are rounded to one.
_SMALL_VARIANCE, _LARGE_VARIANCE = LEAST_SHOWN**2 / 12, _STEP**2 / 12
#: From so many small counts on, their sum can be told roughly.
_SUM_TOLD = 3
#: Standard error of places that follow from other numbers, a whole number.
_FEW_PLACES_ERROR = 1.0
_MEAN_DIGITS, _ERROR_DIGITS = 3, 2
#: A stay of which fewer than ten were seen, in days: likeliest, lowest, highest.
UNSEEN_STAY = (180.0, 30.0, 720.0)


def without_small_counts(found: Estimates) -> Estimates:
    """The same estimates as far as they may be told."""
    cares = {name: _care(care, found.days) for name, care in found.care_types.items()}
    sizes = {name: FEW if care.stay is None else care.stay.ends for name, care in cares.items()}
    sources = {name: _source(source) for name, source in found.sources.items()}
    returns = None if found.returns is None else _returns(found.returns)
    return replace(
        found,
        sources={
            name: replace(source, to=dealt_out(source.to, sizes))
            for name, source in sources.items()
        },
        municipalities=_list(found.municipalities).shares,
        care_types={
            name: replace(
                care,
                next=dealt_out(care.next, sizes),
                next_without_success=dealt_out(care.next_without_success, sizes),
                leave_to=dealt_out(care.leave_to, sizes),
            )
            for name, care in cares.items()
        },
        returns=None if returns is None else replace(returns, to=dealt_out(returns.to, sizes)),
    )


def dealt_out(told: Mapping[str, ShareFit], sizes: Mapping[str, int]) -> Mapping[str, ShareFit]:
    """The same list with the sum of its small counts dealt out by the sizes of the care types.

    More go to a care type that many go to. Everything that goes in may be told, so what comes out
    tells nothing more. Each small count was at least one and at most nine.
    """
    small = [name for name, share in told.items() if share.count < LEAST_SHOWN and name in sizes]
    if len(small) < 2:
        return told
    counts = {name: share.count for name, share in told.items()}
    left = sum(counts[name] for name in small) - len(small)
    rest = sum(sizes[name] for name in small)
    # From the largest on: what it cannot have goes to the others.
    for name in sorted(small, key=lambda name: -sizes[name]):
        more = min(left * sizes[name] / rest, LEAST_SHOWN - 2.0)
        counts[name] = 1.0 + more
        left -= more
        rest -= sizes[name]
    return _shares(counts).shares


def told_count(count: int) -> int:
    """A count as files tell it: one that only stands for a small one is 0."""
    return count if count >= LEAST_SHOWN else 0


def rounded_count(count: float) -> int:
    """A count to the nearest five, or what stands for a small one."""
    return FEW if count < LEAST_SHOWN else _STEP * round(count / _STEP)


@dataclass(frozen=True, slots=True)
class _List:
    """Shares of which the counts were rounded, their total, and the variance of that."""

    shares: Mapping[str, ShareFit]
    total: int
    variance: float


def _list(found: Mapping[str, ShareFit]) -> _List:
    exact = {name: share.count for name, share in found.items()}
    small = [count for count in exact.values() if count < LEAST_SHOWN]
    together = _sum_of_small(len(small), sum(small))
    counts = {
        name: together / len(small) if count < LEAST_SHOWN else float(rounded_count(count))
        for name, count in exact.items()
    }
    return _shares(counts)


def _shares(counts: Mapping[str, float]) -> _List:
    """Shares of counts that may be told, with the variance that rounding adds to each."""
    variances = {
        name: _SMALL_VARIANCE if count < LEAST_SHOWN else _LARGE_VARIANCE
        for name, count in counts.items()
    }
    total, every = round(sum(counts.values())), sum(variances.values())
    shares = {}
    for name, count in counts.items():
        part, own = count / total, variances[name]
        rounding = (1.0 - part) ** 2 * own + part**2 * (every - own)
        shares[name] = ShareFit(count=count, total=total, rounding=rounding)
    return _List(shares, total, every)


def _sum_of_small(number: int, total: float) -> int:
    """What is told of the sum of small counts: whatever it is, each may be anything from 1 to 9.

    One of them can be 9 when the sum is ``number`` + 8 or more, and 1 when it is 9 times ``number``
    less 8 or less. So all sums up to the first are told as one, and all from the second on.
    """
    if not number:
        return 0
    if number < _SUM_TOLD:
        return number * FEW
    most, least = number + 8, 9 * number - 8
    if total <= most:
        return number + FEW
    return least if total >= least else min(max(_STEP * round(total / _STEP), most + 1), least)


def _source(source: SourceFit) -> SourceFit:
    to, rate = _list(source.to), source.rate
    few = rate.youths < LEAST_SHOWN
    # The level times the time is the count itself.
    scale = to.total / rate.youths
    added = to.variance / to.total**2
    wider = math.sqrt(1.0 / scale)
    made = replace(
        rate,
        level=digits_of(rate.level * scale, _MEAN_DIGITS),
        log_level_error=_error(math.hypot(rate.log_level_error * wider, math.sqrt(added))),
        years=round(rate.years, 2),
        growth=None if rate.growth is None else round(rate.growth, 3),
        growth_error=_error(rate.growth_error * wider),
        dispersion=digits_of(rate.dispersion, 2),
        youths=to.total,
    )
    if few:
        made = _level_alone(made, to)
    elif rate.season is not None and min(rate.season) * to.total / 12.0 < LEAST_SHOWN:
        made = replace(made, season=None, season_errors=None)
    elif rate.season is not None and rate.season_errors is not None:
        made = replace(
            made,
            season=tuple(round(value, 3) for value in rate.season),
            season_errors=tuple(_error(error * wider) for error in rate.season_errors),
        )
    return SourceFit(rate=made, to=to.shares)


def _level_alone(rate: RateFit, to: _List) -> RateFit:
    """A source of few youths: as many a month as stand for few, and no more is known."""
    return replace(
        rate,
        level=digits_of(to.total / rate.months, _MEAN_DIGITS),
        log_level_error=_error(math.sqrt(to.total + to.variance) / to.total),
        years=0.0,
        growth=None,
        growth_error=0.0,
        season=None,
        season_errors=None,
        dispersion=1.0,
    )


def _care(care: CareFit, days: float) -> CareFit:
    following, without = _list(care.next), _list(care.next_without_success)
    given_up = _list(care.leave_to)
    unknown = _several(care.next_unknown)
    ended = rounded_count(following.total + without.total + unknown)
    stay = _stay(care.stay, ended)
    extension = None if care.extension is None else _extension(care.extension)
    arrivals = rounded_count(care.arrivals)
    usual = _usual(stay, extension, days)
    patience = _patience(care.patience, given_up.total)
    places = _places(care.places, usual)
    if patience is None:  # few ever waited: places are not what limits
        places = replace(places, limited=False, queue_days=0)
    return replace(
        care,
        arrivals=arrivals,
        stay=stay,
        extension=extension,
        success=None if care.success is None else _pair(care.success),
        next=following.shares,
        next_without_success=without.shares,
        next_unknown=unknown,
        start_unknown=_several(care.start_unknown),
        patience=patience,
        leave_to=given_up.shares,
        places=places,
        in_care=_there(care.in_care, usual),
        # Without a limit who waits counts as in care, and few of them hardly count.
        waiting=_waiting(care.waiting, patience, days)
        if places.limited
        else _several(care.waiting),
    )


def _several(count: int) -> int:
    """A count that is left out when it is small."""
    return 0 if count < LEAST_SHOWN else rounded_count(count)


def _usual(stay: LengthFit | None, extension: ExtensionFit | None, days: float) -> float:
    """How many are in care on average, by Little's law, of numbers that are told as well."""
    if stay is None:
        return FEW * UNSEEN_STAY[0] / days
    longer = 0.0
    if extension is not None:
        longer = extension.probability.share * extension.length.mean
    return min(stay.ends * (stay.mean + longer) / days, LEAST_SHOWN - 1.0)


def _there(count: int, usual: float) -> int:
    return rounded_count(count) if count >= LEAST_SHOWN else round(usual)


def _waiting(count: int, patience: PatienceFit | None, days: float) -> int:
    """How many wait; of few as many as usual, by their days of waiting, which patience tells."""
    usual = float(FEW) if patience is None else patience.stopped * patience.mean / days
    return _there(count, min(usual, LEAST_SHOWN - 1.0))


def _places(places: PlacesFit, usual: float) -> PlacesFit:
    follows = None if places.follows is None else digits_of(places.follows, _ERROR_DIGITS)
    if places.places >= LEAST_SHOWN:
        value, error = _told_places(places.places), _error(places.error)
    else:
        value, error = float(max(1, round(usual))), _FEW_PLACES_ERROR
    return replace(places, places=value, error=error, follows=follows)


def _told_places(places: float) -> float:
    """With three digits, but a thousand or more are whole: the number hardly changes while others
    wait, so that a forecast is no better than this.
    """
    return digits_of(places, max(_MEAN_DIGITS, len(str(int(places)))))


def _stay(stay: LengthFit | None, ended: int) -> LengthFit | None:
    """A length without what tells how many ended; of few stays there is none."""
    if stay is None or stay.stays < LEAST_SHOWN:
        return None
    if stay.ends < LEAST_SHOWN:
        mean, ends = stay.mean * max(stay.ends, 0.5) / FEW, FEW
        error, cv_error = _few_error(), stay.log_cv_error
    else:
        mean, ends = stay.mean, max(ended, LEAST_SHOWN)
        wider = math.sqrt(stay.ends / ends)
        error = math.hypot(stay.log_mean_error * wider, math.sqrt(_LARGE_VARIANCE) / ends)
        cv_error = stay.log_cv_error * wider
    return replace(
        stay,
        mean=digits_of(mean, _MEAN_DIGITS),
        cv=digits_of(stay.cv, _MEAN_DIGITS),
        log_mean_error=_error(error),
        log_cv_error=_error(cv_error),
        correlation=round(stay.correlation, 2),
        stays=rounded_count(stay.stays),
        ends=ends,
        # They hold the number of ends.
        log_likelihoods={},
        aic={},
        distance=None if stay.distance is None else round(stay.distance, 2),
        outside=None if stay.outside is None else round(stay.outside, 2),
        covered=round(stay.covered, 2),
    )


def _extension(found: ExtensionFit) -> ExtensionFit | None:
    length = _stay(found.length, rounded_count(found.length.ends))
    return (
        None
        if length is None
        else ExtensionFit(probability=_pair(found.probability), length=length)
    )


def _pair(share: ShareFit) -> ShareFit:
    """A share beside the rest, as a list of two."""
    rest = ShareFit(count=share.total - share.count, total=share.total)
    return _list({"part": share, "rest": rest}).shares["part"]


def _patience(found: PatienceFit | None, given_up: int) -> PatienceFit | None:
    """Patience without what tells how many gave up; of few waits there is none."""
    if found is None or found.waits < LEAST_SHOWN:
        return None
    few = found.stopped < LEAST_SHOWN
    stopped = FEW if few else max(rounded_count(given_up), LEAST_SHOWN)
    mean = found.days / FEW if few else found.mean
    error = _few_error() if few else math.sqrt(stopped + _LARGE_VARIANCE) / stopped
    return PatienceFit(
        mean=digits_of(mean, _MEAN_DIGITS),
        log_error=_error(error),
        stopped=stopped,
        days=digits_of(found.days, _MEAN_DIGITS),
        waits=rounded_count(found.waits),
    )


def _returns(found: ReturnFit) -> ReturnFit:
    to = _list(found.to)
    return replace(
        found,
        probability=digits_of(found.probability, _MEAN_DIGITS),
        delay=digits_of(found.delay, _MEAN_DIGITS),
        log_probability_error=_error(found.log_probability_error),
        log_delay_error=_error(found.log_delay_error),
        correlation=round(found.correlation, 2),
        left=rounded_count(found.left),
        returned=max(to.total, LEAST_SHOWN),
        coming=digits_of(found.coming, _ERROR_DIGITS),
        coming_error=_error(found.coming_error),
        followed=digits_of(found.followed, _ERROR_DIGITS),
        to=to.shares,
    )


def _few_error() -> float:
    """Error of the logarithm of what was divided by a count below ten."""
    return math.sqrt(FEW + _SMALL_VARIANCE) / FEW


def _error(value: float) -> float:
    return digits_of(value, _ERROR_DIGITS)


def digits_of(value: float, digits: int) -> float:
    """A number with so many digits that count."""
    if value == 0.0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))
