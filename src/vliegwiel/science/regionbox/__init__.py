"""A region in a box: from a care system to care messages, offers and tables, with known truth.

Make one with :func:`box_of`, and its messages with :func:`monthly_messages`. What is true of it say
:func:`true_waits`, :func:`true_spells`, :func:`true_agreed_ends` and :func:`truth_json`.
"""

from .agreed import TrueEnd, true_agreed_ends
from .box import Box, box_of
from .document import truth_json
from .errors import BOX_MESSAGES, BoxError
from .messages import Message
from .options import BoxOptions
from .successive import TruePassage, true_known_waits, true_transitions
from .tables import counts_of_cbs_csv, figures_csv, municipal_figures_csv, offers_csv
from .truth import CLOCKS, TrueSpell, TrueWaits, true_spells, true_waits
from .writing import monthly_messages

__all__ = [
    "BOX_MESSAGES",
    "CLOCKS",
    "Box",
    "BoxError",
    "BoxOptions",
    "Message",
    "TrueEnd",
    "TruePassage",
    "TrueSpell",
    "TrueWaits",
    "box_of",
    "counts_of_cbs_csv",
    "figures_csv",
    "monthly_messages",
    "municipal_figures_csv",
    "offers_csv",
    "true_agreed_ends",
    "true_known_waits",
    "true_spells",
    "true_transitions",
    "true_waits",
    "truth_json",
]
