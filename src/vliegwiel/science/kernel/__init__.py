"""What every science room shares: errors, months, random numbers, results with their sentence."""

from .betas import beta_quantiles
from .documents import SHAPE_MESSAGES, load_json, shape_faults
from .elementary import (
    LN2_HIGH,
    LN2_LOW,
    ONE_OVER_LN2,
    exp,
    exp_of_rest,
    log,
    log1p,
    log_gamma,
    log_of_parts,
    power,
)
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
    "LN2_HIGH",
    "LN2_LOW",
    "ONE_OVER_LN2",
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
    "beta_quantiles",
    "bits",
    "child_key",
    "child_keys",
    "crps",
    "exp",
    "exp_of_rest",
    "first_uniforms",
    "in_order",
    "in_sequence",
    "load_json",
    "log",
    "log1p",
    "log_gamma",
    "log_of_parts",
    "months_from",
    "owned_key",
    "owner_key",
    "pack",
    "power",
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
