"""Traces: which pieces of work a request or a job was made of, over the borders of processes.

``span`` stands beside the code it measures. Until ``trace_with`` names something that keeps spans it does nothing and
imports nothing, so that a build on the command line pays a function call. Where work goes on in another process, the
text of ``traceparent`` (W3C Trace Context) goes with it, and the first span there names it as its ``parent``.
"""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

Attribute = str | bool | int | float

MOST_TEXT = 200
"""Characters of an attribute."""

_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


class Tracer(Protocol):
    """What keeps spans."""

    def open(
        self, name: str, parent: str, attributes: Mapping[str, Attribute]
    ) -> AbstractContextManager["RecordedSpan"]:
        """A span for as long as the block runs; an error that leaves the block marks it. ``parent`` may be empty."""

    def add(self, name: str, seconds: float, attributes: Mapping[str, Attribute]) -> None:
        """A span within the current one that has just ended and took this long."""

    def traceparent(self) -> str:
        """The current span as another process is told of it, empty outside of any."""


class RecordedSpan(Protocol):
    """A span that is kept."""

    def set_attribute(self, key: str, value: Attribute) -> object:
        """Say one thing more of it."""


class Span:
    """A piece of work, to be entered with ``with`` or ``async with``; this one is kept by nobody."""

    def note(self, **attributes: Attribute) -> None:
        """Say more of it: numbers and words of our own, never content of a tenant."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        return None

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, at)


class _Kept(Span):
    def __init__(self, opening: AbstractContextManager[RecordedSpan]) -> None:
        self._opening = opening
        self._span: RecordedSpan | None = None

    def note(self, **attributes: Attribute) -> None:
        if self._span:
            for name, value in _bounded(attributes).items():
                self._span.set_attribute(name, value)

    def __enter__(self) -> Self:
        self._span = self._opening.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._opening.__exit__(kind, error, at)


_NOTHING = Span()
_tracer: Tracer | None = None


def trace_with(tracer: Tracer | None) -> None:
    """From now on ``tracer`` keeps this process's spans; None: nobody does."""
    global _tracer  # noqa: PLW0603 - a process has one
    _tracer = tracer


def span(name: str, /, parent: str = "", **attributes: Attribute) -> Span:
    """A piece of work called ``name`` (``publish upload``), within the one that is going on, else within ``parent``.

    ``parent`` is a ``traceparent`` of another process; what is none is as good as empty. A ``_`` in an attribute's name
    is a dot: ``db_operation`` is ``db.operation``.
    """
    if _tracer is None:
        return _NOTHING
    return _Kept(_tracer.open(name, parent if is_traceparent(parent) else "", _bounded(attributes)))


def took(name: str, seconds: float, **attributes: Attribute) -> None:
    """A piece of work has just ended within the one that is going on: for what is told of afterwards.

    Outside of any it is not kept: one command of the database alone is no trace.
    """
    if _tracer and _tracer.traceparent():
        _tracer.add(name, seconds, _bounded(attributes))


def traceparent() -> str:
    """The span that is going on, for another process (``00-<trace>-<span>-01``); empty: none is."""
    return _tracer.traceparent() if _tracer else ""


def is_traceparent(text: str) -> bool:
    """Whether a text has the form of version 00 (W3C Trace Context, 3.2)."""
    return _TRACEPARENT.fullmatch(text) is not None


def _bounded(attributes: Mapping[str, Attribute]) -> dict[str, Attribute]:
    return {
        name.replace("_", "."): value[:MOST_TEXT] if isinstance(value, str) else value
        for name, value in attributes.items()
    }
