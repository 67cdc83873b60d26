"""The key of pseudonyms: outside the database, another one for each region derived from it.

Whoever has a copy of the database alone cannot find out whom it is about, and pseudonyms of one
region mean nothing in another.
"""

import contextlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from vliegwiel.science.ijw import Pseudonyms

from .errors import KeyUnusable

#: Letters and digits of 32 bytes at random.
_SHORTEST = 43


class RegionKey:
    """The key of one region. It is never shown, also not in an error."""

    __slots__ = ("_key",)

    def __init__(self, region_code: str) -> None:
        """Raises KeyUnusable when there is a key that cannot be used."""
        self._key = hmac.digest(_installation_key(), f"region|{region_code}".encode(), "sha256")

    def __repr__(self) -> str:
        return "RegionKey(…)"

    def pseudonyms(self) -> Pseudonyms:
        return Pseudonyms(self._key)

    def check(self) -> str:
        """A mark by which this key is known again; the key cannot be found from it."""
        return self._of(b"check")[:32]

    def file_digest(self, content: bytes) -> str:
        """A keyed hash: a plain one of a small file could be tried for every possible person."""
        return self._of(b"file|" + content)

    def digest_of(self, digests: list[str]) -> str:
        """Of files together, whatever their order."""
        return self._of(b"files|" + "|".join(sorted(digests)).encode())

    def for_others(self, youth: str) -> str:
        """Another pseudonym of a youth, for who gets data: it leads to nothing kept here."""
        return self._of(b"others|" + youth.encode())[:32]

    def _of(self, content: bytes) -> str:
        return hmac.digest(self._key, content, "sha256").hex()


def _installation_key() -> bytes:
    given: str = settings.PSEUDONYM_KEY
    if given:
        return given.encode()
    path = Path(settings.PSEUDONYM_KEY_FILE)
    _make(path)
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise KeyUnusable(
            _("The key of pseudonyms in %(file)s cannot be read.") % {"file": path.name}
        ) from None
    if mode & 0o077:
        raise KeyUnusable(
            _("Others can read the key of pseudonyms. First: chmod 600 %(file)s")
            % {"file": path.name}
        )
    if len(text) < _SHORTEST:
        raise KeyUnusable(
            _("The key of pseudonyms in %(file)s is damaged. Put its copy back.")
            % {"file": path.name}
        )
    return text.encode()


def _make(path: Path) -> None:
    """Makes the key if there is none: whole or not, and once, also where two begin together."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".pseudonym-key-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a move, never replaces a key that another process has just made.
        with contextlib.suppress(FileExistsError):
            Path(path).hardlink_to(temporary)
    finally:
        Path(temporary).unlink()
