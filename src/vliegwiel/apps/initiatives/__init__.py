"""Initiatives: one record from idea to embedded or stopped, and the register over all regions."""

from .errors import ChangedMeanwhile, InitiativeRefused, InitiativesRefused, StepRefused
from .facts import PROPOSAL_TEXTS, Change, Facts, HypothesisFacts, ProposalFacts
from .scenarios import change_of, identifier_of, percent_of, scenario_of

__all__ = [
    "PROPOSAL_TEXTS",
    "Change",
    "ChangedMeanwhile",
    "Facts",
    "HypothesisFacts",
    "InitiativeRefused",
    "InitiativesRefused",
    "ProposalFacts",
    "StepRefused",
    "change_of",
    "identifier_of",
    "percent_of",
    "scenario_of",
]
