"""Verdicts that follow from a registered rule and an interval, and what they allow."""

from .deciding import LEAST_LEVEL, Decision, Permission, Verdict, decide, may_scale
from .registration import Findings, RegisteredPlan, findings_of
from .sentences import SCALING_SENTENCES, VERDICT_LABELS, VERDICT_SENTENCES

__all__ = [
    "LEAST_LEVEL",
    "SCALING_SENTENCES",
    "VERDICT_LABELS",
    "VERDICT_SENTENCES",
    "Decision",
    "Findings",
    "Permission",
    "RegisteredPlan",
    "Verdict",
    "decide",
    "findings_of",
    "may_scale",
]
