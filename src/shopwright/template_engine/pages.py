"""Pages: templates rendered with the theme API, in the page worker and in a confined one alike."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from shopwright.template_engine.accumulator import Accumulator
from shopwright.template_engine.api import bind_functions
from shopwright.template_engine.arguments import a_mapping, a_text
from shopwright.template_engine.engine import Environment, get_template, render
from shopwright.template_engine.fragments import CARD, Fragments

Json = dict[str, Any]


class Pages:
    """Renders the pages of a store in each of its languages. Reads no file once it is made.

    ``editions`` maps locales (BCP 47) to plain data: ``site`` is the name of that name in templates, ``site_data`` what
    ``#site-data`` holds, ``texts`` the interface texts by dotted key (a text, or a text per plural category), ``files``
    the address of each file of the theme by its name.

    An environment with a ``meter`` has it started before each page.
    """

    def __init__(self, environment: Environment, editions: Mapping[str, Json]) -> None:
        self._editions = {locale: _Edition(environment, locale, facts) for locale, facts in editions.items()}
        environment.allow_directly(function for edition in self._editions.values() for function in edition.functions)

    def html(self, template: str, locale: str, context: Mapping[str, Any], head: str = "") -> str:
        """A whole page. ``context`` holds the names of this page; ``head`` is markup, given by ``head()``.

        Raises ``ThemeError`` with template and line.
        """
        return self._editions[locale].page(template, context, head)


class _Edition:
    """One language: the functions of the theme API, and what was rendered with them before."""

    def __init__(self, environment: Environment, locale: str, facts: Mapping[str, Any]) -> None:
        self._environment = environment
        self._meter = getattr(environment, "meter", None)
        self._fragments = Fragments(self._meter)
        self._head = Markup("")
        self._accumulator = Accumulator()
        everywhere = {**bind_functions(locale, facts), **self._parts(), **self._accumulating()}
        self._everywhere: Json = {"site": facts["site"], **everywhere}
        self._names: Json = {**self._everywhere, "head": self._give_head()}
        self.functions = [*everywhere.values(), self._names["head"]]

    def page(self, template: str, context: Mapping[str, Any], head: str) -> str:
        """A whole page."""
        self._head = Markup(head)  # noqa: S704 - markup that the line made
        if self._meter is not None:
            self._meter.start()
        return self._render(template, {**context, **self._names})

    def _render(self, template: str, names: Json) -> str:
        """Render with an accumulator of its own: a part that is kept has no say in what its page collects."""
        outside, self._accumulator = self._accumulator, Accumulator()
        try:
            return render(get_template(self._environment, template), names)
        finally:
            self._accumulator = outside

    def _part(self, template: str, names: Json) -> Markup:
        """A part of a page; how deep the page's own calls are is not counted in it, since it may be kept."""
        if self._meter is None:
            return Markup(self._render(template, names))  # noqa: S704 - autoescaped already
        depth, self._meter.depth = self._meter.depth, 0
        try:
            return Markup(self._render(template, names))  # noqa: S704 - autoescaped already
        finally:
            self._meter.depth = depth

    def _parts(self) -> Json:
        def card(card: Mapping[str, Any], eager: bool = False) -> Markup:
            early, shown = bool(eager), a_mapping(card, "card", "card")
            return self._fragments.card(
                shown, early, lambda: self._part(CARD, {**self._everywhere, "card": shown, "eager": early})
            )

        def fragment(name: str) -> Markup:
            if not a_text(name, "fragment", "name").rpartition("/")[2].startswith("_"):
                raise ValueError("fragment(): name must be that of a partial, such as _footer.html")
            return self._fragments.fragment(name, lambda: self._part(name, self._everywhere))

        return {"card": card, "fragment": fragment}

    def _accumulating(self) -> Json:
        def collect(name: str, value: Any) -> str:  # noqa: ANN401 - whatever a template has
            self._accumulator.add(name, value)
            return ""

        def collected(name: str) -> list[Any]:
            return self._accumulator.values(name)

        return {"collect": collect, "collected": collected}

    def _give_head(self) -> Any:  # noqa: ANN401 - a function
        def head() -> Markup:
            return self._head

        return head
