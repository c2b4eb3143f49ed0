"""What happens, one event a line: JSON with the names of the Elastic Common Schema, or words for a terminal.

``record("job finished", job=…, seconds=…)`` stands where it happens. A field must be declared in ``FIELDS``: what is
not is never shown, so that nobody logs a customer by mistake. Texts pass ``redaction.shown``. What a whole request or
job shares is bound once around it with ``bound``. Until ``start_logging`` nothing is written.
"""

import datetime as dt
import logging
import os
import sys
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, BinaryIO, Literal

import orjson
import structlog

from shopwright.performance import tracing
from shopwright.performance.redaction import shown

Form = Literal["json", "text"]
Level = Literal["debug", "info", "warning", "error"]
Value = str | int | float | bool | None

ECS_VERSION = "8.17"
MOST_FRAMES = 20
UNDECLARED = "[undeclared]"

FIELDS = MappingProxyType(
    {
        "alert": "rule.name",
        "attempt": "shopwright.attempt",
        "bytes": "shopwright.bytes",
        "count": "shopwright.count",
        "job": "shopwright.job.id",
        "kind": "shopwright.kind",
        "method": "http.request.method",
        "outcome": "event.outcome",
        "part": "shopwright.part",
        "reason": "event.reason",
        "release": "shopwright.release",
        "request": "http.request.id",
        "route": "shopwright.route",
        "seconds": "event.duration",
        "signal": "process.signal",
        "stage": "shopwright.stage",
        "state": "shopwright.state",
        "status": "http.response.status_code",
        "store": "shopwright.store",
        "tenant": "organization.id",
        "worker": "shopwright.worker",
    }
)
"""Our word for a field, and its name in the log. ``seconds`` become nanoseconds, which ECS asks for."""

LEVELS: Mapping[Level, int] = MappingProxyType({"debug": 10, "info": 20, "warning": 30, "error": 40})
_bound: ContextVar[MappingProxyType[str, Value]] = ContextVar("bound", default=MappingProxyType({}))
_Event = MutableMapping[str, Any]


def record(message: str, /, level: Level = "info", *, error: BaseException | None = None, **fields: Value) -> None:
    """Write one event, with what is bound. ``error``: its type, its message and where it was raised, no values."""
    if not structlog.is_configured():
        return
    logger = structlog.get_logger()
    logger.log(LEVELS[level], message, error=error, fields={**_bound.get(), **fields})


@contextmanager
def bound(**fields: Value) -> Iterator[None]:
    """Fields of every event in the block, and in the tasks that are begun in it."""
    token = _bound.set(MappingProxyType({**_bound.get(), **fields}))
    try:
        yield
    finally:
        _bound.reset(token)


def start_logging(form: Form = "json", level: Level = "info", stream: BinaryIO | None = None) -> None:
    """From now on events of at least this level are written to ``stream`` (standard error), those of libraries too."""
    structlog.configure(
        processors=[_event, _json if form == "json" else _words],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.BytesLoggerFactory(stream or sys.stderr.buffer),
        cache_logger_on_first_use=False,
    )
    logging.disable(logging.NOTSET)  # whoever silenced libraries in this process before
    logging.basicConfig(handlers=[_Foreign()], level=LEVELS[level], force=True)


def stop_logging() -> None:
    """Write nothing any more."""
    structlog.reset_defaults()
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)


class _Foreign(logging.Handler):
    """Events of libraries: their words, redacted like ours, and the library's name."""

    def emit(self, record_: logging.LogRecord) -> None:
        level: Level = "error" if record_.levelno >= LEVELS["error"] else "warning"
        if record_.levelno < LEVELS["warning"]:
            level = "info" if record_.levelno >= LEVELS["info"] else "debug"
        error = record_.exc_info[1] if record_.exc_info else None
        record(record_.getMessage(), level, error=error, part=record_.name)


def _event(logger: object, method: str, event: _Event) -> _Event:  # noqa: ARG001 - the signature is structlog's
    """An event of ours as ECS has it."""
    made: dict[str, Any] = {
        "@timestamp": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "log.level": method,
        "message": shown(event["event"]),
        "ecs.version": ECS_VERSION,
        "service.name": "shopwright",
        "process.pid": os.getpid(),
    }
    for name, value in event["fields"].items():
        if value is not None:
            made |= _field(name, value)
    return made | _error(event["error"]) | _trace()


def _field(name: str, value: Value) -> dict[str, Value]:
    if name not in FIELDS:
        return {f"shopwright.{shown(name, 40)}": UNDECLARED}
    if name == "seconds" and isinstance(value, int | float):
        value = round(value * 1e9)
    return {FIELDS[name]: shown(value) if isinstance(value, str) else value}


def _error(error: BaseException | None) -> dict[str, str]:
    if error is None:
        return {}
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    places = (f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}" for frame in frames)
    return {
        "error.type": type(error).__name__,
        "error.message": shown(str(error)),
        "error.stack_trace": " < ".join(places),
    }


def _trace() -> dict[str, str]:
    _, *ids = tracing.traceparent().split("-")[:3]
    return dict(zip(("trace.id", "span.id"), ids, strict=False))


def _json(logger: object, method: str, event: _Event) -> bytes:  # noqa: ARG001 - as above
    return orjson.dumps(dict(event), default=str)


def _words(logger: object, method: str, event: _Event) -> bytes:  # noqa: ARG001 - as above
    """``12:00:00 warning  what happened  tenant=luna``."""
    usual = {"@timestamp", "log.level", "message", "ecs.version", "service.name", "process.pid"}
    said = "  ".join(f"{name.removeprefix('shopwright.')}={event[name]}" for name in event if name not in usual)
    return f"{event['@timestamp'][11:19]} {method:<8} {event['message']}  {said}".rstrip().encode()
