"""The shape of a log line, and the last gate that keeps people out of it.

Three rules, whoever logs: only known keys pass; of a message of the standard logging only the fixed
part and numbers are kept; what still looks like an address or a secret is blotted out.
"""

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import PurePath
from types import TracebackType
from typing import Any

import structlog

# What a line may carry. Nothing here can hold a name, an address, something typed or a session.
KNOWN_KEYS = frozenset(
    {
        "at",
        "attempt",
        "care_type",
        "code",
        "count",
        "delivery",
        "done",
        "error",
        "event",
        "job_id",
        "level",
        "logger",
        "method",
        "migrations",
        "milliseconds",
        "piece",
        "queue",
        "region",
        "request_id",
        "route",
        "run",
        "run_id",
        "scenario",
        "seconds",
        "seed",
        "status",
        "task",
        "timestamp",
        "total",
        "user_id",
        "version",
        "where",
        "worker",
        "worker_id",
    }
)

# Values that only our own code can make.
_OWN_WORDS = frozenset({"at", "logger", "request_id", "route", "timestamp", "where"})

_BLOTTED = re.compile(
    r"""
      '[^']*' | "[^"]*"                            # what is quoted came from somewhere
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)*                 # an e-mail address
    | \b\d{1,3}(?:\.\d{1,3}){3}\b                  # IPv4
    | (?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])  # IPv6
    | \b\d{8,9}\b                                  # a citizen service number (BSN)
    | \?\S+                                        # what follows an address: a search, a token
    | \b(?!(?:[0-9a-f]{8}-))[A-Za-z0-9_-]{28,}\b   # a session, key or token
    """,
    re.VERBOSE | re.IGNORECASE,
)

EventDict = MutableMapping[str, Any]
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]

_processors: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def keep_known(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Lets known keys pass, with values that tell nothing about a person; names the rest."""
    kept: EventDict = {key: _clean(key, event[key]) for key in event if key in KNOWN_KEYS}
    left_out = sorted(key for key in event if key not in KNOWN_KEYS)
    if left_out:
        kept["left_out"] = left_out
    return kept


def _clean(key: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    # A tuple with names is a record, such as one of a person: not to be written field by field.
    if type(value) in (list, tuple):
        return [_clean(key, part) for part in value]
    if isinstance(value, str):
        return value if key in _OWN_WORDS else _BLOTTED.sub("…", value)
    # Anything else would be written with its own words, which may be a person's.
    return type(value).__name__


def say_where(_logger: object, _method: str, event: EventDict) -> EventDict:
    """For a line of the standard logging: its fixed words and numbers, and who wrote it."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and not event.get("_from_structlog"):
        event["at"] = f"{record.filename}:{record.lineno}"
        event["event"] = _with_numbers(str(event["event"]), event.pop("positional_args", ()))
    return event


def _with_numbers(template: str, values: Any) -> str:
    """The message with what is filled in where that is a number: a number of a run, not a name."""
    filled: Any
    if isinstance(values, dict):
        filled = {key: _only_number(value) for key, value in values.items()}
    else:
        filled = tuple(_only_number(value) for value in values)
    try:
        return template % filled if filled else template
    except (TypeError, ValueError, KeyError):
        return template


def _only_number(value: object) -> object:
    return value if isinstance(value, int | float) else "…"


def describe_error(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Keeps the places of a traceback and the type of the error; its message may quote input."""
    info = _error_info(event.pop("exc_info", None))
    event.pop("stack_info", None)
    if info is None:
        return event
    kind, value, trace = info
    if str(value) and str(value) in str(event.get("event", "")):
        # Django logs a refused request with the words of the refusal.
        event["event"] = "an error, in its own words"
    event["error"] = kind.__name__
    event["where"] = [
        f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)[-8:]
    ]
    return event


def _error_info(info: Any) -> ErrorInfo | None:
    if isinstance(info, BaseException):
        return type(info), info, info.__traceback__
    if isinstance(info, tuple):
        return info if info[0] is not None else None
    if info:
        kind, value, trace = sys.exc_info()
        return (kind, value, trace) if kind is not None and value is not None else None
    return None


def json_formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_processors,
        # The fixed part of a message ("Not Found: %s") and what is filled in, apart.
        use_get_message=False,
        pass_foreign_args=True,
        processors=[
            say_where,
            describe_error,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            keep_known,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def configure() -> None:
    structlog.configure(
        processors=[*_processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
