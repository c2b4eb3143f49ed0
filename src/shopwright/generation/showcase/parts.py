"""Partials shown alone: the page around them, and the states of those that only the theme's author knows."""

from collections.abc import Iterator, Mapping

from shopwright.generation.showcase.states import State, part, states
from shopwright.template_engine.anatomy import Anatomy, whole_anatomy

_ALONE = """<!doctype html>
<html lang="{{{{ site.locale }}}}" dir="{{{{ site.dir }}}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{{{{ head() }}}}
</head>
<body class="page-{{{{ page.kind }}}}">
<div class="showcase-alone{opened}">
{call}
</div>
{{% if page.kind == "product" %}}{{{{ data("product-data", product.data) }}}}{{% endif %}}
{{{{ site_data() }}}}
</body>
</html>
"""
ALONE_STYLES = """
.showcase-alone{padding:1.5rem var(--edge,1.5rem)}
.showcase-alone:has(> header, > footer){padding:0}
.showcase-alone > .card,.showcase-alone > .badges{max-inline-size:22rem}
.showcase-opened{min-block-size:30rem}
.showcase-opened [popover]{display:block!important;opacity:1!important}
"""
"""What the styles of the showcase's copies have besides the theme's own."""

_FIRST_CARD = "{% set card = collection.products[0] %}{% set eager = false %}"
_WANTED = (
    ("product", "products/arlo/", ""),
    ("price", "products/elio/", "{% set price = product.price %}{% set full = true %}"),
    ("card", "collections/all/", _FIRST_CARD),
    ("collection", "collections/all/", ""),
    ("entries", "collections/", "{% set entries = collections %}"),
    ("collections", "collections/", ""),
    ("home", "", ""),
    ("content", "imprint/", ""),
    ("search", "search/", ""),
    ("not_found", "404.html", ""),
)
"""A name that a partial wants, the page that has it, and the Jinja that gives it."""
_EVERYWHERE = {"site", "page", "range"}
_GIVEN = {"price": {"price", "full"}, "card": {"card", "eager"}}


def template_of(state: State) -> str:
    """The name under which the page around a partial stands among the theme's templates."""
    return f"showcase/{state.template.removesuffix('.html').strip('_')}-{state.key}.html"


def surroundings(shown: list[State]) -> dict[str, str]:
    """The pages around partials, by name."""
    return {
        template_of(state): _ALONE.format(call=state.call, opened=" showcase-opened" if state.opened else "")
        for state in shown
        if state.alone
    }


def states_of(templates: Mapping[str, str], anatomies: Mapping[str, Anatomy]) -> list[State]:
    """The states of a theme's templates: those that are known, and for a partial of its own one with what it asks for.

    A partial that asks for names no page has is shown by no state: where it is included, it is given them.
    """
    shown = [state for state in states() if state.template in templates]
    known = {state.template for state in shown}
    return shown + [state for name in sorted(templates.keys() - known) for state in _unknown(name, anatomies)]


def _unknown(name: str, anatomies: Mapping[str, Anatomy]) -> Iterator[State]:
    if not name.rpartition("/")[2].startswith("_"):
        return
    wanted = {path.partition(".")[0] for path in whole_anatomy(name, anatomies)} - _EVERYWHERE
    for asked, page, names in (*_WANTED, ("", "", "")):
        if (not asked and not wanted) or (asked in wanted and wanted <= _GIVEN.get(asked, {asked})):
            yield part(name, "sample", "With sample data", page, names)
            return
