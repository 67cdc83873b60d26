"""Which code makes the numbers: what was made by other code must not be mixed with them."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

#: Libraries whose next version may give another last digit.
_LIBRARIES = ("numba", "numpy", "scipy")


@cache
def source_hash(*folders: Path) -> str:
    """SHA-256 of the source in some folders and of the versions of the libraries that compute.

    A piece of work that is kept until the others are done may be taken up by a newer version; that
    has another hash, and makes the piece anew. A comment counts too: a hash cannot know what
    matters, and a piece is soon made again.
    """
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\0".encode())
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            name = file.relative_to(folder).as_posix()
            digest.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
