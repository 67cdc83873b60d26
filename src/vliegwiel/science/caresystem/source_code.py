"""Which code makes the numbers: what was made by other code must not be mixed with them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from vliegwiel.science import kernel


@cache
def source_hash() -> str:
    """SHA-256 of the source of this package and of the kernel package that it stands on.

    A piece of work that is kept until the others are done may be taken up by a newer version; that
    has another hash, and makes the piece anew. A comment counts too: a hash cannot know what
    matters, and a piece is soon made again.
    """
    digest = hashlib.sha256()
    for folder in (Path(str(kernel.__file__)).parent, Path(__file__).parent):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
