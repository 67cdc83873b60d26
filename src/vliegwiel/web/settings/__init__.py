"""Settings, a file per concern. Everything that differs per place comes from the environment.

The variables are listed in docs/developers/settings.md; `VLIEGWIEL_MODE` (production, demo or
test) chooses how strict the rest is, and production is what you get when you say nothing.
"""

from .apps import *
from .background import *
from .database import *
from .environment import *
from .environment import SettingsError, faults
from .languages import *
from .login import *
from .logs import *
from .mail import *
from .pseudonyms import *
from .security import *
from .templates import *

if faults:
    raise SettingsError("\n".join(faults))
