"""What every science room shares: errors, months, random numbers, results with their sentence."""

from .errors import CheckError, DocumentError, Fault, ScienceError
from .periods import Month, months_from
from .results import Check, Outcome, Result
from .streams import ATTEMPTS, Purpose, child_key, text_number, uniform

__all__ = [
    "ATTEMPTS",
    "Check",
    "CheckError",
    "DocumentError",
    "Fault",
    "Month",
    "Outcome",
    "Purpose",
    "Result",
    "ScienceError",
    "child_key",
    "months_from",
    "text_number",
    "uniform",
]
