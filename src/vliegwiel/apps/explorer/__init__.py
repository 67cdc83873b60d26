"""What a change would do, before it costs anything: care systems, scenarios, forecasts."""

from .errors import (
    DocumentRefused,
    ExplorerError,
    Interrupted,
    NameTaken,
    NothingToFit,
    PrecisionRefused,
    SettingsRefused,
    StepRefused,
)

__all__ = [
    "DocumentRefused",
    "ExplorerError",
    "Interrupted",
    "NameTaken",
    "NothingToFit",
    "PrecisionRefused",
    "SettingsRefused",
    "StepRefused",
]
