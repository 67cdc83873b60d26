"""Which care of a scenario cannot keep up, in words; kept, as many pages ask it."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import get_language

from vliegwiel.apps.explorer import overload_words, queries
from vliegwiel.apps.explorer.models import ScenarioVersion


def warnings(version: ScenarioVersion, months: int) -> Sequence[str]:
    """What to say before a run of so many months, and beside its outcome."""
    return _warnings(_Kept(version), months, get_language())


class _Kept:
    """A version that is the same as another one when its documents are."""

    def __init__(self, version: ScenarioVersion) -> None:
        self.version = version
        self._hashes = (version.content_hash, version.care_system.content_hash)

    def __hash__(self) -> int:
        return hash(self._hashes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other._hashes == self._hashes


@lru_cache(maxsize=256)
def _warnings(kept: _Kept, months: int, _language: str | None) -> Sequence[str]:
    version = kept.version
    system = queries.care_system(version.care_system)
    return tuple(overload_words.warnings(system, queries.scenario(version), months))
