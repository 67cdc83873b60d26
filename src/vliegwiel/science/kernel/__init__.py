"""What every science room shares: errors, months, random numbers, results with their sentence."""

from .documents import SHAPE_MESSAGES, load_json, shape_faults
from .errors import CheckError, DocumentError, Fault, ScienceError
from .periods import Month, months_from
from .results import Check, Outcome, Result
from .source_code import source_hash
from .streams import ATTEMPTS, Purpose, bits, child_key, text_number, uniform

__all__ = [
    "ATTEMPTS",
    "SHAPE_MESSAGES",
    "Check",
    "CheckError",
    "DocumentError",
    "Fault",
    "Month",
    "Outcome",
    "Purpose",
    "Result",
    "ScienceError",
    "bits",
    "child_key",
    "load_json",
    "months_from",
    "shape_faults",
    "source_hash",
    "text_number",
    "uniform",
]
