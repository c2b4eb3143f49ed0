"""The async entry point: templates nobody has to trust, rendered for many tenants at once (requirements T1, T5, T8).

::

    async with TemplateEngine(theme, editions) as engine:
        page = await engine.render("product.html", context, locale="en", tenant="acme")
        page.html
"""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from shopwright.audit.record import RecordSink
from shopwright.errors import ThemeError
from shopwright.template_engine.confinement.messages import PageRequest, Rendered, Setup
from shopwright.template_engine.confinement.pool import RenderPool
from shopwright.template_engine.inspection import refuse_unsafe
from shopwright.template_engine.theme import Theme


class TemplateEngine:
    """Renders the templates of one theme, each page in a confined worker of its tenant.

    ``editions`` holds plain data by locale (``pages.Pages``). ``record`` is told of every batch of pages, limit hit and
    kill. Several engines may share a ``pool``, which then is closed by whoever made it.
    """

    def __init__(
        self,
        theme: Theme,
        editions: Mapping[str, Any],
        *,
        record: RecordSink | None = None,
        pool: RenderPool | None = None,
    ) -> None:
        self._theme = theme
        self._setup = Setup.of(theme, editions)
        self._pool = pool or RenderPool(record=record)
        self._owned = pool is None

    async def __aenter__(self) -> Self:
        """Check the theme's own templates. Raises ``TemplateRefused``."""
        await asyncio.to_thread(refuse_unsafe, self._theme)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._owned:
            await self._pool.close()

    async def render(
        self, template: str, context: Mapping[str, Any], *, locale: str, tenant: str = "", head: str = ""
    ) -> Rendered:
        """A page of a named template, and what it cost.

        ``context`` is validated first (``context.validate_context``); ``head`` is markup, made by the caller, that the
        template places with ``head()``. Raises ``ContextRefused``, ``RenderLimitHit`` or ``ThemeError``; whatever
        happens to one page, the next one renders.
        """
        if template not in self._setup.templates:
            raise ThemeError("the theme has no such template.", where=template[:200], remedy="Ask for one it has.")
        return await self._pool.render(self._setup, PageRequest(template, locale, context, head), tenant)
