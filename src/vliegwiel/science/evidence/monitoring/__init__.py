"""Outcomes of a pilot that may be looked at any time without being fooled by chance.

Follow an outcome with one of the ``monitor_`` functions, ask :func:`early_signal` what may be said
now. For looks that are fixed beforehand there are :func:`boundaries`.
"""

from .boundaries import Boundaries, boundaries, crossing, spending_boundaries
from .looks import MONITORING_SENTENCES, Look, Monitored
from .mixtures import multiplier, weight_of_tuning
from .outcomes import (
    LEAST_CLUSTERS,
    LEAST_PERSONS,
    monitor_clusters,
    monitor_difference,
    monitor_estimates,
    monitor_mean,
    monitor_rate,
    monitor_rate_ratio,
    monitor_share,
)
from .signals import Signal, early_signal

__all__ = [
    "LEAST_CLUSTERS",
    "LEAST_PERSONS",
    "MONITORING_SENTENCES",
    "Boundaries",
    "Look",
    "Monitored",
    "Signal",
    "boundaries",
    "crossing",
    "early_signal",
    "monitor_clusters",
    "monitor_difference",
    "monitor_estimates",
    "monitor_mean",
    "monitor_rate",
    "monitor_rate_ratio",
    "monitor_share",
    "multiplier",
    "spending_boundaries",
    "weight_of_tuning",
]
