"""What initiatives are worth together: a ranking that says what it hangs on, and the best choice.

Rank with :func:`weighted_sum`, :func:`acceptability` and :func:`turning`; choose with
:func:`best_portfolio` and ask :func:`worth_of_more` what a larger budget would add. How much the
same is tried apart says :func:`fragmentation`.
"""

from .apart import Fragmentation, KindSpread, fragmentation
from .choosing import (
    MOST_STEPS,
    Item,
    NoPortfolio,
    Portfolio,
    Rules,
    Step,
    best_portfolio,
    chosen_share,
    next_best,
    worth_of_more,
)
from .ranking import (
    DRAWS,
    Acceptability,
    Opinion,
    Turning,
    acceptability,
    opinions,
    turning,
    weighted_sum,
)
from .sentences import PORTFOLIO_SENTENCES, told_step, told_turning

__all__ = [
    "DRAWS",
    "MOST_STEPS",
    "PORTFOLIO_SENTENCES",
    "Acceptability",
    "Fragmentation",
    "Item",
    "KindSpread",
    "NoPortfolio",
    "Opinion",
    "Portfolio",
    "Rules",
    "Step",
    "Turning",
    "acceptability",
    "best_portfolio",
    "chosen_share",
    "fragmentation",
    "next_best",
    "opinions",
    "told_step",
    "told_turning",
    "turning",
    "weighted_sum",
    "worth_of_more",
]
