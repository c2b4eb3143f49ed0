"""The values every page's template gets, written down for a peer that knows only templates: Hugo's data files.

The store is built in this process with the pages' ``render`` replaced by one that writes down what it is handed. What
needs a program and not a template (structured data, drawings, JSON for scripts) is handed over finished. Building again
over the same folder writes down only the pages that changed, and puts them in the place of the old ones.
"""

import datetime as dt
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import orjson
from selectolax.lexbor import LexborHTMLParser

from shopwright.generation.pipeline import Order, build_store
from shopwright.generation.policy import PagePolicies
from shopwright.template_engine import pages as rendered_pages
from shopwright.template_engine import theme as themes
from shopwright.template_engine.engine import Template

Json = dict[str, Any]

SHARED = ("site", "policies", "loads", "text", "stars", "swatches", "cards", "home")
"""Hugo's data files: the store, policy and loads by kind of page, interface text, answers of functions, cards."""

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">.*?(?=<title>)', re.DOTALL)
"""The policy, and the script that it names and that runs before anything is shown."""

_KIND = re.compile(r'<body class="page-(\w+)"')

_SITE = (
    *("name", "tagline", "description", "locale", "dir", "home", "search", "cart", "collections"),
    *("navigation", "information", "contact", "social", "checkout"),
)


class Recorder:
    """Takes the place of ``pages.render`` and keeps what the templates see: ``pages`` by path, and what they share."""

    def __init__(self, shared: dict[str, Json]) -> None:
        self.pages: dict[str, bytes] = {}
        self.shared = shared

    def render(self, template: Template, names: Mapping[str, Any]) -> str:
        """Render as always."""
        if template.name == "_card.html":
            self.shared["cards"][names["card"]["handle"]] = names["card"]
        else:
            self._keep_page(names)
        return str(template.render({**names, **self._heard(names)}))

    def keep_policy(self, html: str) -> str:
        """Keep the policy of a finished page of a kind; pages of a kind have the same."""
        policy, kind = _POLICY.search(html), _KIND.search(html)
        assert policy
        assert kind
        assert self.shared["policies"].setdefault(kind[1], policy[0]) == policy[0]
        return html

    def _heard(self, names: Mapping[str, Any]) -> Json:
        """The functions with few answers: every answer is kept."""

        def keep(name: str, key: str, answer: str) -> str:
            self.shared[name][key] = answer
            return answer

        return {
            "t": lambda key: keep("text", key, names["t"](key)),
            "stars": lambda value: keep("stars", f"{value:g}", names["stars"](value)),
            "swatch": lambda color: keep("swatches", color["hex"] or "none", names["swatch"](color)),
        }

    def _keep_page(self, names: Mapping[str, Any]) -> None:
        page, head = names["page"], str(names["head"]())
        self.shared["site"] |= {name: names["site"][name] for name in _SITE}
        self.shared["site"] |= {"script_data": names["site_data"]()}
        self.shared["loads"][page["kind"]] = head[head.index('<link rel="icon"') :]
        params = {"page": page, "meta": _meta(head), **_own(names, page["kind"])}
        if page["kind"] == "home":
            self.shared["home"] = params
            return
        path, file = page["url"].strip("/"), {} if page["url"].endswith("/") else {"url": page["url"]}
        entry = {"path": path, "title": page["title"], "layout": page["kind"], "params": params, **file}
        self.pages[path] = orjson.dumps(entry)


def _meta(head: str) -> Json:
    """What a head says, as values; the structured data as the text it is."""
    tree = LexborHTMLParser(f"<head>{head}</head>")
    named = {node.attributes["name"]: node.attributes["content"] for node in tree.css("meta[name]")}
    canonical, data = tree.css_first('link[rel="canonical"]'), tree.css_first('script[type="application/ld+json"]')
    return {
        "title": tree.css("title")[0].text(),
        "description": named.get("description", ""),
        "robots": named["robots"],
        "canonical": canonical.attributes["href"] if canonical else None,
        "properties": [
            [node.attributes["property"], node.attributes["content"]] for node in tree.css("meta[property]")
        ],
        "card": named["twitter:card"],
        "card_text": named.get("twitter:image:alt"),
        "structured_data": data.text() if data else None,
    }


def _own(names: Mapping[str, Any], kind: str) -> Json:
    """The values of one kind of page; cards by their handles."""
    own: Any = names.get(kind)
    if kind == "home":
        own = {**own, "featured": _handles(own["featured"]), "newest": _handles(own["newest"])}
    if kind == "collection":
        own = {**own, "products": _handles(own["products"])}
    if kind == "product":
        ready = {"drawing": names["frame_drawing"](own["frame"]), "data": names["data"]("product-data", own["data"])}
        own = {**own, **ready, "related": _handles(own["related"])}
        del own["frame"], own["members"]
    return {kind: own}


def _handles(cards: list[Json]) -> list[str]:
    return [card["handle"] for card in cards]


def dump(order: Order, hugo: Path) -> None:
    """Build a store; leave its pages' values in ``hugo``: ``assets/pages.json``, a page a line, and ``data/*.json``."""
    pages, data = hugo / "assets" / "pages.json", {name: hugo / "data" / f"{name}.json" for name in SHARED}
    for folder in (pages.parent, hugo / "data"):
        folder.mkdir(parents=True, exist_ok=True)
    recorder = Recorder({name: orjson.loads(path.read_bytes()) if path.exists() else {} for name, path in data.items()})
    written = PagePolicies.written
    with (
        patch.object(
            themes, "_is_builtin", lambda _folder: True
        ),  # it is ours: rendered here, where it can be recorded
        patch.object(rendered_pages, "render", recorder.render),
        patch.object(PagePolicies, "written", lambda *given: recorder.keep_policy(written(*given))),
    ):
        build_store(order, lambda _stage, _done: None)
    old = pages.read_bytes().splitlines()[1:-1] if pages.exists() else []
    known = {orjson.loads(line.rstrip(b","))["path"]: line.rstrip(b",") for line in old} | recorder.pages
    pages.write_bytes(b"[\n" + b",\n".join(known.values()) + b"\n]\n")
    for name, path in data.items():
        path.write_bytes(orjson.dumps(recorder.shared[name]))


def main() -> None:
    """``python -m benchmarks.dump STORE OUT CACHE THEME URL DATE HUGO``, a process of its own for its memory's sake."""
    store, out, cache, theme, url, date, hugo = sys.argv[1:]
    order = Order(
        source=Path(store),
        out=Path(out),
        date=dt.datetime.fromisoformat(date).replace(tzinfo=dt.UTC),
        cache=Path(cache),
        workers=1,
        theme=theme,
        site_url=url,
    )
    dump(order, Path(hugo))


if __name__ == "__main__":
    main()
