"""Regions, their municipalities, the people who work with Vliegwiel and what each may do."""

from .errors import NotAllowed

__all__ = ["NotAllowed"]
