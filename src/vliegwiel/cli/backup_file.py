"""The file of a backup: a zip archive of tables as COPY writes them, and what they should be.

manifest.json               version, day, migrations; columns, rows and hash of each table
tables/regions_region.copy  one table, as PostgreSQL's COPY writes text

The manifest comes last: a file that was cut off has none. Nothing in the file depends on the
version of PostgreSQL, so it can be restored on another.
"""

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from .language import gettext as _

FORMAT = "vliegwiel-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
_CHUNK = 1 << 20
#: What reading an archive of which bytes were changed may raise: a method of compressing that
#: nobody knows (NotImplementedError), or the mark that it is encrypted (RuntimeError).
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, OSError, RuntimeError,
    ValueError,
)  # fmt: skip


class BackupError(Exception):
    """A backup that cannot be made, read or put back; its words say why."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a table in the file should be: its columns, number of rows, and SHA-256 of its text."""

    name: str
    columns: Sequence[str]
    rows: int
    sha256: str

    @property
    def place(self) -> str:
        """Where it is in the archive."""
        return _place(self.name)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    Attributes:
        version: of Vliegwiel, which made it.
        made: moment in UTC, ISO 8601.
        migrations: by app, the names of those that the database had had.
        sequences: by name, the last value and whether it had been given out.
        tables: each with what it should be.
    """

    version: str
    made: str
    migrations: Mapping[str, Sequence[str]]
    sequences: Mapping[str, tuple[int, bool]]
    tables: Sequence[Table]

    @property
    def rows(self) -> int:
        """Rows of all tables together."""
        return sum(table.rows for table in self.tables)


class BackupWriter:
    """Writes a backup beside its place, and moves it there when it is whole.

    Only the owner of the file may read it. Raises FileExistsError where there is one already.
    """

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise FileExistsError(path)
        self._path = path
        self._unfinished = path.with_name(f".{path.name}.part")
        self._unfinished.unlink(missing_ok=True)
        self._unfinished.touch(mode=0o600)
        self._archive = zipfile.ZipFile(self._unfinished, "w", zipfile.ZIP_DEFLATED)
        self.tables: list[Table] = []

    def __enter__(self) -> "BackupWriter":
        return self

    def __exit__(self, *_error: object) -> None:
        """Leaves nothing behind of a backup that was not finished."""
        self._archive.close()
        self._unfinished.unlink(missing_ok=True)

    def table(self, name: str, columns: Sequence[str], parts: Iterable[bytes]) -> None:
        """Adds a table from the parts of its text."""
        found, rows = hashlib.sha256(), 0
        with self._archive.open(_place(name), "w", force_zip64=True) as entry:
            for part in parts:
                entry.write(part)
                found.update(part)
                rows += part.count(b"\n")
        self.tables.append(Table(name, columns, rows, found.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        """Adds the manifest, and puts the file in its place."""
        content = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(manifest)}
        self._archive.writestr(MANIFEST, json.dumps(content, indent=1))
        self._archive.close()
        self._unfinished.rename(self._path)


class BackupReader:
    """A backup that was opened. Raises BackupError when it is none, or of a later form."""

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
            content = json.loads(self._archive.read(MANIFEST))
            _require_form(content)
        except (*_BROKEN, TypeError) as error:
            words = _("%(file)s is no backup of Vliegwiel, or it is not whole.")
            raise BackupError(words % {"file": path.name}) from error
        try:
            self.manifest = _manifest(content)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
            words = _("The backup is damaged: its list of tables cannot be read.")
            raise BackupError(words) from error

    def __enter__(self) -> "BackupReader":
        return self

    def __exit__(self, *_error: object) -> None:
        self._archive.close()

    def check(self, report: Callable[[int, int], None]) -> None:
        """Compares every table with its hash. Raises BackupError at the first that differs."""
        tables = self.manifest.tables
        for done, table in enumerate(tables):
            report(done, len(tables))
            found, rows = hashlib.sha256(), 0
            for part in self.parts(table):
                found.update(part)
                rows += part.count(b"\n")
            if (found.hexdigest(), rows) != (table.sha256, table.rows):
                raise _damaged(table)

    def parts(self, table: Table) -> Iterator[bytes]:
        """The text of a table in parts, so that a large one need not be in memory.

        Raises BackupError where it cannot be read.
        """
        try:
            entry = self._archive.open(table.place)
        except _BROKEN as error:
            raise _damaged(table) from error
        with entry:
            while part := _read(entry, table):
                yield part


def _read(entry: IO[bytes], table: Table) -> bytes:
    try:
        return entry.read(_CHUNK)
    except _BROKEN as error:
        raise _damaged(table) from error


def _damaged(table: Table) -> BackupError:
    words = _("The backup is damaged: the table %(table)s is not what it was.")
    return BackupError(words % {"table": table.name})


def _place(table: str) -> str:
    return f"tables/{table}.copy"


def _require_form(content: Mapping[str, Any]) -> None:
    """Raises KeyError, TypeError or ValueError where it is no manifest at all."""
    if content["format"] != FORMAT:
        raise ValueError(content["format"])
    if content["format_version"] != FORMAT_VERSION:
        words = _("This backup was made by a newer version of Vliegwiel (%(version)s).")
        raise BackupError(words % {"version": content["version"]})


def _manifest(content: Mapping[str, Any]) -> Manifest:
    """Raises AttributeError, KeyError, TypeError or ValueError where a part is of another type."""
    return Manifest(
        version=str(content["version"]),
        made=str(content["made"]),
        migrations={str(app): _texts(names) for app, names in content["migrations"].items()},
        sequences={
            str(name): (int(last), bool(given))
            for name, (last, given) in content["sequences"].items()
        },
        tables=[
            Table(
                str(one["name"]), _texts(one["columns"]),
                int(one["rows"]), str(one["sha256"]),
            )
            for one in content["tables"]
        ],
    )  # fmt: skip


def _texts(found: object) -> list[str]:
    """Raises TypeError where it is no list of texts: a text by itself has parts as well."""
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise TypeError(found)
    return found
