"""Errors of this app.

PilotError
├── PilotRefused           what was typed cannot be kept; `problems` says why, per field
├── ChangedMeanwhile       somebody else changed the draft since it was opened
├── Frozen                 the plan is registered: it changes by an amendment only
├── FrameworkMissing       the instrument that assesses pilots was not loaded
├── NotRegistered          this asks for a registered plan
├── UploadUnderWay         other measurements of this outcome are still being taken
└── MeasurementsRefused    measurements were not taken; `faults` says of each line what is wrong
"""

from collections.abc import Mapping, Sequence

from vliegwiel.science.kernel import Fault


class PilotError(Exception):
    """Something that a service of this app refuses."""


class PilotRefused(PilotError):
    """`problems` maps a field to a sentence in the reader's language."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(self.problems.values()))


class ChangedMeanwhile(PilotError):
    """What stands there now must be seen before it is replaced."""


class Frozen(PilotError):
    """A registered plan never changes; what is done otherwise is written down as an amendment."""


class FrameworkMissing(PilotError):
    """A site without the instruments that ship cannot assess pilots."""


class NotRegistered(PilotError):
    """Nothing may be measured for a plan that can still be changed."""


class UploadUnderWay(PilotError):
    """One at a time: two at once could contradict each other."""


class MeasurementsRefused(PilotError):
    """Nothing was taken; all that is wrong stands in `faults`, with the line."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
