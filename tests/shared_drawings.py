"""The shared cache as the site has it, in which drawings outlast the test that asked for them.

A test leaves nothing in the database, so each would draw anew what the one before has drawn: the
key of a drawing says all of what it is made of.
"""

from typing import Any

from django.core.cache.backends.db import DatabaseCache

#: Drawings of this process by their key.
DRAWN: dict[str, Any] = {}


class DrawingsOutlastTests(DatabaseCache):
    """Gives a drawing that another test has made, and keeps what is drawn where it belongs."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return DRAWN[key] if key in DRAWN else super().get(key, default, version)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        if key.startswith("chart:"):
            DRAWN[key] = value
        super().set(key, value, *args, **kwargs)
