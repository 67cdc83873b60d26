"""Drawings that all processes share: drawn once, by whoever needs them first."""

import hashlib
import logging
import threading
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ParamSpec

from django.core.cache import cache
from django.db import DatabaseError
from django.utils.translation import get_language

from .bands import BandPoint, BandSeries, band_chart

_log = logging.getLogger(__name__)
_DAYS = 24 * 60 * 60
_KEPT_FOR = 90 * _DAYS

What = ParamSpec("What")


def kept(draw: Callable[What, str], *args: What.args, **kwargs: What.kwargs) -> str:
    """What `draw` makes of these arguments, from the shared cache when it was drawn before.

    The same content has the same drawing: the key is made of the arguments, the language and the
    source of the charts, so nothing needs to be thrown away when something changes. Without the
    cache the chart is simply drawn.
    """
    key = _key(draw.__name__, args, kwargs)
    try:
        found = cache.get(key)
    except DatabaseError:
        _log.warning("the shared cache of drawings cannot be read", exc_info=True)
        return draw(*args, **kwargs)
    if found is not None:
        return zlib.decompress(found).decode()
    drawn = draw(*args, **kwargs)
    try:
        cache.set(key, zlib.compress(drawn.encode()), _KEPT_FOR)
    except DatabaseError:
        _log.warning("a drawing cannot be kept in the shared cache", exc_info=True)
    return drawn


def _key(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """The arguments are numbers, dates, texts and frozen dataclasses of them: they read as such."""
    content = repr((name, args, sorted(kwargs.items()), get_language(), _SOURCE))
    return f"chart:{hashlib.sha256(content.encode()).hexdigest()}"


def _source() -> str:
    """A number for how charts are drawn: their code, and their words in other languages."""
    folder = Path(__file__).parent
    texts = folder.parents[1].glob("locale/*/LC_MESSAGES/django.mo")
    found = hashlib.sha256()
    for path in sorted([*folder.glob("*.py"), *texts]):
        found.update(path.read_bytes())
    return found.hexdigest()


def warm() -> threading.Thread:
    """Loads the engine that draws, beside whatever else begins: the first chart need not wait."""
    thread = threading.Thread(target=_draw_something, name="warm-charts", daemon=True)
    thread.start()
    return thread


def _draw_something() -> None:
    point = BandPoint(date(2000, 1, 1), 0.0, 1.0, 2.0)
    band_chart([BandSeries("", [point])], y_title="", language="nl")


_SOURCE = _source()
