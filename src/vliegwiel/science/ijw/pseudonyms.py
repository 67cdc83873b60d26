"""Numbers that lead to a person become pseudonyms here, and nowhere else.

A pseudonym is a keyed hash (HMAC-SHA256, RFC 2104), so that somebody without the key cannot try
all nine-digit numbers. Each purpose has its own prefix: an assignment and a reference that happen
to have the same digits have nothing in common.
"""

from __future__ import annotations

import hmac
from sys import intern

#: Shorter keys can be guessed.
SHORTEST_KEY = 32


class Pseudonyms:
    """Pseudonyms under one key. Equal numbers get equal pseudonyms, under this key alone.

    Raises ``ValueError`` for a key of fewer than 32 bytes.
    """

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError(f"a key of pseudonyms needs at least {SHORTEST_KEY} bytes")
        self._key = key

    def __repr__(self) -> str:
        return "Pseudonyms(…)"

    def youth(self, bsn: str) -> str:
        """Of a citizen service number (Bsn), the same in the whole country."""
        return self._of("youth", bsn)

    def assignment(self, municipality: str, number: int) -> str:
        """Of an assignment number (ToewijzingNummer), unique within a municipality."""
        return self._of("assignment", f"{municipality}|{number}")

    def reference(self, provider: str, text: str) -> str:
        """Of a reference of a provider (ReferentieAanbieder)."""
        return self._of("reference", f"{provider}|{text}")

    def declaration(self, provider: str, number: str) -> str:
        """Of a number of a declaration (DeclaratieNummer)."""
        return self._of("declaration", f"{provider}|{number}")

    def performance(self, provider: str, number: str) -> str:
        """Of a number of a declared line (ReferentieNummer)."""
        return self._of("performance", f"{provider}|{number}")

    def content(self, text: str) -> str:
        """Of the parts of a message that are read: equal content, equal digest."""
        return hmac.digest(self._key, f"content|{text}".encode(), "sha256").hex()

    def _of(self, purpose: str, text: str) -> str:
        raw = hmac.digest(self._key, f"{purpose}|{text}".encode(), "sha256")
        return intern(raw[:16].hex())
