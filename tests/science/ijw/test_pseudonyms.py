"""Pseudonyms: the same under one key, of no use under another, and apart by purpose."""

import hashlib
import hmac

import pytest

from vliegwiel.science.ijw import Pseudonyms

KEY = bytes(range(32))


def test_a_pseudonym_is_a_keyed_hash() -> None:
    raw = hmac.new(KEY, b"youth|123456782", hashlib.sha256).digest()
    assert Pseudonyms(KEY).youth("123456782") == raw[:16].hex()


def test_another_key_gives_another_pseudonym() -> None:
    assert Pseudonyms(KEY).youth("123456782") != Pseudonyms(KEY[::-1]).youth("123456782")


def test_purposes_have_nothing_in_common() -> None:
    pseudonyms = Pseudonyms(KEY)
    made = {
        pseudonyms.youth("1|7"),
        pseudonyms.assignment("1", 7),
        pseudonyms.reference("1", "7"),
        pseudonyms.declaration("1", "7"),
        pseudonyms.performance("1", "7"),
        pseudonyms.content("1|7")[:32],
    }
    assert len(made) == 6


def test_an_assignment_belongs_to_its_municipality() -> None:
    pseudonyms = Pseudonyms(KEY)
    assert pseudonyms.assignment("0193", 7) != pseudonyms.assignment("0150", 7)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Pseudonyms(b"secret")


def test_the_key_is_not_shown() -> None:
    assert KEY.hex()[:8] not in repr(Pseudonyms(KEY))
    assert repr(Pseudonyms(KEY)) == "Pseudonyms(…)"
