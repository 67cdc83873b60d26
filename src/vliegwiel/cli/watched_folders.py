"""Folders with deliveries that the worker has watched, each by a process of `vliegwiel watch`.

One that ends by itself, since the folder or the database was away, is started again.
"""

import asyncio
from collections.abc import Mapping

from .processes import Children

_SECONDS_BETWEEN_LOOKS = 15


async def keep_watching(folders: Mapping[str, str], *, every: float = 10) -> None:
    """Watches the folder of each region until it is cancelled; `every` as in `vliegwiel watch`."""
    with Children() as children:
        for region, folder in folders.items():
            _start(children, region, folder, every)
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            while (ended := children.stopped()) is not None:
                _start(children, ended[0], folders[ended[0]], every)


def _start(children: Children, region: str, folder: str, every: float) -> None:
    command = ["watch", "--region", region, "--folder", folder, "--every", str(every)]
    children.start(region, command)
