"""Where the process finds its environment: mode, folders, debugging.

What is wrong with the environment is gathered in `faults` by every file of settings, so that who
installs Vliegwiel hears all of it at once.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env

faults: list[str] = []


class SettingsError(ImproperlyConfigured):
    """The environment is not fit to start in; one line a fault."""


class Reader:
    """environs, but a value that cannot be read is a fault among the others, not the end."""

    def __init__(self, prefix: str) -> None:
        self._env = Env(prefix=prefix)
        self._prefix = prefix

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        parse = getattr(self._env, kind)

        def read(name: str, *, default: Any) -> Any:
            try:
                return parse(name, default=default)
            except ValueError as error:
                why = str(error).partition("invalid: ")[2] or "cannot be read"
                faults.append(f"{self._prefix}{name} is not right: {why.strip('.')}.")
                return parse("(a name that is never set)", default=default)

        return read


env = Reader("VLIEGWIEL_")
# DATABASE_URL has the name that hosting platforms expect; it carries no prefix.
plain_env = Reader("")


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
