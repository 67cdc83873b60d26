"""The care systems that ship with the product, and the scenarios on them, as documents."""

import json
from collections.abc import Sequence

from .files import ROOT, ReferenceFile, read_all

_CARE_SYSTEMS = "care_systems"
_SCENARIOS = "scenarios"
_SUFFIX = ".json"


def care_system_names() -> Sequence[str]:
    """The names of the shipped care systems: the regions' names in addresses."""
    return [file.name.removesuffix(_SUFFIX) for file in _all(_CARE_SYSTEMS)]


def care_system_file(name: str) -> ReferenceFile | None:
    """The shipped care system of a region, or None when there is none."""
    return next((f for f in _all(_CARE_SYSTEMS) if f.name == f"{name}{_SUFFIX}"), None)


def scenario_files(care_system: str) -> Sequence[ReferenceFile]:
    """The shipped scenarios on the care system with this id, in the order of their names."""
    return [f for f in _all(_SCENARIOS) if json.loads(f.content)["care_system"] == care_system]


def _all(folder: str) -> Sequence[ReferenceFile]:
    if not ROOT.joinpath(folder).is_dir():
        return []
    return read_all(folder, start="", end=_SUFFIX)
