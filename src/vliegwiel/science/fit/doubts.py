"""Where not to trust a fit."""

from __future__ import annotations

from collections.abc import Iterator

from vliegwiel.science.kernel import Check, Outcome
from vliegwiel.science.yardstick import LEAST_SHOWN

from .estimates import UNKNOWN_SOURCE, CareFit, Estimates
from .rates import MONTHS_FOR_A_SEASON
from .returning import RETURNS_NEEDED
from .sentences import told

_FEW = 30
_IRREGULAR = 1.5
_SHARE = 0.05
_TAIL = 0.9
_OUTSIDE = 0.1
#: Counts are told to the nearest five.
_ROUNDED = 2.5


def doubts(found: Estimates) -> tuple[Check, ...]:
    """Every reason to be careful, in the order of the document; failed ones weigh most.

    Of estimates without small counts: where one stood, no more is said than that they were few.
    """
    return (
        *_about_sources(found),
        *(
            check
            for name, care in found.care_types.items()
            for check in (*_about_stays(name, care), *_about_waiting(name, care))
        ),
        *_about_returns(found),
    )


def _about_sources(found: Estimates) -> Iterator[Check]:
    if found.months < MONTHS_FOR_A_SEASON:
        yield told("few_months", months=found.months, needed=MONTHS_FOR_A_SEASON)
    total = sum(source.rate.youths for source in found.sources.values())
    for name, source in found.sources.items():
        if source.rate.youths < LEAST_SHOWN:
            yield told("hardly_any_youths", source=name)
        elif source.rate.youths < _FEW:
            yield told("few_youths", count=source.rate.youths, source=name)
        if source.rate.dispersion > _IRREGULAR:
            yield told("irregular", source=name, times=source.rate.dispersion)
        if name == UNKNOWN_SOURCE and source.rate.youths > _SHARE * total:
            yield told("source_unknown", share=100.0 * source.rate.youths / total)


def _about_stays(name: str, care: CareFit) -> Iterator[Check]:
    stay = care.stay
    if stay is None:
        yield told("never_seen", Outcome.FAILED, care_type=name)
        return
    if stay.ends < LEAST_SHOWN:
        yield told("hardly_any_ends", Outcome.FAILED, care_type=name)
    elif stay.ends < _FEW:
        yield told("few_ends", count=stay.ends, care_type=name)
    if stay.covered < _TAIL:
        yield told("tail_unseen", care_type=name, share=100.0 * stay.covered)
    if stay.outside is not None and stay.distance is not None and stay.outside > _OUTSIDE:
        distance = 100.0 * stay.distance
        yield told("shape_doubtful", Outcome.FAILED, care_type=name, distance=distance)
    if care.start_unknown:
        yield told("start_unknown", count=care.start_unknown, care_type=name)
    followed = sum(share.count for share in care.next.values()) + care.next_unknown
    followed += sum(share.count for share in care.next_without_success.values())
    if care.next_unknown > _SHARE * max(followed, 1):
        yield told("next_unknown", care_type=name, share=100.0 * care.next_unknown / followed)


def _about_waiting(name: str, care: CareFit) -> Iterator[Check]:
    places = care.places
    if not places.limited:
        if places.queue_days:
            yield told("waits_without_limit", Outcome.FAILED, care_type=name)
        return
    if places.changed:
        yield told("places_changed", care_type=name)
    if places.places < LEAST_SHOWN:
        yield told("few_places", care_type=name)
    elif care.in_care > places.places + _ROUNDED:
        numbers = {"in_care": float(care.in_care), "places": places.places}
        yield told("more_in_care", care_type=name, **numbers)
    if care.patience is not None and care.patience.stopped < LEAST_SHOWN:
        yield told("hardly_any_gave_up", care_type=name)
    elif care.patience is not None and care.patience.stopped < _FEW:
        yield told("few_gave_up", count=care.patience.stopped, care_type=name)


def _about_returns(found: Estimates) -> Iterator[Check]:
    back = found.returns
    if back is None:
        yield told("few_returns", needed=RETURNS_NEEDED)
    elif back.followed < 2.0 * back.delay:
        yield told("returns_short", delay=back.delay, followed=back.followed)
