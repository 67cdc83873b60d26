"""Initiatives: one record from idea to embedded or stopped, and the register over all regions."""

from .errors import ChangedMeanwhile, InitiativeRefused, StepRefused
from .facts import Change, Facts, HypothesisFacts, ProposalFacts

__all__ = [
    "Change",
    "ChangedMeanwhile",
    "Facts",
    "HypothesisFacts",
    "InitiativeRefused",
    "ProposalFacts",
    "StepRefused",
]
