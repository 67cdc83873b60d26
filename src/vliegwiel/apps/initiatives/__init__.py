"""Initiatives: one record from idea to embedded or stopped, and the register over all regions."""

from .errors import ChangedMeanwhile, InitiativeRefused, InitiativesRefused, StepRefused
from .facts import (
    PROPOSAL_TEXTS,
    Change,
    Estimate,
    Facts,
    HypothesisFacts,
    NewCare,
    ProposalFacts,
)
from .scenarios import care_type_of, change_of, identifier_of, percent_of, scenario_of

__all__ = [
    "PROPOSAL_TEXTS",
    "Change",
    "ChangedMeanwhile",
    "Estimate",
    "Facts",
    "HypothesisFacts",
    "InitiativeRefused",
    "InitiativesRefused",
    "NewCare",
    "ProposalFacts",
    "StepRefused",
    "care_type_of",
    "change_of",
    "identifier_of",
    "percent_of",
    "scenario_of",
]
