"""Regions, their municipalities, the people who work with Vliegwiel and what each may do."""

from .errors import NotAllowed
from .free_text import Trace, traces_of
from .trace_words import traces_in_words

__all__ = ["NotAllowed", "Trace", "traces_in_words", "traces_of"]
