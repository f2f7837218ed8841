"""Logs: one JSON line an event, without personal data: no bodies, no tokens, no query, no text of exceptions."""

import logging
import sys
from typing import Any

import orjson
import structlog

_QUIET = ("uvicorn.access", "httpx", "httpcore", "asyncio")


def _dumps(event: Any, **_options: Any) -> str:
    return orjson.dumps(event, default=str).decode()


def _without_exception_text(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """An exception's words may hold what somebody has confided: its type alone is told."""
    failure = event.pop("exc_info", None)
    if isinstance(failure, tuple) and failure[0] is not None:
        event["exception"] = failure[0].__name__
    return event


def _steps() -> list[Any]:
    """What every line goes through before it is written."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_exception_text,
    ]


def line_steps() -> list[Any]:
    """From an event of structlog's to its line."""
    return [*_steps(), structlog.processors.JSONRenderer(serializer=_dumps)]


def line_formatter() -> logging.Formatter:
    """From a record of the standard library's to its line."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_steps(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(serializer=_dumps),
        ],
    )


def set_levels(level: int) -> None:
    """Who says how much: libraries that tell of every request are quiet."""
    logging.getLogger().setLevel(level)
    for name in (*_QUIET, "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def set_up_logging(level: int = logging.INFO) -> None:
    """One way for all logs of the process, the libraries' own included."""
    structlog.configure(
        processors=line_steps(),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(line_formatter())
    logging.getLogger().handlers[:] = [handler]
    set_levels(level)
