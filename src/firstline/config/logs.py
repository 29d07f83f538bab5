"""Logs as one JSON object a line, without anything a person could be known by."""

from __future__ import annotations

import logging
import logging.config
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

_OURS = Path(__file__).resolve().parents[1]
_MOST_OF_OURS, _LAST = 12, 3


def where_it_broke(logger: object, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its types and lines of code.

    Its message is left out: PostgreSQL quotes the refused row, a parser quotes the cell, and both hold names.
    """
    information = event.pop("exc_info", None)
    if information is True:
        import sys

        information = sys.exc_info()
    if isinstance(information, BaseException):
        information = (type(information), information, information.__traceback__)
    if information and information[1]:
        error = information[1]
        event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in _telling(error)]
    return event


def _telling(error: BaseException) -> list[traceback.FrameSummary]:
    """Our own lines, and the last few of whoever's it was: a database error ends in a dozen of Django's."""
    frames = traceback.extract_tb(error.__traceback__)
    first_of_the_last = len(frames) - _LAST
    ours = [number for number, frame in enumerate(frames) if _OURS in Path(frame.filename).parents]
    kept = {*ours[-_MOST_OF_OURS:], *range(max(first_of_the_last, 0), len(frames))}
    return [frames[number] for number in sorted(kept)]


def configure(level: str) -> None:
    before: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where_it_broke,
    ]
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(ensure_ascii=False),
                    ],
                    "foreign_pre_chain": before,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # Their lines quote the request's path with its query, which may be a searched name.
                "django.request": {"level": "CRITICAL"},
                "django.server": {"level": "CRITICAL"},
                "django.security": {"level": "CRITICAL"},
                # A line a job and step; what went wrong we say ourselves (kernel/jobs.py).
                "procrastinate": {"level": "WARNING"},
            },
        }
    )
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
