"""Errors of this app.

InsightError
├── InsightsRefused        a document of insights has faults; all of them are in `faults`
├── Refused                what was typed cannot be kept; `problems` says why, per field
│   ├── PriorityRefused    a priority
│   ├── ConsultationRefused  a consultation
│   ├── InsightRefused     an insight
│   ├── TermRefused        a term or a meaning of it
│   └── ObservationRefused   an observation
│       └── PersonInText   the text could lead to a person, and nobody said that it does not
├── ObservationsRefused    of several observations some are wrong; nothing was kept
├── ChangedMeanwhile       somebody else changed it since it was opened
└── NotThere               the region has no such observation, insight or term
"""

from collections.abc import Mapping, Sequence

from vliegwiel.apps.figures.findings import Finding, errors
from vliegwiel.science.kernel import Fault


class InsightError(Exception):
    """Something that a service of this app refuses."""


class InsightsRefused(InsightError):
    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class Refused(InsightError):
    """`problems` maps a field to a sentence in the reader's language."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("; ".join(self.problems.values()))


class PriorityRefused(Refused):
    pass


class ConsultationRefused(Refused):
    pass


class InsightRefused(Refused):
    pass


class TermRefused(Refused):
    pass


class ObservationRefused(Refused):
    pass


class PersonInText(ObservationRefused):
    """Who wrote it may say that nobody can be found in it, and then it is kept."""


class ObservationsRefused(InsightError):
    """`findings` holds every finding; `only_persons` when all that is wrong may be confirmed."""

    def __init__(self, name: str, findings: Sequence[Finding], *, only_persons: bool) -> None:
        self.name = name
        self.findings = tuple(findings)
        self.only_persons = only_persons
        super().__init__(f"{name}: {len(errors(findings))} errors")


class ChangedMeanwhile(InsightError):
    """What stands there now must be seen before it is replaced."""


class NotThere(InsightError):
    pass
