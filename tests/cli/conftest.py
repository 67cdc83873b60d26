"""What a command run in the process of a test may change there, and is put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation


@pytest.fixture
def as_if_alone(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[None]:
    """The language is Dutch before and after, and the key of pseudonyms that of the test."""
    monkeypatch.setenv("VLIEGWIEL_LANGUAGE", "nl")
    settings.PSEUDONYM_KEY_FILE = tmp_path / "data" / "pseudonym-key"
    with translation.override("nl"):
        yield
