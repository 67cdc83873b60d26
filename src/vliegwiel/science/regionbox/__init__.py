"""A region in a box: from a care system to care messages, offers and tables, with known truth.

Make one with :func:`box_of` and write its messages month by month with :func:`months_of` and
:class:`Writer`.
"""

from .box import Box, box_of
from .messages import Message, Writer, months_of
from .options import BoxOptions

__all__ = ["Box", "BoxOptions", "Message", "Writer", "box_of", "months_of"]
