"""Errors of the science rooms and the faults they carry.

    ScienceError
    ├── DocumentError      a document cannot be used; holds every fault found
    └── CheckError         a result breaks a law it must obey (a defect, never the user's input)

Cancelling is not an error of science: whatever a progress callback raises passes through unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class ScienceError(Exception):
    """Anything the science rooms raise on purpose."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a document.

    ``template`` is the English sentence with named ``%(…)s`` parameters; whoever shows the fault in
    another language translates the template and fills in ``params``.
    """

    path: str
    code: str
    template: str
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The English sentence, filled in."""
        return self.template % self.params

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class DocumentError(ScienceError):
    """A document has faults; all that could be found in one reading are in ``faults``."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        if not faults:
            raise ValueError("a DocumentError needs at least one fault")
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class CheckError(ScienceError):
    """A result breaks a law it must obey, such as conservation of youths."""
