"""Decisions: evidence as it stood, what was decided on it, and what other regions took over."""

from .errors import DecisionRefused, ForecastTooLate, ProvisionalEvidence
from .facts import DecisionFacts

__all__ = ["DecisionFacts", "DecisionRefused", "ForecastTooLate", "ProvisionalEvidence"]
