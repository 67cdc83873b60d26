"""Initiatives: one record from idea to embedded or stopped, and the register over all regions."""

from .errors import ChangedMeanwhile, InitiativeRefused, StepRefused

__all__ = ["ChangedMeanwhile", "InitiativeRefused", "StepRefused"]
