"""Numbers that lead to a person become pseudonyms here, and nowhere else.

A pseudonym is a keyed hash (HMAC-SHA256, RFC 2104), so that somebody without the key cannot try
all nine-digit numbers. Each purpose has its own prefix: an assignment and a reference that happen
to have the same digits have nothing in common.
"""

from __future__ import annotations

import hashlib
from sys import intern

#: Shorter keys can be guessed.
SHORTEST_KEY = 32
#: Bytes that SHA-256 takes at a time.
_BLOCK = 64
#: Hexadecimal digits of a pseudonym: 128 bits.
_LENGTH = 32


class Pseudonyms:
    """Pseudonyms under one key. Equal numbers get equal pseudonyms, under this key alone.

    Raises ``ValueError`` for a key of fewer than 32 bytes.
    """

    __slots__ = ("_inner", "_outer")

    def __init__(self, key: bytes) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError(f"a key of pseudonyms needs at least {SHORTEST_KEY} bytes")
        # HMAC as it is defined: both hashes begin with a block of the key, once for all numbers.
        # A copy of each is a third of the work of asking the library for a new HMAC every time.
        block = key if len(key) <= _BLOCK else hashlib.sha256(key).digest()
        block = block.ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

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
        return self._hash(f"content|{text}")

    def _of(self, purpose: str, text: str) -> str:
        return intern(self._hash(f"{purpose}|{text}")[:_LENGTH])

    def _hash(self, text: str) -> str:
        inner = self._inner.copy()
        inner.update(text.encode())
        outer = self._outer.copy()
        outer.update(inner.digest())
        return outer.hexdigest()
