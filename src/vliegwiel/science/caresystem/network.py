"""A queueing network, ready to simulate: what the kernel needs to know and nothing else.

Both a care-system document (:mod:`.compiling`) and any other description of a network of queues end
as this. Times are in days from the start; every table is indexed by a *row* of parameters, and
``row[month, group]`` says which row holds for youths of a group in a month.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import exp, log1p, log_gamma

from ._draws import EXPONENTIAL, FIXED, GAMMA, LOGNORMAL, OBSERVED, WEIBULL
from .choices import Choice
from .elapsed import Elapsed
from .features import PLAIN, Features

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Places of a care type without a limit.
UNLIMITED = 1 << 40

SHAPES = {
    "exponential": EXPONENTIAL,
    "gamma": GAMMA,
    "lognormal": LOGNORMAL,
    "weibull": WEIBULL,
    "fixed": FIXED,
    "observed": OBSERVED,
}


@dataclass(frozen=True, slots=True)
class Network:
    """Sources, care types and flows over some months.

    n care types, S sources, M months, R rows of parameters, G groups of municipalities, and m
    stations, which are the care types themselves unless ``features`` name providers.

    Attributes:
        month_ends: day on which each month ends, whole numbers, shape (M,).
        row: row of parameters that holds, shape (M, G).
        candidates: upper bound of the rate of each source a day, shape (S, M). Two arms that are
            compared have the same candidates.
        groups: cumulative probability of the group of a candidate, shape (S, M, G).
        accept: probability that a candidate is a youth in this arm, shape (S, M, G).
        destination: choice of n + 1 outcomes per source; the last is not coming into care.
        shape: length-of-stay shape, shape (n,).
        stay_mean, stay_a, stay_b: see :func:`shape_parameters`, shape (R, n).
        extension_probability, extension_mean: shape (R, n).
        patience_mean: infinite where nobody stops waiting, shape (R, n).
        leave_to: care type of those who stop waiting, or LEAVES, LEAVES_AT_ONCE
            where others look at the length of the queue; shape (n,).
        following: choice of n + 2 outcomes per care type: types, base provisions, out of care.
        return_probability, return_mean: of youths who left after care, shape (R,).
        back: choice of n + 1 outcomes for who comes back, one owner.
        places: shape (M, m); UNLIMITED where free.
        in_care: youths in care at the start, shape (m,).
        waiting: youths waiting at the start, shape (n,).
        start_groups: cumulative probability of the group of those youths, shape (G,).
        waiting_span: how long ago the first of those waiting came, shape (n,), where ``waited``
            does not tell.
        returning: youths at the start who have left care and are on their way back.
        fresh: whether youths in care at the start begin their stay then (else it is under way).
        norm_days: waits up to this length are within the norm.
        features: what there is beyond the plain.
        known_types: how many care types the arm that others are compared with has; all if None. The
            random numbers of who is there at the start do not depend on new care types.
        waits_from: only waits of youths who came after this day are counted.
        waited, in_care_since: how long those who wait at the start have waited so far, and those in
            care been there, where it was observed.
    """

    names: tuple[str, ...]
    month_ends: Floats
    row: Ints
    candidates: Floats
    groups: Floats
    accept: Floats
    destination: Choice
    shape: Ints
    stay_mean: Floats
    stay_a: Floats
    stay_b: Floats
    extension_probability: Floats
    extension_mean: Floats
    patience_mean: Floats
    leave_to: Ints
    following: Choice
    return_probability: Floats
    return_mean: Floats
    back: Choice
    places: Ints
    in_care: Ints
    waiting: Ints
    start_groups: Floats
    waiting_span: Floats
    returning: int = 0
    fresh: bool = False
    norm_days: float = math.inf
    waits_from: float = -math.inf
    features: Features = PLAIN
    known_types: int | None = None
    waited: Elapsed | None = None
    in_care_since: Elapsed | None = None

    @property
    def form_of(self) -> Ints:
        """Care type of each station; stations are care types where providers are not told apart."""
        providers = self.features.providers
        return np.arange(self.types) if providers is None else providers.form_of

    @property
    def stations(self) -> int:
        """Number of stations."""
        return len(self.form_of)

    @property
    def classes(self) -> int:
        """Number of classes of priority."""
        priorities = self.features.priorities
        return 1 if priorities is None else priorities.share.shape[2]

    @property
    def in_care_by_type(self) -> Ints:
        """Youths in care at the start, shape (n,)."""
        return np.bincount(self.form_of, weights=self.in_care, minlength=self.types).astype(
            np.int64
        )

    @property
    def types(self) -> int:
        """Number of care types."""
        return len(self.names)

    @property
    def horizon(self) -> float:
        """Day on which the simulation ends."""
        return float(self.month_ends[-1])

    def with_places(self, places: Ints) -> Network:
        """The same network with other places, shape (M, m)."""
        return replace(self, places=np.ascontiguousarray(places))


def shape_parameters(shape: int, cv: float) -> tuple[float, float]:
    """Parameters a and b of a length of mean 1 and coefficient of variation ``cv``.

    Gamma: a = shape. Lognormal: a = sigma, b = -sigma^2 / 2. Weibull: a = 1 / shape,
    b = 1 / Gamma(1 + a). Others: 0.

    Raises:
        ValueError: when the coefficient of variation is not above zero, or too large for a Weibull.
    """
    if shape in (EXPONENTIAL, FIXED, OBSERVED):
        return 0.0, 0.0
    if not cv > 0:
        raise ValueError("the coefficient of variation must be above zero")
    if shape == GAMMA:
        return 1.0 / (cv * cv), 0.0
    if shape == LOGNORMAL:
        variance = float(log1p(cv * cv))
        return math.sqrt(variance), -0.5 * variance
    a = _weibull_inverse_shape(cv)
    return a, float(exp(-log_gamma(1.0 + a)))


def _weibull_inverse_shape(cv: float) -> float:
    """By halving: a library's own search may end elsewhere on another machine."""
    target = log1p(cv * cv)

    def too_large(a: float) -> bool:
        return bool(log_gamma(1.0 + 2.0 * a) - 2.0 * log_gamma(1.0 + a) > target)

    low, high = 0.0, 20.0
    if not too_large(high):
        raise ValueError("the coefficient of variation is too large for a Weibull stay")
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if too_large(middle) else (middle, high)
    return 0.5 * (low + high)
