"""Who renders a theme's pages: this process for a theme that comes with Shopwright, a confined one for any other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shopwright.audit.record import RecordSink
from shopwright.template_engine.confinement.messages import PageRequest
from shopwright.template_engine.confinement.pages import ConfinedPages
from shopwright.template_engine.engine import make_environment
from shopwright.template_engine.pages import Pages
from shopwright.template_engine.theme import Theme


class Renderer:
    """The pages of one theme. To be closed: a theme that does not come with Shopwright has a process of its own.

    ``record`` is told of the batches, limits and kills of that process.
    """

    def __init__(self, theme: Theme, facts: Mapping[str, dict[str, Any]], record: RecordSink | None = None) -> None:
        self._trusted = Pages(make_environment(theme.templates), facts) if theme.builtin else None
        self._confined = None if theme.builtin else ConfinedPages(theme, facts, record=record)

    def html_many(self, requests: Iterable[PageRequest]) -> Iterator[str]:
        """Pages in the order of their requests; of a confined theme the next is rendered while the last one is in use.

        Raises ``ThemeError``.
        """
        if self._trusted is not None:
            for request in requests:
                yield self._trusted.html(request.template, request.locale, request.context, request.head)
        if self._confined is not None:
            yield from self._confined.html_many(requests)

    def close(self) -> None:
        """End the confined process, if there is one."""
        if self._confined is not None:
            self._confined.close()
