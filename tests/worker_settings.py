"""The settings of a worker in tests: those of the site, without drawings that nobody looks at.

A forecast takes these tests less time than its drawings; the page draws what it finds missing.
"""

from vliegwiel.web.settings import *  # noqa: F403

BEFORE_A_FORECAST_IS_SHOWN = ""
