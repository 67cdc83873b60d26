"""Folders with deliveries that the worker has watched, each by a process of `vliegwiel watch`.

One that ends by itself, since the folder or the database was away, is started again: soon at first,
and ever later while it does not go. What was wrong that process tells itself, in one line.
"""

import asyncio
import logging
import time
from collections.abc import Mapping

from .processes import Children

_log = logging.getLogger(__name__)

_SECONDS_BETWEEN_LOOKS = 5.0
_SHORTEST_PAUSE = 15.0
_LONGEST_PAUSE = 600.0


async def keep_watching(folders: Mapping[str, str], *, every: float = 10) -> None:
    """Watches the folder of each region until it is cancelled; `every` as in `vliegwiel watch`."""
    with Children() as children:
        async with asyncio.TaskGroup() as group:
            for region, folder in folders.items():
                group.create_task(_keep_watching_one(children, region, folder, every))


async def _keep_watching_one(children: Children, region: str, folder: str, every: float) -> None:
    command = ["watch", "--region", region, "--folder", folder, "--every", str(every)]
    pause = _SHORTEST_PAUSE
    while True:
        begun = time.monotonic()
        children.start(region, command)
        while (status := children.status(region)) is None:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
        if time.monotonic() - begun > _LONGEST_PAUSE:
            pause = _SHORTEST_PAUSE
        _log.error(
            "watching the folder of %s ended with status %s; it begins again in %.0f seconds",
            region,
            status,
            pause,
        )
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
