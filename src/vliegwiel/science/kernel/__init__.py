"""What every science room shares: errors, months, random numbers, results with their sentence."""

from .documents import SHAPE_MESSAGES, load_json, shape_faults
from .errors import CheckError, DocumentError, Fault, ScienceError
from .periods import Month, months_from
from .pieces import in_order, in_sequence, quick_hand_over
from .results import Check, Outcome, Result
from .scores import crps, within
from .scratch import Scratch
from .source_code import source_hash
from .stored_arrays import pack, unpack
from .streams import (
    ATTEMPTS,
    STEPS,
    Purpose,
    bits,
    child_key,
    child_keys,
    first_uniforms,
    owned_key,
    owner_key,
    step,
    steps_below,
    text_number,
    uniform,
    uniforms,
)

__all__ = [
    "ATTEMPTS",
    "SHAPE_MESSAGES",
    "STEPS",
    "Check",
    "CheckError",
    "DocumentError",
    "Fault",
    "Month",
    "Outcome",
    "Purpose",
    "Result",
    "ScienceError",
    "Scratch",
    "bits",
    "child_key",
    "child_keys",
    "crps",
    "first_uniforms",
    "in_order",
    "in_sequence",
    "load_json",
    "months_from",
    "owned_key",
    "owner_key",
    "pack",
    "quick_hand_over",
    "shape_faults",
    "source_hash",
    "step",
    "steps_below",
    "text_number",
    "uniform",
    "uniforms",
    "unpack",
    "within",
]
