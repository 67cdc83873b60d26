"""What is looked at before an effect is believed: codes, sentences, and limits designs share.

The limits are conventions. What Works Clearinghouse (2022), Standards Handbook 5.0: loss of
persons and differences at the start. Fewer than about eight groups in an arm: Murray (1998),
Design and Analysis of Group-Randomized Trials.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import Check, Outcome

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

#: Code -> English sentence. Shares are in per cent.
CHECK_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "no_comparison": (
            "Nobody without the initiative was followed. What else changed at the same time is "
            "part of this number."
        ),
        "regression_to_mean": (
            "Whoever starts at a bad moment often improves without help as well. This number "
            "cannot tell that apart."
        ),
        "complete": "The outcome of everybody is known.",
        "lost": "The outcome of %(share)s per cent of the persons is not known.",
        "lost_apart": (
            "The outcome of %(share)s per cent of the persons is not known: %(treated)s per cent "
            "with the initiative and %(compared)s per cent without it."
        ),
        "balance": (
            "Before the start the arms differ by %(size)s standard deviations on average."
        ),
        "no_baseline": (
            "The outcome was not measured before the start, so differences from then stay in."
        ),
        "constant_effect": (
            "The effect depends on the value before the start (p = %(p)s), so one number for "
            "everybody says too little."
        ),
        "constant_effect_holds": (
            "Nothing shows that the effect depends on the value before the start (p = %(p)s)."
        ),
        "robust_alike": (
            "With errors that may differ from person to person the standard error is %(ratio)s "
            "times as large."
        ),
        "groups": "There are %(treated)s groups with the initiative and %(compared)s without it.",
        "few_groups": (
            "There are only %(treated)s groups with the initiative and %(compared)s without it. "
            "With fewer than 8 on a side the interval is often too narrow."
        ),
        "too_few_groups": (
            "There are only %(treated)s groups with the initiative and %(compared)s without it. "
            "With fewer than 4 on a side no interval can be relied upon."
        ),
        "wedge_groups": "%(count)s groups started one after another.",
        "few_wedge_groups": (
            "Only %(count)s groups started one after another. With fewer than 8 the interval is "
            "often too narrow."
        ),
        "too_few_wedge_groups": (
            "Only %(count)s groups started one after another. With fewer than 6 no interval can be "
            "relied upon."
        ),
        "little_freedom": (
            "The comparison rests on a few groups (%(freedom)s degrees of freedom); p and interval "
            "are rough."
        ),
        "unequal_groups": (
            "The groups differ much in size (coefficient of variation %(size)s); one large group "
            "can decide the outcome."
        ),
        "together": (
            "Persons in one group resemble each other (intraclass correlation %(size)s). Read as "
            "single persons the interval would be %(ratio)s times as wide."
        ),
        "trends_alike": (
            "Before the start both sides moved alike (p = %(p)s; difference %(size)s)."
        ),
        "trends_apart": (
            "Before the start the sides did not move alike (p = %(p)s; difference %(size)s). "
            "The comparison then promises too much."
        ),
        "trends_unknown": (
            "With %(periods)s periods before the start it cannot be seen whether both sides moved "
            "alike."
        ),
        "incomplete_units": (
            "%(count)s of %(all)s groups do not have all periods and are left out."
        ),
        "unbalanced": (
            "Not every group has all periods; the differences between periods are estimated."
        ),
        "cohorts_of_one": (
            "%(count)s times only one group started in a period. How much its result varies by "
            "chance cannot be estimated, so the interval is too narrow."
        ),
        "joint_test_singular": (
            "There are too few groups for a single test of all %(tests)s periods before the start."
        ),
        "two_way": (
            "The older method (groups and periods as constants) gives %(estimate)s; it mixes early "
            "and late starters."
        ),
        "before_fit": (
            "Before the start the composed series misses the real one by %(size)s on average "
            "(%(share)s per cent of its level)."
        ),
        "placebo_floor": (
            "With %(count)s groups p cannot be smaller than %(p)s."
        ),
        "placebo_floor_high": (
            "With %(count)s groups p cannot be smaller than %(p)s, so this can never be convincing."
        ),
        "few_donors": "The composed series rests for %(share)s per cent on %(donor)s.",
        "donors": "The composed series rests on %(count)s groups.",
        "without_one": (
            "Leaving out one of these groups at a time, the estimate lies between %(low)s and "
            "%(high)s."
        ),
        "short_series": (
            "The series has %(before)s periods before and %(after)s since the start. With fewer "
            "than 12 on either side trend and chance are hard to tell apart."
        ),
        "long_series": "The series has %(before)s periods before and %(after)s since the start.",
        "gaps_in_series": "%(count)s periods of the series are missing.",
        "no_autocorrelation": "What is left hangs together no more than by chance (p = %(p)s).",
        "autocorrelation": (
            "What is left in one period hangs together with the next (p = %(p)s). The interval "
            "takes this into account, in a rough way."
        ),
        "counts_together": (
            "The counts of one period hang together with those of the next (correlation %(size)s). "
            "The interval takes this into account, and still is somewhat too narrow."
        ),
        "memory_unseen": (
            "With %(count)s periods it can go unseen that the counts of one period hang together "
            "with those of the next. The interval is then too narrow."
        ),
        "answers_agree": (
            "Two ways to deal with periods that hang together agree: intervals from %(low)s to "
            "%(high)s and from %(low_other)s to %(high_other)s."
        ),
        "answers_differ": (
            "Two ways to deal with periods that hang together do not agree: intervals from %(low)s "
            "to %(high)s and from %(low_other)s to %(high_other)s. Do not build on one of them."
        ),
        "dispersion": "The counts vary %(size)s times as much as chance alone would make them.",
        "low_dispersion": (
            "The counts vary less than chance alone would make them (%(size)s times). The interval "
            "is kept as wide as chance alone makes it."
        ),
        "few_counted": (
            "Only %(count)s were counted on one side of the start; with fewer than 10 it is rough."
        ),
        "season": "The pattern of the year is taken off.",
        "no_season": (
            "The series is too short or its periods are unknown: no pattern of the year is taken "
            "off."
        ),
        "proportional": (
            "The ratio of chances stays the same over time, as far as can be seen (p = %(p)s)."
        ),
        "not_proportional": (
            "The ratio of chances changes over time (p = %(p)s), so one ratio says too little; "
            "the difference in mean time does not need this."
        ),
        "ties": (
            "Other ways to treat equal times give ratios from %(low)s to %(high)s."
        ),
        "still_waiting": (
            "Of %(share)s per cent of the persons the end had not been reached; they count as long "
            "as they were followed."
        ),
        "followed": "Times are compared up to %(limit)s, as long as both sides were followed.",
        "not_by_lot": (
            "Who got the initiative was not decided by lot. Differences between the sides can "
            "come from that."
        ),
        "few_events": "Only %(count)s ends were seen on one side; with fewer than 10 it is rough.",
        "lot_agrees": (
            "Other outcomes of the lot would give an effect this large in %(share)s per cent of "
            "cases."
        ),
    }
)  # fmt: skip

#: Fewest groups in an arm without a warning, and fewest without a failure.
ENOUGH_GROUPS, FEWEST_GROUPS = 8, 4
_LEVEL = 0.05


def passed(code: str, **params: float | str) -> Check:
    """A check that found nothing wrong."""
    return Check(code, Outcome.PASSED, CHECK_SENTENCES[code], params)


def warned(code: str, **params: float | str) -> Check:
    """A doubt that leaves the number standing."""
    return Check(code, Outcome.WARNING, CHECK_SENTENCES[code], params)


def failed(code: str, **params: float | str) -> Check:
    """A fault that takes the ground of the number away."""
    return Check(code, Outcome.FAILED, CHECK_SENTENCES[code], params)


def informative(code: str, **params: float | str) -> Check:
    """Something to know, without a judgement."""
    return Check(code, Outcome.INFORMATIVE, CHECK_SENTENCES[code], params)


def groups(treated: int, compared: int) -> Check:
    """Whether both arms have enough groups."""
    least = min(treated, compared)
    sizes = {"treated": float(treated), "compared": float(compared)}
    if least >= ENOUGH_GROUPS:
        return passed("groups", **sizes)
    if least >= FEWEST_GROUPS:
        return warned("few_groups", **sizes)
    return failed("too_few_groups", **sizes)


def attrition(known: Flags, treated: Flags | None) -> tuple[Check, float, float | None]:
    """The persons whose outcome is not known: the check, their share, and the arms' difference.

    Up to 20 % lost with 5 points between the arms passes, above 40 % or 10 points it fails.
    """
    lost = float(1.0 - known.mean()) if len(known) else 0.0
    sides = None
    if treated is not None and treated.any() and not treated.all():
        sides = float(1.0 - known[treated].mean()), float(1.0 - known[~treated].mean())
    apart = None if sides is None else abs(sides[0] - sides[1])
    if lost == 0.0:
        return passed("complete"), lost, apart
    bad, doubtful = lost > 0.4 or (apart or 0.0) > 0.1, lost > 0.2 or (apart or 0.0) > 0.05
    say = failed if bad else warned if doubtful else passed
    if sides is None:
        return say("lost", share=100 * lost), lost, apart
    both = {"treated": 100 * sides[0], "compared": 100 * sides[1]}
    return say("lost_apart", share=100 * lost, **both), lost, apart


def balance(baseline: Floats, treated: Flags) -> Check:
    """Difference of the arms before the start, in standard deviations.

    Up to 0.25 passes, since designs that look at it take the difference off as well.
    """
    one, other = baseline[treated], baseline[~treated]
    spread = float(np.sqrt((_variance(one) + _variance(other)) / 2.0))
    apart = abs(float(one.mean() - other.mean()))
    size = 0.0 if apart == 0.0 else apart / spread if spread > 0 else float(np.finfo(float).max)
    return (passed if size <= 0.25 else warned)("balance", size=size)


def trends(p: float | None, size: float, periods: int) -> Check:
    """Whether both sides moved alike before the start."""
    if p is None:
        return warned("trends_unknown", periods=float(periods))
    if p < _LEVEL:
        return failed("trends_apart", p=p, size=size)
    return passed("trends_alike", p=p, size=size)


def _variance(values: Floats) -> float:
    return float(values.var(ddof=1)) if len(values) > 1 else 0.0
