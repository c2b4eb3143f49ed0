"""Inside a confined worker: read a request, render it, answer. Nothing here may need a file or another process."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from shopwright.errors import RenderLimitHit, ShopwrightError, ThemeError
from shopwright.frames import read_frame, write_frame
from shopwright.template_engine.confinement.bounds import MAX_PAGE, MAX_WORDS, MEMORY
from shopwright.template_engine.context import from_wire
from shopwright.template_engine.engine import Environment
from shopwright.template_engine.metering.environment import make_metered_environment
from shopwright.template_engine.pages import Pages

Json = dict[str, Any]
Answer = Callable[[Json], Json]


class Press:
    """Renders pages and says what they cost."""

    def __init__(self, environment: Environment, editions: Mapping[str, Json]) -> None:
        self._meter = getattr(environment, "meter", None)
        self._editions = editions
        self._pages = Pages(environment, editions)

    def answer(self, request: Json) -> Json:
        """The page of a request, with its cost. Raises ``ThemeError``."""
        started, locale = time.process_time(), request["locale"]
        if locale not in self._editions:
            raise ThemeError(f"there is no edition {locale!r}.", remedy=f"Ask for one of {sorted(self._editions)}.")
        context = from_wire(request["context"])
        html = self._pages.html(request["template"], locale, context, request["head"])
        fuel = self._meter.spent if self._meter else 0
        return {"html": _bounded(html), "fuel": fuel, "cpu_ms": (time.process_time() - started) * 1e3}


def open_press(setup: Json) -> Answer:
    """The press of a setup: metered, since nobody has to trust its templates."""
    return Press(make_metered_environment(setup["templates"]), setup["editions"]).answer


def serve(stream: IO[bytes], open_press: Callable[[Json], Answer] = open_press) -> None:
    """Answer every request until there are no more. The first frame is the setup; it has no answer of its own.

    Returns early after a request that found no more memory: what it left behind is not worth keeping.
    """
    setup = read_frame(stream)
    press: Answer | None = None
    while setup is not None and (request := read_frame(stream)) is not None:
        try:
            press = press or open_press(setup)
            answer = press(request)
        except Exception as error:  # noqa: BLE001 - whatever a template does to Python, its page gets an answer
            answer = _said(error, str(request.get("template", "")))
        write_frame(stream, answer)
        if answer.get("spent"):
            return


def _bounded(html: str) -> str:
    try:
        size = len(html.encode())
    except UnicodeEncodeError as error:
        raise ThemeError("the page holds half a surrogate pair.", remedy="Use whole characters.") from error
    if size > MAX_PAGE:
        raise RenderLimitHit(f"the page has {size:,} bytes.", remedy=f"A page has at most {MAX_PAGE:,}.")
    return html


def _said(error: Exception, template: str) -> Json:
    spent = any(isinstance(each, MemoryError) for each in _causes(error))
    if spent:
        error = RenderLimitHit(f"it needs more than {MEMORY >> 20} MiB of memory.", remedy="Show less on one page.")
    if not isinstance(error, ShopwrightError):
        error = ThemeError(f"{type(error).__name__}: {error}.", remedy="Correct the template.")
    kind = type(error).__name__ if isinstance(error, ThemeError) else "ThemeError"
    words = (error.what, error.where or template, error.remedy)
    what, where, remedy = (text[:MAX_WORDS].encode("utf-8", "replace").decode() for text in words)
    return {"error": kind, "what": what, "where": where, "remedy": remedy, "spent": spent}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
