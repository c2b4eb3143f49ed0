"""One theme through the sample stores: its pages and parts on the shelf, and its chapter of the reference."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from shopwright.errors import ThemeError
from shopwright.generation.addresses import file_of
from shopwright.generation.publishing import theme_files
from shopwright.generation.setup import logo_bytes
from shopwright.generation.showcase.parts import states_of
from shopwright.generation.showcase.reference import Chapter, Entry, Shown
from shopwright.generation.showcase.sample_data import sample_text, with_names_set
from shopwright.generation.showcase.schemes import SCHEMES
from shopwright.generation.showcase.shelf import Shelf
from shopwright.generation.showcase.stage import LEFT_TO_RIGHT, RIGHT_TO_LEFT, Stage, Stocked
from shopwright.generation.showcase.states import State
from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.page import inspect
from shopwright.seo.gate.rules.every import RULES
from shopwright.template_engine.anatomy import dissect, whole_anatomy
from shopwright.template_engine.inspection import refuse_unsafe
from shopwright.template_engine.theme import Theme, builtin_themes, load_theme

Json = dict[str, Any]
Findings = dict[str, tuple[str, ...]]

_DIRECTIONS = {LEFT_TO_RIGHT: "ltr", RIGHT_TO_LEFT: "rtl"}


class Exhibition:
    """``url`` is the address of the whole showcase; ``cache`` remembers cut fonts.

    Raises ``TemplateRefused`` for templates that the policy or the contextual check refuses.
    """

    def __init__(self, theme: Theme, url: str, cache: Path, shelf: Shelf) -> None:
        refuse_unsafe(theme)
        self._theme = theme
        self._url = url
        self._cache = cache
        self._shelf = shelf
        self._anatomies = dissect(theme.templates)
        self._parents = _builtin_parents(theme)
        self._states = states_of(theme.templates, self._anatomies)
        self._stages: dict[tuple[str, str], Stage] = {}
        self._findings: Findings = {}
        self._errors: dict[State, str] = {}

    def chapter(self, stocked: Sequence[Stocked]) -> Chapter:
        """Put every page on the shelf. Raises ``ThemeError`` if one cannot be rendered."""
        for store in stocked:
            made = theme_files(self._theme, store.store, self._cache, logo_bytes(store.store, store.spool))
            for scheme in SCHEMES:
                url = f"{self._url.rstrip('/')}/sites/{self._theme.name}/{store.name}/{scheme}"
                with closing(Stage(store, self._theme, made, scheme, url, self._states)) as stage:
                    self._put(stage)
                    self._stages[store.name, scheme] = stage
        entries = [self._entry(name) for name in sorted(self._theme.templates)]
        home = State("home.html", "home", "Home", "")
        carts = {stage.home.rstrip("/"): stage.cart_lines() for stage in self._with_carts()}
        return Chapter(self._theme.name, self._theme.builtin, entries, self._frames(home), carts)

    def _with_carts(self) -> Iterator[Stage]:
        filled = {state.store for state in self._states if state.cart}
        return (stage for (store, _), stage in self._stages.items() if store in filled)

    def _put(self, stage: Stage) -> None:
        pages = list(stage.pages())
        self._shelf.add((self._file(page.address), page.data) for page in pages)
        folder = self._file(stage.home).removesuffix("index.html")
        self._shelf.add((folder + name, data) for name, data in stage.app)
        assets = f"{folder}assets/"
        self._shelf.add((assets + name, data) for name, data in stage.files)
        self._shelf.take((f"{assets}pictures/{name}", path) for name, path in stage.pictures)
        self._shelf.add(self._apart(stage))
        known = {page.address for page in pages} | {f"{stage.home}assets/{name}" for name, _ in stage.files}
        known |= {f"{stage.home}assets/pictures/{name}" for name, _ in stage.pictures}
        known |= {stage.home + name for name, _ in stage.app}
        for page in pages:
            if page.address.endswith((".html", "/")):
                self._findings[page.address] = tuple(_found(page.data.decode(), page.address, known))

    def _file(self, address: str) -> str:
        return file_of(address, self._shelf.root)

    def _apart(self, stage: Stage) -> Iterator[tuple[str, bytes]]:
        """What is shown by pages of its own; why a partial cannot be shown is remembered."""
        for state in self._states:
            if state.apart and state.store == stage.name:
                try:
                    sheets = [stage.apart(state, locale) for locale in stage.locales()]
                except ThemeError as error:
                    self._errors[state] = str(error)
                else:
                    yield from ((self._file(sheet.address), sheet.data) for sheet in sheets)

    def _entry(self, name: str) -> Entry:
        shown = [self._shown(state) for state in self._states if state.template == name]
        return Entry(self._theme.name, self._origin(name), name, self._theme.templates[name], self._anatomies, shown)

    def _origin(self, name: str) -> str:
        """The built-in theme that this template comes from unchanged, or the theme itself."""
        source = self._theme.templates[name]
        same = (parent for parent, templates in self._parents.items() if templates.get(name) == source)
        return next(same, self._theme.name)

    def _shown(self, state: State) -> Shown:
        stage = self._stages[state.store, "light"]
        values = with_names_set(stage.values(state), state.call)
        text = sample_text(values, whole_anatomy(state.template, self._anatomies))
        if state in self._errors:
            return Shown(state, {}, text, self._errors[state])
        address = stage.address(state, LEFT_TO_RIGHT).partition("?")[0]
        return Shown(state, self._frames(state), text, findings=self._findings.get(address, ()))

    def _frames(self, state: State) -> Mapping[str, str]:
        """Where a state is, by scheme and direction."""
        stages = [self._stages[state.store, scheme] for scheme in SCHEMES]
        return {
            f"{stage.scheme}-{_DIRECTIONS[locale]}": stage.address(state, locale)
            for stage in stages
            for locale in stage.locales()
        }


def _builtin_parents(theme: Theme) -> dict[str, dict[str, str]]:
    """The templates of the built-in themes that a theme extends: their styles come before its own."""
    named = dict.fromkeys(style.partition("/")[0] for style, _ in theme.styles)
    return {name: load_theme(name).templates for name in named if name in builtin_themes() and name != theme.name}


def _found(html: str, address: str, known: set[str]) -> Iterator[str]:
    """What the audit of the line would find on a page, in words."""
    seen = inspect(html, address)
    for rule, what, line in seen.findings:
        if RULES[rule].severity != "advice":
            yield f"{rule}, line {line}: {what}" if what else rule
    for target in sorted(seen.targets - set(map(decoded, known))):
        if not target.endswith(".json"):  # no data is made for lists that only the showcase has
            yield f"dead-link: {target}"
