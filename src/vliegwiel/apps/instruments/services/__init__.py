"""Every change: make and share instruments, hold rounds, answer."""

from .answering import begin_answer, save_answer
from .instruments import load_shipped, save_instrument, share_instrument
from .rounds import NewParty, add_example, close_round, open_round, open_round_about, plan_again

__all__ = [
    "NewParty",
    "add_example",
    "begin_answer",
    "close_round",
    "load_shipped",
    "open_round",
    "open_round_about",
    "plan_again",
    "save_answer",
    "save_instrument",
    "share_instrument",
]
