"""All that is logged while something happens, for whoever looks for what may not stand there."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from vliegwiel.web.logging import json_formatter


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """At the finest level, in the form of the site and as it was given."""
    written = io.StringIO()
    handlers = [logging.StreamHandler(written), logging.StreamHandler(written)]
    handlers[0].setFormatter(json_formatter())
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    for handler in handlers:
        root.addHandler(handler)
    try:
        yield written
    finally:
        for handler in handlers:
            root.removeHandler(handler)
        root.setLevel(level)
