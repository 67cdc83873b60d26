"""Insights of a region: what was heard, what could be done, how it hangs together."""

from .errors import InsightsRefused, PriorityRefused

__all__ = ["InsightsRefused", "PriorityRefused"]
