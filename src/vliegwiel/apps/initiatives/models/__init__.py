"""Initiatives and everything that was written down about them."""

from .assessments import Assessment
from .initiatives import FactsVersion, Initiative, InsightLink, StageStep
from .proposals import (
    ForecastAsked,
    Hypothesis,
    HypothesisChange,
    NewCareNumber,
    ProposalVersion,
)
from .records import CyclePlace, EthicsReview, SourcingDecision, TransferStep

__all__ = [
    "Assessment",
    "CyclePlace",
    "EthicsReview",
    "FactsVersion",
    "ForecastAsked",
    "Hypothesis",
    "HypothesisChange",
    "Initiative",
    "InsightLink",
    "NewCareNumber",
    "ProposalVersion",
    "SourcingDecision",
    "StageStep",
    "TransferStep",
]
