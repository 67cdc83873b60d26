"""Logs: one JSON object a line, without personal data.

A line may carry the number of a user, a region and a run, never a name, an e-mail address, a
request body or a network address (`vliegwiel.web.logging` lets only known keys through).
"""

from vliegwiel.web.logging import configure

from .environment import PRODUCTION, env

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "vliegwiel.web.logging.json_formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    # A page that does not exist has its line already (`web.request_log`); faults stay.
    "loggers": {
        "django.request": {"level": "ERROR"},
        # Its own lines name the address of who sent nonsense; here they get the form of the rest.
        "gunicorn.error": {"handlers": [], "propagate": True},
        "procrastinate.blueprints": {"level": "WARNING"},
    },
}

configure()

__all__ = ["LOGGING", "LOG_LEVEL"]
