"""The documents that somebody names for a national calculation, read or refused."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from vliegwiel import reference
from vliegwiel.apps.explorer import sentences
from vliegwiel.science.caresystem import (
    CareSystem,
    DocumentError,
    Scenario,
    read_care_system,
    read_scenario,
)
from vliegwiel.science.country import country_regions, region_care_system

from .answers import content_of, refuse
from .language import gettext as _


def systems_in(folder: Path) -> Mapping[str, CareSystem]:
    """The care systems in the files of a folder, by code of their region."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        refuse(_("There are no care systems (*.json) in %(folder)s.") % {"folder": folder})
    known = {region.code for region in country_regions()}
    found: dict[str, CareSystem] = {}
    for file in files:
        try:
            system = read_care_system(content_of(file))
        except DocumentError as error:
            refuse(*_faults(error, str(file)))
        if system.region not in known or system.region in found:
            refuse(
                _("%(file)s is about region %(region)s, which is not a region or is there twice.")
                % {"file": file, "region": system.region}
            )
        found[system.region] = system
    return found


def scenario_of(asked: str) -> tuple[Scenario, CareSystem]:
    """A shipped scenario or one in a file, with the care system that it was made for."""
    shipped = {
        file.name.removesuffix(".json"): file.content
        for name in {region.slug for region in country_regions()} & _shipped_names()
        for file in reference.scenario_files(name)
    }
    if asked not in shipped and not Path(asked).is_file():
        refuse(
            _("There is no scenario “%(name)s”. Choose from: %(names)s, or name a file.")
            % {"name": asked, "names": ", ".join(sorted(shipped))}
        )
    text = shipped[asked] if asked in shipped else content_of(Path(asked))
    try:
        made_for = _made_for(text)
        systems = _systems(made_for)
        # Reading tells what is wrong with a scenario on a care system that there is not.
        system = systems.get(made_for) or next(iter(systems.values()))
        return read_scenario(text, system), system
    except DocumentError as error:
        refuse(*_faults(error, asked))


def _systems(wanted: str) -> Mapping[str, CareSystem]:
    """The care systems that a scenario may be made for, by id: shipped ones and the one it names.

    To know the id of a region that has none of its own its document need not be made.
    """
    names = {*_shipped_names(), wanted}
    found = [region_care_system(r) for r in country_regions() if r.slug in names]
    return {system.id: system for system in found}


def _shipped_names() -> set[str]:
    return set(reference.care_system_names())


def _made_for(text: bytes | str) -> str:
    try:
        document = json.loads(text)
    except ValueError:
        return ""
    return str(document.get("care_system")) if isinstance(document, Mapping) else ""


def _faults(error: DocumentError, name: str) -> Iterator[str]:
    for found in error.faults:
        where = f"{name}: {found.path}" if found.path else name
        yield f"{where}: {sentences.fault(found)}"
