"""The shape of a log line, and the last gate that keeps people out of it."""

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

# Keys under which libraries (allauth, Django, django-structlog) would log something about a person.
PERSONAL_KEYS = frozenset(
    {"email", "ip", "name", "password", "query_string", "referer", "user", "user_agent", "username"}
)

EventDict = MutableMapping[str, Any]

_processors: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def drop_personal_data(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Leaves out what tells who somebody is, and the part of an address after the question mark."""
    for key in PERSONAL_KEYS & event.keys():
        del event[key]
    for key in ("request", "event"):
        if isinstance(event.get(key), str):
            event[key] = event[key].split("?", 1)[0]
    return event


def drop_frame_values(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Keeps the lines of a traceback and the type of the error, not its message: it may quote input."""
    info = event.pop("exc_info", None)
    if info is True:
        info = None
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info:
        kind, _value, trace = info
        event["error"] = kind.__name__
        where = []
        while trace is not None:
            code = trace.tb_frame.f_code
            where.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        event["where"] = where[-8:]
    return event


def json_formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_processors,
        processors=[
            drop_frame_values,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            drop_personal_data,
            structlog.processors.JSONRenderer(),
        ],
    )


def configure() -> None:
    structlog.configure(
        processors=[*_processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
