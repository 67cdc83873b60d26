"""What all tests share."""

from pathlib import Path

import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def usual_language() -> None:
    """A page leaves its language with the thread: no test may depend on the one before it."""
    translation.deactivate()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the checkout; a test that needs it is skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("the reference material does not stand beside this checkout")
    return SHARED
