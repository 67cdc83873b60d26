"""The documents that a command is about: shipped ones by name, others as a file."""

from collections.abc import Iterator
from pathlib import Path

from vliegwiel import reference
from vliegwiel.apps.explorer import sentences
from vliegwiel.science.caresystem import CareSystem, DocumentError

from .answers import content_of, refuse
from .language import gettext as _


def care_system_text(name: str) -> str | bytes:
    """A care system by the name of a shipped one, or from a file; refuses what is neither."""
    file = reference.care_system_file(name)
    if file is None and not Path(name).is_file():
        names = ", ".join(reference.care_system_names())
        refuse(
            _("There is no care system “%(name)s”. Choose from: %(names)s, or name a file.")
            % {"name": name, "names": names}
        )
    return file.content if file is not None else content_of(Path(name))


def scenario_text(name: str, system: CareSystem) -> str | bytes:
    """A scenario on the care system, likewise."""
    files = {
        file.name.removesuffix(".json"): file.content
        for file in reference.scenario_files(system.id)
    }
    if name not in files and not Path(name).is_file():
        refuse(
            _("There is no scenario “%(name)s”. Choose from: %(names)s, or name a file.")
            % {"name": name, "names": ", ".join(files)}
        )
    return files[name] if name in files else content_of(Path(name))


def faults(error: DocumentError, name: str) -> Iterator[str]:
    """Each fault of a document with its place, in the language of the command."""
    for found in error.faults:
        where = f"{name}: {found.path}" if found.path else name
        yield f"{where}: {sentences.fault(found)}"
