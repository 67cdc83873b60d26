"""What a change would do, before it costs anything: care systems, scenarios, forecasts."""

from .errors import (
    DocumentRefused,
    ExplorerError,
    Interrupted,
    NameTaken,
    NothingToFit,
    SettingsRefused,
    StepRefused,
)

__all__ = [
    "DocumentRefused",
    "ExplorerError",
    "Interrupted",
    "NameTaken",
    "NothingToFit",
    "SettingsRefused",
    "StepRefused",
]
