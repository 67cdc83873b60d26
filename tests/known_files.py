"""The files that the site serves, looked for on disk once a run instead of once a browser.

Each `Client` of a test builds the site's layers anew. Nothing is built while tests run: the same
folders hold the same files.
"""

from typing import Any

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware

#: Files by their address, for each list of folders.
FOUND: dict[tuple[str, ...], dict[str, Any]] = {}


class KnownFiles(WhiteNoiseMiddleware):
    def add_files_from_finders(self) -> None:
        folders = tuple(map(str, settings.STATICFILES_DIRS))
        if folders not in FOUND:
            super().add_files_from_finders()
            FOUND[folders] = dict(self.files)
        self.files.update(FOUND[folders])
