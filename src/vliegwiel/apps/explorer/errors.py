"""Errors of this app.

ExplorerError
├── DocumentRefused     a care system or scenario has faults; all of them are in `faults`
├── NameTaken           another scenario of the region has this name
├── SettingsRefused     months, replications or seed lie outside what is possible
├── NothingToFit        the messages of a region are too few to fit a care system to
├── StepRefused         a run is not in a state in which this can be done
└── Interrupted         the worker is asked to stop; the run goes on when there is a worker again
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from vliegwiel.science.kernel import Fault

# For types alone: commands without a database load this module, and never a table.
if TYPE_CHECKING:
    from .statuses import Status


class ExplorerError(Exception):
    """Something that a service of this app refuses."""


class DocumentRefused(ExplorerError):
    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class NameTaken(ExplorerError):
    def __init__(self, title: str) -> None:
        super().__init__(f"another scenario is called {title!r}")
        self.title = title


class SettingsRefused(ExplorerError):
    """`limits` holds lowest and highest for each setting that lies outside."""

    def __init__(self, limits: Mapping[str, tuple[int, int]]) -> None:
        super().__init__(
            "; ".join(f"{name} must be {low} to {high}" for name, (low, high) in limits.items())
        )
        self.limits = dict(limits)


class PrecisionRefused(ExplorerError):
    """What is asked can never be known so well; the text is for the reader, in his language."""


class NothingToFit(ExplorerError):
    """`reason` is a code, the text is for the reader, in his language."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class StepRefused(ExplorerError):
    def __init__(self, status: Status, wanted: Status) -> None:
        super().__init__(f"a run that is {status} cannot become {wanted}")
        self.status, self.wanted = status, wanted


class Interrupted(ExplorerError):
    """Raised between two pieces, so nothing is half done."""
