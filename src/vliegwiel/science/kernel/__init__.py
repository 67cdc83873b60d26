"""What every science room shares: errors, months, random streams, results with their sentence."""

from .errors import CheckError, DocumentError, Fault, ScienceError

__all__ = ["CheckError", "DocumentError", "Fault", "ScienceError"]
