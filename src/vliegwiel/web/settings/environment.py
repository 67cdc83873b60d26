"""Where the process finds its environment: mode, folders, debugging.

What is wrong with the environment is gathered in `faults` by every file of settings, so that who
installs Vliegwiel hears all of it at once.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env(prefix="VLIEGWIEL_")
# DATABASE_URL and the like have names that hosting platforms expect; they carry no prefix.
plain_env = Env()

faults: list[str] = []


class SettingsError(ImproperlyConfigured):
    """The environment is not fit to start in; one line a fault."""


MODE = env.str("MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    faults.append(f"VLIEGWIEL_MODE is '{MODE}'; choose production, demo or test.")
    MODE = "production"
PRODUCTION = MODE == "production"

PACKAGE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("DATA", default=str(Path.home() / ".local/share/vliegwiel"))).expanduser()

# Debug pages show settings and data of real people: there is no switch for them.
DEBUG = False

__all__ = ["DATA_DIR", "DEBUG", "MODE", "PACKAGE_DIR", "PRODUCTION"]
