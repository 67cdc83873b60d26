"""Every change to what the region understands."""

from .carrying import carry_over
from .clustering import (
    change_insight,
    end_support,
    make_insight,
    set_relations,
    set_supported,
    support_insight,
)
from .deciding import record_consultation, set_priority
from .naming import (
    Meaning,
    keep_meaning,
    keep_other_word,
    load_shipped_terms,
    remove_term,
)
from .observing import (
    Heard,
    ObservationsKept,
    add_lines,
    add_observation,
    change_observation,
    load_observations,
    remove_observation,
)
from .shipped import InsightsLoaded, load_insights, load_shipped

__all__ = [
    "Heard",
    "InsightsLoaded",
    "Meaning",
    "ObservationsKept",
    "add_lines",
    "add_observation",
    "carry_over",
    "change_insight",
    "change_observation",
    "end_support",
    "keep_meaning",
    "keep_other_word",
    "load_insights",
    "load_observations",
    "load_shipped",
    "load_shipped_terms",
    "make_insight",
    "record_consultation",
    "remove_observation",
    "remove_term",
    "set_priority",
    "set_relations",
    "set_supported",
    "support_insight",
]
