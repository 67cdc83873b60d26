"""A model described as STRESS-DES asks, written from its documents."""

from .report import describe

__all__ = ["describe"]
