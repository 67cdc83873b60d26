"""Where the process finds its environment: mode, folders, debugging."""

from pathlib import Path

from environs import Env

env = Env(prefix="VLIEGWIEL_")
# DATABASE_URL and the like have names that hosting platforms expect; they carry no prefix.
plain_env = Env()

MODE = env.str("MODE", default="production", validate=None)
if MODE not in {"production", "demo", "test"}:
    raise RuntimeError(f"VLIEGWIEL_MODE is '{MODE}'; choose production, demo or test")
PRODUCTION = MODE == "production"

PACKAGE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("DATA", default=str(Path.home() / ".local/share/vliegwiel"))).expanduser()

# Debug pages show settings and data of real people: there is no switch for them outside a test run.
DEBUG = False

__all__ = ["DATA_DIR", "DEBUG", "MODE", "PACKAGE_DIR", "PRODUCTION"]
